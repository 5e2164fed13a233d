"""Answers one HTTP request with prometheus_client's page. No request of a client causes an error in the worker.

http.server is imported where it is used: it loads ssl, which gevent must patch first.
"""

from typing import Any, Dict, List, Tuple

from worker_metrics_reminder import Reminder

# http.server limits each line to 64 KiB, and allows 100 of them.
MOST_HEAD_BYTES = 2 * 65536

Page = Tuple[str, List[Tuple[str, str]], bytes]


def scrape_handler(log: Any, registry: Any = None) -> type:
    """The class that answers a request. Its `server` is the `Connection`."""
    from http.client import LineTooLong
    from http.server import BaseHTTPRequestHandler

    from prometheus_client import REGISTRY, make_wsgi_app

    metrics_page = make_wsgi_app(REGISTRY if registry is None else registry)
    failures = Reminder()

    class LimitedHead:
        """Reads the lines of a request's head, with one limit for all of them."""

        def __init__(self, file: Any) -> None:
            self.file, self.left = file, MOST_HEAD_BYTES
            self.close = file.close

        def readline(self, limit: int) -> bytes:
            line = self.file.readline(limit)
            self.left -= len(line)
            if self.left < 0:
                raise LineTooLong("request head")
            return line

    class ScrapeHandler(BaseHTTPRequestHandler):
        def setup(self) -> None:
            super().setup()
            self.rfile = LimitedHead(self.rfile)

        def do_GET(self) -> None:
            self.answer(with_body=True)

        def do_HEAD(self) -> None:
            self.answer(with_body=False)

        def answer(self, with_body: bool) -> None:
            try:
                with self.server.collecting():
                    status, headers, body = page_for(metrics_page, self.path, self.headers)
            except Exception:
                if failures.is_due():
                    log.exception("a metrics collector failed: the scrape is answered with status 500")
                self.send_error(500, "a metrics collector failed, the worker's log has the traceback")
                return
            self.send_response(int(status.split()[0]))
            # Without a length, a client would not see that a page was cut off.
            for name, value in [*headers, ("Content-Length", str(len(body)))]:
                self.send_header(name, value)
            self.end_headers()
            if with_body:
                self.wfile.write(body)

        def log_message(self, *args: Any) -> None:
            """Logs neither scrapes nor malformed requests."""

    return ScrapeHandler


def page_for(metrics_page: Any, path: str, headers: Any) -> Page:
    """Status, headers and body of the page."""
    started: Dict[str, Any] = {}

    def start_response(status: str, page_headers: List[Tuple[str, str]]) -> None:
        started.update(status=status, headers=page_headers)

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/metrics",
        "QUERY_STRING": path.partition("?")[2],
        "HTTP_ACCEPT": understood(headers.get("Accept")),
        "HTTP_ACCEPT_ENCODING": headers.get("Accept-Encoding"),
    }
    body = b"".join(metrics_page(environ, start_response))
    return started["status"], started["headers"], body


def understood(accept: Any) -> str:
    """The Accept header if prometheus_client can encode a page for it, else "" (plain text)."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.exposition import choose_encoder

    # A folded header contains line breaks, and the answer's Content-Type repeats parts of it.
    accept = " ".join((accept or "").split())
    try:
        encoder, _ = choose_encoder(accept)
        encoder(CollectorRegistry())
    except Exception:
        return ""
    return accept
