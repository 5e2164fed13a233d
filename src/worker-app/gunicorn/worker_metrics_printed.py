"""Turns each line that is printed to stdout or stderr into an event. A JSON object keeps its fields."""

import atexit
import codecs
import io
import logging
import sys
import threading
from typing import Any, List

from worker_metrics_console import write_line
from worker_metrics_json_lines import JSON
from worker_metrics_json_objects import object_in

# Of a JSON object that is printed with an indent.
MOST_LINES = 1000


class PrintedLines:
    """Replaces sys.stdout or sys.stderr: each printed line becomes an event."""

    @classmethod
    def instead_of(cls, stream: Any, name: str, level: int) -> "PrintedLines":
        return stream if isinstance(stream, cls) else cls(stream, name, level)

    def __init__(self, console: Any, name: str, level: int) -> None:
        self.console, self.name, self.level = console, name, level
        self.buffer = PrintedBytes(self)
        self.unfinished = Unfinished()
        atexit.register(self.flush)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.console, name)

    def write(self, text: str) -> int:
        *lines, self.unfinished.text = (self.unfinished.text + text).split("\n")
        for printed in lines:
            self.take(printed)
        return len(text)

    def writelines(self, lines: List[str]) -> None:
        self.write("".join(lines))

    def flush(self) -> None:
        # Python flushes once more at its end. gevent, which may own this thread-local, has ended by then.
        if not sys.is_finalizing():
            rest, self.unfinished.text = self.unfinished.text, ""
            self.let_go()
            self.say(rest)
        self.console.flush()

    def take(self, printed: str) -> None:
        """Collects the lines of an object that is printed with an indent, from its "{" to its "}"."""
        held = self.unfinished.lines
        if held or printed.rstrip() == "{":
            held.append(printed)
            if printed.rstrip() == "}" or len(held) >= MOST_LINES:
                self.let_go()
        else:
            self.say(printed)

    def let_go(self) -> None:
        held, self.unfinished.lines = self.unfinished.lines, []
        whole = "\n".join(held)
        for printed in [whole] if object_in(whole) else held:
            self.say(printed)

    def say(self, printed: str) -> None:
        if printed.strip():
            record = logging.LogRecord(self.name, self.level, "", 0, printed, None, None)
            record._is_printed = True
            write_line(self.console, JSON.format(record))


class Unfinished(threading.local):
    """Text that a thread has printed without an end of line. Each thread has its own, so that prints never mix."""

    def __init__(self) -> None:
        self.text = ""
        self.lines: List[str] = []
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")


class PrintedBytes(io.BufferedIOBase):
    """Replaces sys.stdout.buffer, to which structlog's BytesLogger writes."""

    def __init__(self, lines: PrintedLines) -> None:
        self.lines = lines

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.lines.write(self.lines.unfinished.decoder.decode(bytes(data)))
        return len(data)

    def flush(self) -> None:
        self.lines.flush()

    def fileno(self) -> int:
        return self.lines.console.fileno()

    def close(self) -> None:
        """A TextIOWrapper around it closes it when it is deleted. The console stays open."""
        self.flush()
