"""Reads lines that are JSON objects already: of structlog's JSONRenderer, loguru's serialize, or a printed json.dumps.

Their fields stay fields, and their level and time become those of the line. Each line still begins with level, logger,
timestamp and event, as text. A value that does not fit there is kept as `original_<name>`.
"""

import json
import re
from datetime import datetime, timezone
from typing import Any, Dict, Iterator, Optional

LEVEL_KEYS = ("level", "severity", "levelname", "log.level", "log_level", "lvl")
EVENT_KEYS = ("event", "message", "msg")
FIRST = ("level", "logger", "timestamp", "event")
STANDARD = ("debug", "info", "warning", "error", "critical")
SYNONYMS = {
    **dict.fromkeys(("trace", "verbose"), "debug"),
    **dict.fromkeys(("notice", "success", "default", "information", "informational"), "info"),
    **dict.fromkeys(("warn",), "warning"),
    **dict.fromkeys(("err", "severe"), "error"),
    **dict.fromkeys(("fatal", "crit", "alert", "emergency", "emerg", "panic"), "critical"),
}
# The levels of the logging module.
NUMBERS = {10: "debug", 20: "info", 30: "warning", 40: "error", 50: "critical"}
OWN_LEVEL = re.compile(r"[a-z][a-z0-9_-]{0,31}")
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))? ?(?:(Z)|([+-]\d\d):?(\d\d))?")
# Smallest number since 1970 that is in nanoseconds, microseconds, milliseconds, seconds; and the units in a second.
UNITS = ((10**17, 10**9), (10**14, 10**6), (10**11, 10**3), (10**8, 1))
LATEST = 10**20


def object_in(text: str) -> Optional[Dict[str, Any]]:
    """The JSON object in the text; None for any other text, and for a number or a list."""
    text = text.strip()
    if not (text.startswith("{") and text.endswith("}")):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value or None


def fields_of(own: Dict[str, Any], otherwise: Dict[str, str], level_is_own: bool) -> Dict[str, Any]:
    """The fields of the line. The first four come first; `otherwise` has them where the object does not."""
    first = {
        "level": (level_in(own) if level_is_own else None) or otherwise["level"],
        "logger": (text_in(own, ("logger",)) if level_is_own else None) or otherwise["logger"],
        "timestamp": moment_of(own.get("timestamp")) or otherwise["timestamp"],
        "event": event_in(own),
    }
    rest: Dict[str, Any] = {}
    for key, value in own.items():
        if key not in first:
            rest[key] = value
        elif value is not None and not says_the_same(key, value, first[key]):
            rest[f"original_{key}"] = value
    return {**first, **rest}


def says_the_same(key: str, value: Any, text: str) -> bool:
    if key == "level" and not isinstance(value, dict):
        return level_of(value) == text
    if key == "timestamp":
        return moment_of(value) == text
    return value == text or (key == "event" and is_scalar(value) and str(value) == text)


def level_in(own: Dict[str, Any]) -> Optional[str]:
    """The first valid level: the object's own, or that of loguru's `record` or ECS's `log`."""
    return next(filter(None, map(level_of, levels(own))), None)


def levels(own: Dict[str, Any]) -> Iterator[Any]:
    yield from (own[key] for key in LEVEL_KEYS if key in own)
    yield from (inner["level"] for inner in inner_objects(own) if "level" in inner)


def level_of(value: Any) -> Optional[str]:
    if isinstance(value, dict):
        return level_of(value.get("name"))
    if isinstance(value, str):
        name = value.strip().lower()
        name = SYNONYMS.get(name, name)
        return name if name in STANDARD or OWN_LEVEL.fullmatch(name) else None
    return None if isinstance(value, (bool, list)) else NUMBERS.get(value)


def event_in(own: Dict[str, Any]) -> str:
    """The event as text; empty where the object has none."""
    if is_scalar(own.get("event")):
        return str(own["event"])
    found = text_in(own, EVENT_KEYS)
    for inner in inner_objects(own):
        found = found or text_in(inner, EVENT_KEYS)
    return found or ""


def is_scalar(value: Any) -> bool:
    return isinstance(value, (str, int, float))


def text_in(own: Dict[str, Any], keys: Any) -> Optional[str]:
    return next((own[key] for key in keys if isinstance(own.get(key), str) and own[key]), None)


def inner_objects(own: Dict[str, Any]) -> Iterator[Dict[str, Any]]:
    yield from (own[key] for key in ("record", "log") if isinstance(own.get(key), dict))


def moment_of(value: Any) -> Optional[str]:
    """A date with a time, or a number since 1970, in our format; None for anything else."""
    if isinstance(value, str):
        return moment_in(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not value < LATEST:
        return None
    return next((utc(value / unit) for least, unit in UNITS if value >= least), None)


def moment_in(text: str) -> Optional[str]:
    """ISO 8601. Without an offset it is a local time."""
    found = MOMENT.fullmatch(text)
    if not found:
        return None
    day, time, fraction, is_utc, hours, minutes = found.groups()
    offset = "+00:00" if is_utc else f"{hours}:{minutes}" if hours else ""
    try:
        return utc(datetime.fromisoformat(f"{day}T{time}.{(fraction or '0')[:6]:0<6}{offset}").timestamp())
    except (ValueError, OverflowError, OSError):
        return None


def utc(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, timezone.utc).replace(tzinfo=None)
    return moment.isoformat(timespec="microseconds") + "Z"
