"""Formats a record of the logging module as one JSON object in one line.

level, logger, timestamp and event come first. Then follow the fields of an access line, of the application's `extra`,
or of a message that is a JSON object already.
Everything outside ASCII is escaped: no request can end a line, colour a terminal or forge a field.
"""

import json
import logging
import math
import re
import sys
from typing import Any, Dict, Optional

from worker_metrics_access_lines import with_gunicorn_fields
from worker_metrics_json_objects import fields_of, object_in, utc

# uvicorn adds color_message, its message with colours.
NO_FIELDS = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName", "color_message"}
ESCAPES = re.compile(r"\\(u[dD][89abAB]..\\u[dD][c-fC-F]..|u[dD][89a-fA-F]..|.)")
DEEPEST = 20


class JsonFormatter(logging.Formatter):
    """Formats through structlog's ProcessorFormatter once the application has loaded structlog."""

    through_structlog: Optional[logging.Formatter] = None

    def format(self, record: logging.LogRecord) -> str:
        record = with_gunicorn_fields(record)
        # structlog removes the arguments.
        record._has_arguments = bool(record.args)
        try:
            formatter = self.structlog_formatter()
            return formatter.format(record) if formatter else self.plain_line(record)
        except Exception:
            # A record that cannot be formatted still gets a line.
            return line(record, unformatted(record), {"exception": self.formatException(sys.exc_info())})

    def plain_line(self, record: logging.LogRecord) -> str:
        fields = {**added_fields(record), **failure_fields(record.exc_info, record)}
        return line_of_message(record, record.getMessage(), fields)

    def structlog_formatter(self) -> Optional[logging.Formatter]:
        # Never import it here: it loads asyncio, which gevent must patch first.
        formatter = getattr(sys.modules.get("structlog.stdlib"), "ProcessorFormatter", None)
        # structlog before 21.3 has neither this method nor a list of processors.
        if self.through_structlog is None and hasattr(formatter, "remove_processors_meta"):
            self.through_structlog = formatter(processors=[structlog_line])
        return self.through_structlog


def structlog_line(_logger: Any, _method: str, event_dict: Dict[str, Any]) -> str:
    """The last processor, for events of structlog and of the standard library."""
    record = event_dict.pop("_record")
    is_own = event_dict.pop("_from_structlog")
    event, failure = event_dict.pop("event", None), failure_fields(event_dict.pop("exc_info", None), record)
    fields = event_dict if is_own else added_fields(record)
    # The context that the application bound comes last, in a fixed order.
    context = sys.modules["structlog"].contextvars.get_contextvars()
    bound = {key: fields.pop(key, context[key]) for key in sorted(context)}
    return (line if is_own else line_of_message)(record, event, {**fields, **bound, **failure})


def added_fields(record: logging.LogRecord) -> Dict[str, Any]:
    """The fields that the caller passed as `extra`."""
    return {key: value for key, value in vars(record).items() if key not in NO_FIELDS and not key.startswith("_")}


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


def line_of_message(record: logging.LogRecord, message: str, fields: Dict[str, Any]) -> str:
    """Like `line`, but the fields of a message that is a JSON object become fields of the line."""
    # With arguments the message contains values, perhaps of a request: it stays text.
    own = None if record._has_arguments else object_in(message)
    if own is None:
        return line(record, message, fields)
    first = fields_of(own, first_fields(record, message), level_is_own=is_printed(record))
    return as_json({**first, **{key: value for key, value in fields.items() if key not in first}})


def is_printed(record: logging.LogRecord) -> bool:
    """Whether the text was printed to stdout or stderr: only the text itself then has a level."""
    return getattr(record, "_is_printed", False)


def line(record: logging.LogRecord, event: Any, fields: Dict[str, Any]) -> str:
    """The whole line. No added field can replace the first four."""
    first = first_fields(record, event)
    return as_json({**first, **{key: value for key, value in fields.items() if key not in first}})


def first_fields(record: logging.LogRecord, event: Any) -> Dict[str, str]:
    return {
        "level": record.levelname.lower(),
        "logger": record.name,
        "timestamp": utc(record.created),
        "event": event if isinstance(event, str) else text_of(event),
    }


def as_json(fields: Dict[str, Any]) -> str:
    """Strict JSON in ASCII, for any values."""
    try:
        text = json.dumps(fields, default=text_of, allow_nan=False)
    except (TypeError, ValueError, RecursionError):
        text = json.dumps(plain(fields, 0), allow_nan=False)
    return ESCAPES.sub(without_lone_surrogate, text) if "\\ud" in text else text


def without_lone_surrogate(escape: "re.Match[str]") -> str:
    """Replaces half a surrogate pair: strict readers refuse the whole line for it."""
    whole = escape.group()
    return "\\ufffd" if len(whole) == len("\\ud800") and whole[:3].lower() == "\\ud" else whole


def plain(value: Any, depth: int) -> Any:
    """Turns values that JSON does not have into text: odd keys, NaN, and structures that contain themselves."""
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


JSON = JsonFormatter()
