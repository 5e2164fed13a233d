"""Warns where a worker has no metrics port: of more or fewer workers, and of a port that the master has."""

import contextlib
import os
import socket


class Feature:
    exporter = "app"

    def __init__(self, pod):
        self.ports = self.ports_in(pod.environ)

    def ports_in(self, environ):
        with contextlib.suppress(KeyError, ValueError):
            start = int(environ["METRICS_START_PORT"])
            return range(start, start + int(environ["WEB_CONCURRENCY"]))
        return range(0)

    def differences(self, now):
        ports = self.ports
        if ports and now.cfg.workers != len(ports):
            text = f"{now.described('workers')}, but there are {len(ports)} metrics ports, {ports[0]}-{ports[-1]}"
            yield f"{text}: remove it there, WEB_CONCURRENCY sets it"
        unset = {"METRICS_EXPORTER": self.exporter, "PROMETHEUS_MULTIPROC_DIR": None, "prometheus_multiproc_dir": None}
        for name, wanted in unset.items():
            if (value := now.pod.environ.get(name, wanted)) != wanted:
                yield f"{name} is {value!r}, but the manifests do not set it: remove it from the image or from envFrom"

    @contextlib.contextmanager
    def when_ready(self, server):
        yield
        # After an upgrade in place, workers of the old master have the ports.
        taken = [str(port) for port in self.ports if "GUNICORN_PID" not in os.environ and is_taken(port)]
        if taken:
            server.log.warning(
                "metrics port %s is taken before workers start: remove preload_app, or the hook that listens there",
                ", ".join(taken),
            )


def is_taken(port):
    with contextlib.suppress(OSError), socket.create_server(("", port)):
        return False
    return True
