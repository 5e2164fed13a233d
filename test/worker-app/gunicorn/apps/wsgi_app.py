"""A WSGI application whose paths are the situations that the tests need."""

import collections
import contextlib
import logging
import os
import sys
import threading
import time
import warnings

from prometheus_client import REGISTRY, Counter
from prometheus_client.core import GaugeMetricFamily

REQUESTS = Counter("requests", "Requests answered by this worker")
NUMBERED = Counter("numbered", "A series for each number", ["number"])
# Longer than any test.
LONGEST_HOLD = 6000.0


class WorkerPid:
    """Says which process answers a scrape, and how often each of its threads has collected."""

    def __init__(self):
        self.collections = collections.Counter()

    def describe(self):
        return [GaugeMetricFamily("worker_pid", ""), GaugeMetricFamily("collections", "")]

    def collect(self):
        if noted(os.environ.get("COLLECTOR_FAILS_IF", "")):
            raise ConnectionRefusedError("the collector's own failure")
        self.collections[threading.current_thread().name] += 1
        yield GaugeMetricFamily("worker_pid", "The process that serves this page", value=os.getpid())
        by_thread = GaugeMetricFamily("collections", "By the thread that collects", labels=["thread"])
        by_thread.add_metric(["worker-metrics-graphite"], self.collections["worker-metrics-graphite"])
        yield by_thread


def noted(file):
    """Whether the file exists. If so, it grows by a byte."""
    # To open a file needs a descriptor, even if there is none of that name.
    if not os.path.exists(file):
        return False
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_APPEND)
    except FileNotFoundError:
        return False
    os.write(descriptor, b".")
    os.close(descriptor)
    return True


REGISTRY.register(WorkerPid())


def hold_until_released(meanwhile=lambda: None):
    """Keeps the request in flight until the test makes the file."""
    began = time.monotonic()
    while not os.path.exists(os.environ["RELEASE_FILE"]) and time.monotonic() - began < LONGEST_HOLD:
        meanwhile()
        time.sleep(0.02)


def take_all_descriptors():
    """Takes each that comes free until the test makes the file; without one left the file itself still shows."""
    taken = []

    def take():
        with contextlib.suppress(OSError):
            while True:
                taken.append(os.open(os.devnull, os.O_RDONLY))

    hold_until_released(take)
    for descriptor in taken:
        os.close(descriptor)


def fork_a_child_that_stays():
    if os.fork() == 0:
        hold_until_released()
        os._exit(0)


def print_things():
    print("printed, with a second\nline and a 'quote' \"\x1b[31m")
    print("half a line", file=sys.stderr)


def warn():
    warnings.warn("an old way", DeprecationWarning, stacklevel=1)


def fail_in_a_thread():
    thread = threading.Thread(target=lambda: 1 / 0, name="doomed")
    thread.start()
    thread.join()


def log_oddities():
    log = logging.getLogger("shop")
    log.info("with fields", extra={"order": 7, "ratio": float("nan"), "level": "forged", "half": "\ud83d"})
    log.info("wrong arguments %d", "seven")
    log.info("a key that is no text", extra={"table": {(1, 2): "pair"}})
    itself = []
    itself.append(itself)
    log.info("contains itself", extra={"itself": itself})
    log.warning("two\nlines \u2028 and \x1b[0m {}".format("x" * 20000))
    try:
        raise ValueError("bad\nvalue")
    except ValueError:
        log.exception("failed")


def fail():
    raise RuntimeError("the application's own failure\nin two lines")


def fill():
    """Counts more than half of 2 MiB."""
    for number in range(5000):
        NUMBERED.labels(f"{number:0200}").inc()


def fill_the_volume():
    """Leaves no room for the metrics of another worker."""
    with open(os.path.join(os.environ["PROMETHEUS_MULTIPROC_DIR"], "filler"), "wb", buffering=0) as filler:
        try:
            while True:
                filler.write(bytes(4096))
        except OSError:
            pass


ACTIONS = {
    "/fill-volume": fill_the_volume,
    "/fill": fill,
    "/hold": hold_until_released,
    "/descriptors": take_all_descriptors,
    "/fork": fork_a_child_that_stays,
    "/print": print_things,
    "/warn": warn,
    "/thread": fail_in_a_thread,
    "/oddities": log_oddities,
    "/fail": fail,
}


def application(environ, start_response):
    REQUESTS.inc()
    action = ACTIONS.get(environ["PATH_INFO"])
    if action:
        action()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(str(os.getpid()))))])
    return [str(os.getpid()).encode()]
