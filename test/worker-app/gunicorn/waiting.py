"""Waits for a condition, never for a time."""

import time

# Seconds to wait for a state. It comes at once on an idle machine, and late on a loaded one.
START_LIMIT = END_LIMIT = 60.0


def wait_until(condition, limit=START_LIMIT, what=None):
    """Polls until `condition()` is true and returns its value; fails after `limit` seconds."""
    deadline = time.monotonic() + limit
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {limit} s: {what() if callable(what) else what or condition}")
        time.sleep(0.02)
