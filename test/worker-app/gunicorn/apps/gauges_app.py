"""The same application, with a gauge of each mode that multiprocess metrics know, and a histogram."""

import os

from prometheus_client import Gauge, Histogram
from wsgi_app import application as inner

GAUGES = {mode: Gauge(f"gauge_{mode}", mode, multiprocess_mode=mode) for mode in ("all", "liveall", "livesum", "max")}
SECONDS = Histogram("seconds", "Of a request", buckets=[1, 2])
# A gauge that each worker sets to what it has done so far.
DONE = {"requests": 0}


def application(environ, start_response):
    DONE["requests"] += 1
    for gauge in GAUGES.values():
        gauge.set(DONE["requests"])
    SECONDS.observe(1.5)
    if environ["PATH_INFO"] == "/threads":
        # Of the process that forks the workers.
        body = os.listdir(f"/proc/{os.getppid()}/task")
        start_response("200 OK", [("Content-Length", "1")])
        return [b"%d" % len(body)]
    return inner(environ, start_response)
