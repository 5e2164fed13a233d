"""An application that prints and logs JSON by itself; a test sends it each line."""

import json
import logging
import sys
import urllib.parse

try:
    import structlog
except ImportError:
    structlog = None


def print_with_an_indent(text):
    print(json.dumps(json.loads(text), indent=2))


def print_piece_by_piece(text):
    json.dump(json.loads(text), sys.stdout, indent=2)
    print()


def print_bytes(text):
    sys.stdout.buffer.write(text.encode() + b"\n")
    sys.stdout.buffer.flush()


def log_a_failure(_text):
    try:
        try:
            raise KeyError("inner")
        except KeyError as error:
            raise ValueError("outer") from error
    except ValueError:
        structlogger().error("failed", exc_info=True, order={"id": 7, "lines": [1, 2]})


def structlogger(factory=None):
    processors = [structlog.processors.add_log_level, structlog.processors.format_exc_info]
    return structlog.wrap_logger(
        (factory or structlog.PrintLoggerFactory())(),
        processors=[*processors, structlog.processors.JSONRenderer()],
        wrapper_class=structlog.BoundLogger,
    )


ACTIONS = {
    "/print": print,
    "/stderr": lambda text: print(text, file=sys.stderr),
    "/indent": print_with_an_indent,
    "/pieces": print_piece_by_piece,
    "/bytes": print_bytes,
    "/log": lambda text: logging.getLogger("shop").info(text),
    "/log-argument": lambda text: logging.getLogger("shop").info("%s", text),
    "/structlog": lambda _text: structlogger().error("payment failed", order=7),
    "/structlog-stdlib": lambda _text: structlogger(structlog.stdlib.LoggerFactory()).error("refused", order=8),
    "/failure": log_a_failure,
}


def application(environ, start_response):
    action = ACTIONS.get(environ["PATH_INFO"])
    if action:
        action(urllib.parse.unquote(environ["QUERY_STRING"]))
    start_response("200 OK", [("Content-Length", "0")])
    return []
