"""Serves the sums of all workers: prometheus_client's multiprocess mode."""

import contextlib
import os
from typing import Any, Iterator

import worker_metrics_own_ports
import worker_metrics_sums
import worker_metrics_sums_process
from worker_metrics_django import is_left_to_django
from worker_metrics_folder import VARIABLE, as_configured, folder_from
from worker_metrics_ports import shared_port_from


class Feature:
    def __init__(self, pod: Any) -> None:
        self.pod = pod
        self.port = shared_port_from(pod.environ)
        # Before the application is loaded, which writes there. The image's file may have set another folder.
        self.folder = folder_from(os.environ)

    def differences(self, now: Any) -> Iterator[str]:
        yield from now.changed(VARIABLE, as_configured(os.environ).get(VARIABLE))

    @contextlib.contextmanager
    def when_ready(self, server: Any) -> Iterator[None]:
        yield
        if worker_metrics_own_ports.is_served_already(server.log, "the master", self.port):
            return
        if self.folder.is_usable(server.log, self.port[0]):
            path = self.folder.path
            worker_metrics_sums_process.start(
                server,
                path,
                lambda ends: worker_metrics_sums.serve(server.log, path, self.port, self.pod.pushes, ends),
            )

    @contextlib.contextmanager
    def pre_fork(self, server: Any, _worker: Any) -> Iterator[None]:
        self.folder.choose(server.log, os.environ)
        yield

    @contextlib.contextmanager
    def post_worker_init(self, worker: Any) -> Iterator[None]:
        yield
        is_left_to_django(worker, self.port)

    @contextlib.contextmanager
    def child_exit(self, _server: Any, worker: Any) -> Iterator[None]:
        try:
            yield
        except FileNotFoundError as error:
            # mark_process_dead in the image's hook deletes the same files as our process for the sums.
            if os.path.dirname(str(error.filename)) not in self.folder.paths():
                raise
        worker_metrics_sums_process.tell_of_end(self.folder.path, worker.pid)
        self.folder.forget(worker.pid)
