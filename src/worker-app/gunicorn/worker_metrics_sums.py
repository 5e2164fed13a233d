"""Serves the sums of all workers from the files that they write, in a process of its own."""

import os
import select
import threading
from typing import Any, Callable, Iterable, Iterator, List

import worker_metrics_ended
from worker_metrics_listener import Served, export
from worker_metrics_reminder import Reminder
from worker_metrics_scrapes import scrape_handler

# Part of the volume. The kernel kills a worker that cannot write its metrics.
NEARLY_FULL = 0.8


def serve(log: Any, folder: str, ports: range, pushes: List[Callable[..., None]], ends: int) -> None:
    """Runs until the other end of the pipe `ends` is closed."""
    metrics = "metrics of all workers"
    collector = None
    try:
        collector = SumsCollector(log, folder)
        registry = registry_of(collector)
        handler = scrape_handler(log, registry)

        def on_port(_port: int) -> None:
            # The process of an older master pushes until it ends.
            for push in pushes:
                push(log, metrics, {}, registry)

        served = Served(
            log=log,
            who="gunicorn's master",
            metrics=metrics,
            likely_obstacle="an old master may still run, or something else in the pod has the port",
            is_needed=lambda: True,
            on_port=on_port,
        )
        threading.Thread(target=export, args=(served, ports, handler), name="worker-metrics", daemon=True).start()
    except ImportError as error:
        log.error(
            "the metrics of all workers are not served: %s; add prometheus_client to the image, "
            "or choose metrics.exporter: app",
            error,
        )
    for pid in ended_processes(ends):
        if collector:
            collector.fold(pid)


def ended_processes(pipe: int) -> Iterator[int]:
    """The processes that the master reports as ended, until the master itself has ended."""
    rest = b""
    while True:
        # If a preloaded application is patched by gevent, a read would block all threads.
        select.select([pipe], [], [])
        told = os.read(pipe, select.PIPE_BUF)
        if not told:
            return
        *lines, rest = (rest + told).split(b"\n")
        yield from map(int, lines)


def registry_of(collector: Any) -> Any:
    from prometheus_client import CollectorRegistry

    registry = CollectorRegistry()
    registry.register(collector)
    return registry


class SumsCollector:
    """Reads all files at each scrape, but not while files of an ended process are folded."""

    def __init__(self, log: Any, folder: str) -> None:
        from prometheus_client.multiprocess import MultiProcessCollector

        self.log, self.folder = log, folder
        self.nearly_full, self.not_folded = Reminder(), Reminder()
        self.sums = MultiProcessCollector.merge

    def describe(self) -> Iterable[Any]:
        return []

    def collect(self) -> Iterable[Any]:
        self.warn_when_nearly_full()
        for pid in worker_metrics_ended.without_process(self.folder):
            self.fold(pid)
        with worker_metrics_ended.only_one(self.folder):
            files = [file for file in worker_metrics_ended.metrics_files(self.folder) if file.endswith(".db")]
            # prometheus_client's own collector fails on a file that a worker has just created.
            return list(self.sums([file for file in files if worker_metrics_ended.is_begun(file)]))

    def fold(self, pid: int) -> None:
        try:
            worker_metrics_ended.fold(self.folder, pid)
        except Exception:
            # The sums stay right, and the next scrape tries again.
            if self.not_folded.is_due():
                self.log.exception("the metrics of process %s, which has ended, stay in files of their own", pid)

    def warn_when_nearly_full(self) -> None:
        volume = os.statvfs(self.folder)
        used = 1 - volume.f_bavail / volume.f_blocks if volume.f_blocks else 0
        if used > NEARLY_FULL and self.nearly_full.is_due():
            self.log.warning(
                "%s, where workers write their metrics, is %.0f %% full; when it is full, workers are killed as they "
                "count something new, and new ones are not counted: count with fewer labels, or choose "
                "metrics.strategy: port-per-worker",
                self.folder,
                100 * used,
            )
