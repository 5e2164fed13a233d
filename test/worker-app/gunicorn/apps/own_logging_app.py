"""The same application, whose logging configuration is the usual one: text, and every other logger silenced."""

import logging.config
import logging.handlers

import wsgi_app

logging.config.dictConfig(
    {
        "version": 1,
        "formatters": {"text": {"format": "%(levelname)s %(message)s"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "text"}},
        "loggers": {"shop": {"handlers": ["console"], "level": "INFO"}},
    }
)
logging.getLogger("shop").info("said while the application loads")

# As Django's own: a handler that keeps everything back, and a root logger that writes what reaches it.
logging.getLogger().setLevel("INFO")
logging.getLogger().addHandler(logging.StreamHandler())
debugging = logging.StreamHandler()
debugging.addFilter(lambda _record: False)
logging.getLogger("kept_back").addHandler(debugging)

kept = logging.getLogger("shop.kept")
kept.addHandler(logging.handlers.MemoryHandler(1, target=logging.StreamHandler()))
kept.propagate = False

late = logging.getLogger("shop.late")
late.addHandler(logging.StreamHandler())
late.propagate = False


def application(environ, start_response):
    late.warning("through a handler of its own")
    logging.getLogger("kept_back").error("by one handler, written by the next")
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        kept.exception("kept for a while", extra={"order": 7})
    return wsgi_app.application(environ, start_response)
