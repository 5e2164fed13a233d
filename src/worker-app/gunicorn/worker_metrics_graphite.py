"""Pushes metrics to Graphite too, with tags, in a thread of its own: no request waits for Graphite.

Call names through their modules (`time.sleep`): gevent and eventlet patch the standard library after this import.
"""

import functools
import os
import socket
import threading
import time
from types import MappingProxyType
from typing import Any, Dict, Iterable, List, Mapping, NamedTuple, Optional

from worker_metrics_reminder import Reminder

# Longer than a healthy Graphite needs, shorter than most intervals.
LONGEST_PUSH = 10.0
TEN_MINUTES = 600.0


class Graphite(NamedTuple):
    """The server, the seconds between two pushes, and the tags of each line."""

    host: str
    port: int
    interval: float
    prefix: str = ""
    tags: Mapping[str, str] = MappingProxyType({})


class Feature:
    def __init__(self, pod: Any) -> None:
        pod.pushes.append(functools.partial(start, Graphite(**pod.values["graphite"])))


def start(graphite: Graphite, log: Any, metrics: str, tags: Dict[str, str], registry: Any = None) -> None:
    """Starts to push. Failures are logged, never raised."""
    try:
        from prometheus_client import REGISTRY

        every = {**graphite.tags, "pod": socket.gethostname(), **tags}
        page = Tagged(REGISTRY if registry is None else registry, every)
        pusher = Pusher(log, metrics, graphite, page)
        threading.Thread(target=pusher.run, name="worker-metrics-graphite", daemon=True).start()
    except TypeError:
        log.error(
            "the %s are not pushed to Graphite: this prometheus_client cannot tag them; "
            "put 0.10 or later into the image, or remove metrics.graphite",
            metrics,
        )
    except Exception:
        log.exception("the %s are not pushed to Graphite", metrics)


class Tagged:
    """A registry's metrics, collected at once. Each sample has the tags beside its own labels."""

    def __init__(self, registry: Any, tags: Dict[str, str]) -> None:
        self.registry, self.tags = registry, tags
        self.collected: List[Any] = []

    def refresh(self) -> None:
        collected = list(self.registry.collect())
        for metric in collected:
            metric.samples = [sample._replace(labels=self.labels(sample.labels)) for sample in metric.samples]
        self.collected = collected

    def labels(self, own: Dict[str, str]) -> Dict[str, str]:
        # As Prometheus renames a label that the target has too. Graphite refuses an empty tag.
        kept = {f"exported_{name}" if name in self.tags else name: value for name, value in own.items() if value}
        return {**kept, **self.tags}

    def collect(self) -> Iterable[Any]:
        return self.collected


class Pusher:
    """Pushes at every interval. Logs when Graphite is lost, every ten minutes after that, and when it is back."""

    def __init__(self, log: Any, metrics: str, graphite: Graphite, page: Tagged) -> None:
        from prometheus_client.bridge.graphite import GraphiteBridge

        self.log, self.metrics, self.graphite, self.page = log, metrics, graphite, page
        address = (graphite.host, graphite.port)
        timeout = min(LONGEST_PUSH, graphite.interval)
        self.bridge = GraphiteBridge(address, registry=page, timeout_seconds=timeout, tags=True)
        self.failed_since: Optional[float] = None
        self.reminder = Reminder(TEN_MINUTES)

    def run(self) -> None:
        owner = os.getpid()
        due = time.monotonic()
        while os.getpid() == owner:
            self.push()
            # A slow push replaces those that were due meanwhile.
            now = time.monotonic()
            due += self.graphite.interval * (1 + max(0.0, now - due) // self.graphite.interval)
            time.sleep(max(0.0, due - now))

    def push(self) -> None:
        try:
            self.page.refresh()
        except Exception:
            if self.reminder.is_due():
                self.log.exception("a metrics collector failed: nothing is pushed to Graphite")
            return
        try:
            self.bridge.push(self.graphite.prefix)
        except (OSError, UnicodeError) as error:
            self.failed(error)
        except Exception:
            if self.reminder.is_due():
                self.log.exception("the %s are not pushed to Graphite", self.metrics)
        else:
            self.succeeded()

    def failed(self, error: Exception) -> None:
        if self.failed_since is None:
            self.failed_since = time.monotonic()
            self.reminder.reset()
        if self.reminder.is_due():
            self.log.warning(
                "the %s do not reach Graphite at %s:%s: %s; they are pushed again every %g s",
                self.metrics,
                self.graphite.host,
                self.graphite.port,
                error,
                self.graphite.interval,
            )

    def succeeded(self) -> None:
        if self.failed_since is not None:
            waited = time.monotonic() - self.failed_since
            self.log.info("the %s reach Graphite again, after %.0f s", self.metrics, waited)
            self.failed_since = None
