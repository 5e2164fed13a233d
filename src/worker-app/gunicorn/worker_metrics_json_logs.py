"""JSON logs: every line on the console is one JSON object."""

import logging
import logging.config
import sys
import threading
from typing import Any

from gunicorn.glogging import Logger
from worker_metrics_access_lines import access_fields
from worker_metrics_console import ConsoleHandler, take_over_consoles
from worker_metrics_printed import PrintedLines


class JsonLogger(Logger):
    """gunicorn's logger. Its access lines have gunicorn's own values as fields, so that no text has to be parsed."""

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


class TakingOverConfigurator(logging.config.DictConfigurator):
    """logging.config's own hook: applies the application's LOGGING, and then makes its console handlers write JSON."""

    def configure(self) -> None:
        super().configure()
        take_over_consoles()


def after_load() -> None:
    """Takes over handlers that the application set up without dictConfig, before its first request."""
    take_over_consoles()
    configure_structlog()


def configure_structlog() -> None:
    """Sends structlog's events through the standard library, unless the application has configured structlog."""
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
