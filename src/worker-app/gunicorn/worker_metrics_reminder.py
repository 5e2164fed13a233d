"""Keeps a lasting fault from filling the log: one line now, and one a minute while it lasts."""

import time

MINUTE = 60.0


class Reminder:
    def __init__(self, seconds: float = MINUTE) -> None:
        self.seconds = seconds
        self.reset()

    def reset(self) -> None:
        """Makes the next fault a new one, which is due at once."""
        self.speak_at = 0.0

    def is_due(self) -> bool:
        """Whether to log now. If so, it counts as logged."""
        now = time.monotonic()
        due = self.speak_at == 0.0 or now >= self.speak_at
        if due:
            self.speak_at = now + self.seconds
        return due
