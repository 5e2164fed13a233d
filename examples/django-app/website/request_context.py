"""Adds the request's id, method and path to every log line of the request."""

import re
import uuid

from structlog.contextvars import bind_contextvars, clear_contextvars

# Only ids of this format are accepted from a client.
REQUEST_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


class RequestContextMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request_id = given if REQUEST_ID.fullmatch(given) else str(uuid.uuid4())
        bind_contextvars(request_id=request_id, method=request.method, path=request.path)
        try:
            response = self.get_response(request)
        finally:
            # The thread's next request must not log with this context.
            clear_contextvars()
        response["X-Request-ID"] = request_id
        return response
