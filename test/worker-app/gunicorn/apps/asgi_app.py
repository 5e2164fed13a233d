"""The same scrape page under an ASGI worker."""

import os

from wsgi_app import REQUESTS


async def application(scope, _receive, send):
    if scope["type"] != "http":
        return
    REQUESTS.inc()
    body = str(os.getpid()).encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})
