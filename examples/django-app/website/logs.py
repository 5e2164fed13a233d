"""Logging: structlog events and standard log records have the same format.

The first four keys are those of the gunicorn logs, so that one query finds both.
"""

from typing import Any

import structlog

FIRST = ("level", "logger", "timestamp", "event")
SHARED = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def configure_structlog() -> None:
    """Sends structlog's events to the standard library, so that one handler writes all lines."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def logging_for(style: str) -> dict[str, Any]:
    """Django's LOGGING: `json` for programs, `console` for developers.

    With `logs: json`, gunicorn's configuration replaces the handler. The keys are the same.
    """
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "events": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*SHARED, structlog.stdlib.ExtraAdder()],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *_renderers(style)],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "events"}},
        "root": {"level": "INFO", "handlers": ["console"]},
        # Django's own handlers would write some lines a second time.
        "loggers": {"django": {"handlers": [], "level": "INFO"}, "django.server": {"handlers": [], "propagate": True}},
    }


def _renderers(style: str) -> list[Any]:
    if style == "console":
        return [structlog.dev.ConsoleRenderer()]
    return [structlog.processors.format_exc_info, _first_keys_first, structlog.processors.JSONRenderer(default=str)]


def _first_keys_first(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    return {key: event.get(key) for key in FIRST} | {key: value for key, value in event.items() if key not in FIRST}
