"""JSON logs: every line on the console is one JSON object, whoever wrote it.

level, logger, timestamp and event come first; then an access line's own fields, or what the application added.
Everything outside ASCII is escaped, so that nothing in a request can end a line, colour a terminal or pose as a field.
"""

import json
import logging
import logging.config
import math
import os
import re
import sys
import threading
from datetime import datetime, timezone
from typing import Any, Dict, List, Optional, Tuple

from gunicorn.glogging import Logger

ACCESS_LIMITS = {"host": 128, "user": 256, "request": 1024, "referer": 768, "agent": 768}
STANDARD_ATTRIBUTES = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"}
ESCAPES = re.compile(r"\\(u[dD][89abAB]..\\u[dD][c-fC-F]..|u[dD][89a-fA-F]..|.)")
DEEPEST = 20


class JsonLogger(Logger):
    """gunicorn's logger; its access lines carry gunicorn's own atoms as fields, so there is no text to parse."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        logging.captureWarnings(True)
        logging.config.dictConfigClass = TakingOverConfigurator
        sys.excepthook = log_uncaught
        threading.excepthook = log_uncaught_in_thread
        sys.unraisablehook = log_unraisable
        sys.stdout = PrintedLines.instead_of(sys.stdout, "stdout", logging.INFO)
        sys.stderr = PrintedLines.instead_of(sys.stderr, "stderr", logging.WARNING)

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        if not self.cfg.accesslog:
            return
        try:
            self.access_log.info("access", extra=access_fields(self.atoms(resp, req, environ, request_time)))
        except Exception:
            self.exception("a request could not be logged")


def access_fields(atoms: Dict[str, Any]) -> Dict[str, Any]:
    """The fields of the combined log format, '-' as null and numbers as numbers."""
    return {
        "host": _text(atoms, "h", "host"),
        "user": _text(atoms, "u", "user"),
        "time": str(atoms["t"]).strip("[]"),
        "request": _text(atoms, "r", "request"),
        "status": _number(atoms["s"], None),
        "size": _number(atoms["B"], 0),
        "referer": _text(atoms, "f", "referer"),
        "agent": _text(atoms, "a", "agent"),
    }


def _text(atoms: Dict[str, Any], atom: str, field: str) -> Optional[str]:
    value = atoms[atom]
    return None if value in (None, "", "-") else shortened(str(value), ACCESS_LIMITS[field])


def _number(value: Any, otherwise: Optional[int]) -> Optional[int]:
    try:
        return int(value)
    except (TypeError, ValueError):
        return otherwise


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters as JSON: a whole access line then fits one write to a pipe, which none can split."""
    kept = text[:limit]
    while len(json.dumps(kept)) > limit:
        kept = kept[: len(kept) * limit // len(json.dumps(kept))]
    return kept if kept == text else kept + "…"


class JsonFormatter(logging.Formatter):
    """One record, one JSON object; through structlog's ProcessorFormatter once the application has loaded structlog."""

    through_structlog: Optional[logging.Formatter] = None

    def format(self, record: logging.LogRecord) -> str:
        try:
            formatter = self.structlog_formatter()
            return formatter.format(record) if formatter else self.plain_line(record)
        except Exception:
            # A record whose own text cannot be made is still worth a line.
            return line(record, unformatted(record), {"exception": self.formatException(sys.exc_info())})

    def plain_line(self, record: logging.LogRecord) -> str:
        return line(record, record.getMessage(), {**added_fields(record), **failure_fields(record.exc_info, record)})

    def structlog_formatter(self) -> Optional[logging.Formatter]:
        # Never imported from here: it loads asyncio, which gevent must patch first.
        formatter = getattr(sys.modules.get("structlog.stdlib"), "ProcessorFormatter", None)
        # structlog before 21.3 has no such method, and no list of processors either.
        if self.through_structlog is None and hasattr(formatter, "remove_processors_meta"):
            self.through_structlog = formatter(processors=[structlog_line])
        return self.through_structlog


def structlog_line(_logger: Any, _method: str, event_dict: Dict[str, Any]) -> str:
    """The last structlog processor, for structlog's own events and for those of the standard library."""
    record = event_dict.pop("_record")
    is_own = event_dict.pop("_from_structlog")
    event, failure = event_dict.pop("event", None), failure_fields(event_dict.pop("exc_info", None), record)
    fields = event_dict if is_own else added_fields(record)
    # The context that the application bound comes last, in an order that stays.
    context = sys.modules["structlog"].contextvars.get_contextvars()
    bound = {key: fields.pop(key, context[key]) for key in sorted(context)}
    return line(record, event, {**fields, **bound, **failure})


def added_fields(record: logging.LogRecord) -> Dict[str, Any]:
    """What the caller passed as `extra`."""
    return {
        key: value for key, value in vars(record).items() if key not in STANDARD_ATTRIBUTES and not key.startswith("_")
    }


def failure_fields(exc_info: Any, record: logging.LogRecord) -> Dict[str, str]:
    """The traceback and the stack as fields of the one object."""
    fields = {}
    if isinstance(exc_info, BaseException):
        exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
    elif exc_info and not isinstance(exc_info, tuple):
        exc_info = sys.exc_info()
    if exc_info and exc_info[0]:
        fields["exception"] = logging.Formatter().formatException(exc_info)
    if record.stack_info:
        fields["stack"] = record.stack_info
    return fields


def unformatted(record: logging.LogRecord) -> str:
    return f"{text_of(record.msg)} {text_of(record.args)}"


def line(record: logging.LogRecord, event: Any, fields: Dict[str, Any]) -> str:
    """The object itself; no added field can take the place of the first four."""
    first = {
        "level": record.levelname.lower(),
        "logger": record.name,
        "timestamp": utc(record.created),
        "event": event if isinstance(event, str) else text_of(event),
    }
    return as_json({**first, **{key: value for key, value in fields.items() if key not in first}})


def utc(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, timezone.utc).replace(tzinfo=None)
    return moment.isoformat(timespec="microseconds") + "Z"


def as_json(fields: Dict[str, Any]) -> str:
    """Strict JSON in ASCII, whatever the values are."""
    try:
        text = json.dumps(fields, default=text_of, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        text = json.dumps(plain(fields, 0), allow_nan=False)
    return ESCAPES.sub(without_lone_surrogate, text) if "\\ud" in text else text


def without_lone_surrogate(escape: "re.Match[str]") -> str:
    """Half a surrogate pair is no character, and strict readers refuse the whole line."""
    whole = escape.group()
    return "\\ufffd" if len(whole) == len("\\ud800") and whole[:3].lower() == "\\ud" else whole


def plain(value: Any, depth: int) -> Any:
    """What JSON cannot say, as text: odd keys, NaN, and structures that contain themselves."""
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if depth < DEEPEST and isinstance(value, dict):
        return {text_of(key): plain(item, depth + 1) for key, item in value.items()}
    if depth < DEEPEST and isinstance(value, (list, tuple)):
        return [plain(item, depth + 1) for item in value]
    return text_of(value)


def text_of(value: Any) -> str:
    try:
        return repr(value) if isinstance(value, (BaseException, bytes)) else str(value)
    except Exception:
        return f"<{type(value).__name__} that cannot be shown>"


class ConsoleHandler(logging.StreamHandler):
    """Writes each line whole, past Python's buffers, so that the lines of several workers never mix."""

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self.setFormatter(JSON)

    def handle(self, record: logging.LogRecord) -> Any:
        """A record that a logger's own handler wrote reaches the root logger's handler too: once is enough."""
        if getattr(record, "_on_console", False):
            return False
        written = super().handle(record)
        # One that a filter kept back is for the next handler to write.
        if written:
            record._on_console = True
        return written

    def emit(self, record: logging.LogRecord) -> None:
        try:
            write_line(self.stream, self.format(record))
        except Exception:
            self.handleError(record)


def write_line(stream: Any, text: str) -> None:
    stream.flush()
    rest = (text + "\n").encode("ascii")
    while rest:
        rest = rest[os.write(stream.fileno(), rest) :]


class PrintedLines:
    """Stands in for sys.stdout or sys.stderr: each line printed there becomes an event of its own."""

    @classmethod
    def instead_of(cls, stream: Any, name: str, level: int) -> "PrintedLines":
        return stream if isinstance(stream, cls) else cls(stream, name, level)

    def __init__(self, console: Any, name: str, level: int) -> None:
        self.console, self.name, self.level = console, name, level
        # Each thread's own, or the words of two prints would mix.
        self.unfinished = threading.local()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.console, name)

    def write(self, text: str) -> int:
        *lines, rest = (getattr(self.unfinished, "text", "") + text).split("\n")
        self.unfinished.text = rest
        for printed in lines:
            self.say(printed)
        return len(text)

    def writelines(self, lines: List[str]) -> None:
        self.write("".join(lines))

    def flush(self) -> None:
        rest, self.unfinished.text = getattr(self.unfinished, "text", ""), ""
        self.say(rest)
        self.console.flush()

    def say(self, printed: str) -> None:
        if printed.strip():
            record = logging.LogRecord(self.name, self.level, "", 0, "%s", (printed,), None)
            write_line(self.console, JSON.format(record))


class TakingOverConfigurator(logging.config.DictConfigurator):
    """logging.config's own hook: the application's LOGGING is followed, and then its console handlers write JSON."""

    def configure(self) -> None:
        super().configure()
        take_over_consoles()


def take_over_consoles() -> None:
    """Whatever writes to the console writes JSON.

    A LOGGING that leaves out disable_existing_loggers has also silenced gunicorn's loggers: they speak again.
    """
    loggers = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]
    for logger in [logging.getLogger(), *loggers]:
        if logger.name.startswith("gunicorn."):
            logger.disabled = False
        for position, handler in enumerate(logger.handlers):
            if writes_to_console(handler):
                logger.handlers[position] = replacement(handler)


def writes_to_console(handler: logging.Handler) -> bool:
    if not isinstance(handler, logging.StreamHandler) or isinstance(handler, ConsoleHandler):
        return False
    consoles: Tuple[Any, ...] = (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__)
    return any(handler.stream is console for console in consoles)


def replacement(handler: logging.StreamHandler) -> ConsoleHandler:
    ours = ConsoleHandler(handler.stream)
    ours.setLevel(handler.level)
    ours.set_name(handler.name)
    for accepts in handler.filters:
        ours.addFilter(accepts)
    return ours


def after_load() -> None:
    """What an application set up past dictConfig is taken over too, before it answers its first request."""
    take_over_consoles()
    configure_structlog()


def configure_structlog() -> None:
    """An application that uses structlog as it comes gets structlog through the standard library."""
    structlog = sys.modules.get("structlog")
    if structlog is None or structlog.is_configured():
        return
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def log_uncaught(kind: Any, error: Any, trace: Any) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger("python").critical("uncaught exception", exc_info=(kind, error, trace))


def log_uncaught_in_thread(args: Any) -> None:
    if not issubclass(args.exc_type, SystemExit):
        trace = (args.exc_type, args.exc_value, args.exc_traceback)
        name = args.thread.name if args.thread else None
        logging.getLogger("python").error("uncaught exception in a thread", exc_info=trace, extra={"thread_name": name})


def log_unraisable(args: Any) -> None:
    trace = (args.exc_type, args.exc_value, args.exc_traceback)
    logging.getLogger("python").error(args.err_msg or "exception ignored", exc_info=trace)


JSON = JsonFormatter()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {
        "console": {"()": ConsoleHandler, "stream": "ext://sys.stdout"},
        "error_console": {"()": ConsoleHandler, "stream": "ext://sys.stderr"},
    },
    # gunicorn itself sets the level of its own loggers.
    "loggers": {
        "gunicorn.error": {"handlers": ["error_console"], "propagate": False},
        "gunicorn.access": {"handlers": ["console"], "propagate": False},
    },
    "root": {"level": "INFO", "handlers": ["console"]},
}
