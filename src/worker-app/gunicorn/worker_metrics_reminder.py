"""Keeps a fault that lasts from filling the log: one line now, and one a minute while it goes on."""

import time

MINUTE = 60.0


class Reminder:
    def __init__(self, seconds: float = MINUTE) -> None:
        self.seconds = seconds
        self.reset()

    def reset(self) -> None:
        """The next fault is a new one."""
        self.speak_at = 0.0

    def is_due(self) -> bool:
        """Whether to log now. Counts as logged if so."""
        now = time.monotonic()
        due = self.speak_at == 0.0 or now >= self.speak_at
        if due:
            self.speak_at = now + self.seconds
        return due
