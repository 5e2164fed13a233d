"""Serves each worker's own Prometheus registry on the first free port of the range."""

import contextlib
import os
import threading
from typing import Any, Iterator

import worker_metrics_own_ports
import worker_metrics_worker_ports
from worker_metrics_django import is_left_to_django
from worker_metrics_listener import Served, export
from worker_metrics_ports import ports_from
from worker_metrics_scrapes import scrape_handler


class Feature(worker_metrics_worker_ports.Feature):
    exporter = "gunicorn"
    ports_in = staticmethod(ports_from)

    def __init__(self, pod: Any) -> None:
        super().__init__(pod)
        self.pod = pod

    @contextlib.contextmanager
    def post_fork(self, _server: Any, _worker: Any) -> Iterator[None]:
        worker_metrics_own_ports.remember_inherited(self.ports)
        yield

    @contextlib.contextmanager
    def post_worker_init(self, worker: Any) -> Iterator[None]:
        yield
        self.start(worker)

    def start(self, worker: Any) -> None:
        """Starts the exporter of this worker in the background. Failures are logged, never raised."""
        try:
            if is_left_to_django(worker, self.ports):
                return
            if worker_metrics_own_ports.is_served_already(worker.log, "this worker", self.ports):
                return
            metrics = f"metrics of worker {os.getpid()}"

            def on_port(port: int) -> None:
                # The port's number, as in Prometheus: process ids would make new series without end.
                number = str(self.ports.index(port) + 1)
                for push in self.pod.pushes:
                    push(worker.log, metrics, {"worker": number})

            served = Served(
                log=worker.log,
                who=f"worker {os.getpid()}",
                metrics=metrics,
                likely_obstacle="old workers may still drain, or more workers run than the range has ports",
                is_needed=lambda: worker.alive,
                on_port=on_port,
            )
            target, arguments = export, (served, self.ports, scrape_handler(worker.log))
            threading.Thread(target=target, args=arguments, name="worker-metrics", daemon=True).start()
        except ImportError as error:
            worker.log.error(
                "this worker's metrics are not served: %s; add prometheus_client to the image, "
                "or choose metrics.exporter: app",
                error,
            )
        except Exception:
            worker.log.exception("this worker's metrics are not served")
