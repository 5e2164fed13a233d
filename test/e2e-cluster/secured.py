"""An application that serves the sums of its workers only to those who send the right token."""

import os

from prometheus_client import CollectorRegistry, Counter, make_wsgi_app, multiprocess

PAGES = Counter("shop_pages", "Pages that were served.")

registry = CollectorRegistry()
multiprocess.MultiProcessCollector(registry)
metrics = make_wsgi_app(registry)


def app(environ, start_response):
    if environ["PATH_INFO"] == "/metrics":
        if environ.get("HTTP_AUTHORIZATION") == f"Bearer {os.environ['METRICS_TOKEN']}":
            return metrics(environ, start_response)
        start_response("401 Unauthorized", [("Content-Length", "0")])
        return [b""]
    PAGES.inc()
    start_response("200 OK", [("Content-Length", "2")])
    return [b"ok"]
