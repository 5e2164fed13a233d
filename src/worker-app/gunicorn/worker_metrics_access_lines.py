"""The fields of an access line: the same for gunicorn's own workers and for uvicorn's."""

import json
import logging
import time
from typing import Any, Dict, Optional

LIMITS = {"host": 128, "user": 256, "request": 1024, "referer": 768, "agent": 768}
# Client, method, path, version of HTTP, and status.
UVICORN_ARGS = 5


def access_fields(atoms: Dict[str, Any]) -> Dict[str, Any]:
    """The fields of the combined log format, '-' as null and numbers as numbers."""
    return {
        "host": _text("host", atoms["h"]),
        "user": _text("user", atoms["u"]),
        "time": str(atoms["t"]).strip("[]"),
        "request": _text("request", atoms["r"]),
        "status": _number(atoms["s"], None),
        "size": _number(atoms["B"], 0),
        "referer": _text("referer", atoms["f"]),
        "agent": _text("agent", atoms["a"]),
    }


def with_gunicorn_fields(record: logging.LogRecord) -> logging.LogRecord:
    """uvicorn's access line with the fields of gunicorn's. Fields that uvicorn does not have are null."""
    if record.name != "uvicorn.access" or not isinstance(record.args, tuple) or len(record.args) != UVICORN_ARGS:
        return record
    client, method, path, version, status = record.args
    atoms = dict.fromkeys("hutrsBfa")
    atoms["h"] = str(client).rpartition(":")[0]
    atoms["t"] = time.strftime("%d/%b/%Y:%H:%M:%S %z", time.localtime(record.created))
    atoms["r"] = f"{method} {path} HTTP/{version}"
    atoms["s"] = status
    fields = {**access_fields(atoms), "size": None}
    return logging.makeLogRecord({**vars(record), "msg": "access", "args": None, **fields})


def _text(field: str, value: Any) -> Optional[str]:
    return None if value in (None, "", "-") else shortened(str(value), LIMITS[field])


def _number(value: Any, otherwise: Optional[int]) -> Optional[int]:
    try:
        return int(value)
    except (TypeError, ValueError):
        return otherwise


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters as JSON: a whole access line then fits one write to a pipe, which is never split."""
    kept = text[:limit]
    while len(json.dumps(kept)) > limit:
        kept = kept[: len(kept) * limit // len(json.dumps(kept))]
    return kept if kept == text else kept + "…"
