"""The console that all processes of a container share: each line is whole, and each is a JSON object."""

import contextlib
import fcntl
import logging
import os
import sys
import threading
from typing import Any, Iterator, Tuple

from worker_metrics_json_lines import JSON


class ConsoleHandler(logging.StreamHandler):
    """Writes each line whole and without Python's buffers, so that lines of several workers never mix."""

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self.setFormatter(JSON)

    def handle(self, record: logging.LogRecord) -> Any:
        """Writes a record once, although it reaches a logger's own handler and then the root logger's."""
        if getattr(record, "_on_console", False):
            return False
        written = super().handle(record)
        # If a filter dropped it, the next handler may write it.
        if written:
            record._on_console = True
        return written

    def emit(self, record: logging.LogRecord) -> None:
        try:
            write_line(self.stream, self.format(record))
        except Exception:
            self.handleError(record)


def write_line(stream: Any, text: str) -> None:
    rest = (text + "\n").encode("ascii")
    with TURNS.taken():
        stream.flush()
        while rest:
            rest = rest[os.write(stream.fileno(), rest) :]


class Turns:
    """Lets one process write at a time, and one of its threads: a pipe splits writes of more than 4096 bytes.

    Processes wait for each other by a lock on this file, which each opens for itself.
    """

    def __init__(self) -> None:
        self.begin()
        os.register_at_fork(after_in_child=self.begin_again)

    def begin(self) -> None:
        # Reentrant: the handler of a signal may interrupt the thread that holds it.
        self.threads = threading.RLock()
        self.file = os.open(__file__, os.O_RDONLY | os.O_CLOEXEC)

    def begin_again(self) -> None:
        os.close(self.file)
        self.begin()

    @contextlib.contextmanager
    def taken(self) -> Iterator[None]:
        with self.threads:
            fcntl.flock(self.file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self.file, fcntl.LOCK_UN)


TURNS = Turns()


def take_over_consoles() -> None:
    """Makes every handler that writes to the console write JSON.

    LOGGING without disable_existing_loggers: False has also disabled gunicorn's loggers; this enables them.
    """
    loggers = [logging.getLogger(name) for name in list(logging.root.manager.loggerDict)]
    for logger in [logging.getLogger(), *loggers]:
        if logger.name.startswith("gunicorn."):
            logger.disabled = False
        logger.handlers[:] = [taken_over(handler) for handler in logger.handlers]


def taken_over(handler: Any) -> Any:
    """The handler, or our replacement. Looks behind handlers that pass records to others, too."""
    if writes_to_console(handler):
        return replacement(handler)
    if isinstance(getattr(handler, "target", None), logging.Handler):
        handler.target = taken_over(handler.target)
    listener = getattr(handler, "listener", None)
    if listener is not None:
        listener.handlers = tuple(taken_over(behind) for behind in listener.handlers)
    return handler


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
