"""The same application, which speaks through structlog and binds a request's context."""

import structlog
import wsgi_app

log = structlog.get_logger("shop")


def application(environ, start_response):
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=environ.get("HTTP_X_REQUEST_ID"))
    if environ["PATH_INFO"] == "/structlog":
        log.info("order placed", order=7, level="forged")
        try:
            raise ValueError("bad\nvalue")
        except ValueError:
            log.exception("failed")
    if environ["PATH_INFO"] == "/context":
        structlog.contextvars.bind_contextvars(c5=5, c1=1, c3=3, c2=2, c4=4)
        log.info("with context", c3="said otherwise", own=1)
    return wsgi_app.application(environ, start_response)
