"""Service windows as metrics, computed at each scrape.

<component>_service_window_{last_start,last_end,next_start,next_end}   unix seconds; absent if there is no change
<component>_service_window_in_window                                   1 in service, 0 out of service
components_collector_up                                                0 when the database gave no answer in time
"""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import structlog
from django.db import connection
from prometheus_client import REGISTRY
from prometheus_client.core import GaugeMetricFamily, Metric

from components.metric_names import metric_labels, metric_prefix
from components.models import Component
from components.service_window import ServiceWindow, WindowTimes, window_times

# Less than Prometheus' default scrape timeout of 10 s.
DATABASE_SECONDS = 2.0
CHANGES = {
    "last_start": "When the service window last began, in unix seconds",
    "last_end": "When the service window last ended, in unix seconds",
    "next_start": "When the service window begins next, in unix seconds",
    "next_end": "When the service window ends next, in unix seconds",
    "in_window": "1 while the component is in its service window, 0 while it is not",
}

log = structlog.get_logger(__name__)

Windows = list[tuple[str, dict[str, str], list[ServiceWindow]]]


def register_components() -> None:
    """Registers the collector. Call it once in each process, after Django is set up."""
    REGISTRY.register(ComponentCollector(read_components))


def read_components() -> Windows:
    """Every component that has windows, in two queries."""
    components = Component.objects.filter(windows__isnull=False).distinct().prefetch_related("windows")
    return [
        (component.name, component.labels, [window.in_time() for window in component.windows.all()])
        for component in components
    ]


class ComponentCollector:
    """Calls `read` at each scrape and waits at most `limit` seconds."""

    def __init__(self, read: Callable[[], Windows], limit: float = DATABASE_SECONDS):
        self.read = BoundedRead(read, limit)
        self.was_up = True

    def describe(self) -> Iterator[Metric]:
        """The metrics for registration: no components, so that registration does not query the database."""
        yield up_metric()

    def collect(self) -> Iterator[Metric]:
        try:
            families = service_window_metrics(self.read(), datetime.now(UTC))
        except Exception as error:
            self.tell(up=False, reason=repr(error))
            yield up_metric(0)
            return
        self.tell(up=True)
        yield up_metric(1)
        yield from families

    def tell(self, up: bool, reason: str | None = None) -> None:
        """Logs each change of `up`, not each scrape."""
        if up != self.was_up:
            self.was_up = up
            if up:
                log.info("components can be read again")
            else:
                log.error("components cannot be read", reason=reason)


def up_metric(value: float | None = None) -> GaugeMetricFamily:
    return GaugeMetricFamily("components_collector_up", "1 if the components could be read for this scrape", value)


def service_window_metrics(components: Windows, now: datetime) -> list[Metric]:
    """One family for each metric name, with the samples of every component that has this name."""
    families: dict[str, Metric] = {}
    for component, labels, windows in components:
        times = window_times(windows, now)
        for change, meaning in CHANGES.items():
            value = seconds(times, change)
            if value is not None:
                name = f"{metric_prefix(component)}_service_window_{change}"
                family = families.setdefault(name, GaugeMetricFamily(name, meaning))
                family.add_sample(name, metric_labels(component, labels), value)
    return list(families.values())


def seconds(times: WindowTimes, change: str) -> float | None:
    value: Any = getattr(times, change)
    return value.timestamp() if isinstance(value, datetime) else value if value is None else float(value)


class BoundedRead:
    """Calls `read` in a thread and waits `limit` seconds. While one call hangs, it starts no second one.

    The thread closes its database connection at its end, so that scrapes leave no connections open.
    """

    def __init__(self, read: Callable[[], Windows], limit: float):
        self.read, self.limit = read, limit
        self.lock = threading.Lock()
        self.running: _Call | None = None

    def __call__(self) -> Windows:
        with self.lock:
            if self.running is None or self.running.ended.is_set():
                self.running = _Call(self.read)
                threading.Thread(target=self.running, name="components-read", daemon=True).start()
            call = self.running
        if not call.ended.wait(self.limit):
            raise TimeoutError(f"the database gave no answer within {self.limit:g} s")
        if call.error:
            raise call.error
        return call.result


class _Call:
    def __init__(self, read: Callable[[], Windows]):
        self.read, self.ended = read, threading.Event()
        self.result: Windows = []
        self.error: Exception | None = None

    def __call__(self) -> None:
        try:
            self.result = self.read()
        except Exception as error:
            self.error = error
        finally:
            connection.close()
            self.ended.set()
