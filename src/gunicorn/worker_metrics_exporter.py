"""Serves each worker's own Prometheus registry on the first free port of the range.

A port may be taken for a while by a worker that still drains, so a worker keeps trying until it has one.
Everything is looked up when it is used: gevent and eventlet patch the standard library after this is imported.
"""

import contextlib
import errno
import functools
import os
import socket
import sys
import threading
import time
from typing import Any, List, Optional

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 2.0
# A reload's hand-over is shorter than this, and not worth a line.
PATIENCE = 5.0
REMINDER = 60.0
SILENT_CLIENT = 30.0
BACKLOG = 16


def start(worker: Any, ports: range) -> None:
    """Starts the exporter of this worker in the background; whatever fails is logged, never raised."""
    try:
        clash = ports_bound_by_django(ports)
        if clash:
            worker.log.error(
                "Django's PROMETHEUS_METRICS_EXPORT_PORT_RANGE (or _PORT) binds %s-%s, and so would gunicorn: this "
                "worker's metrics are left to Django; leave that setting out when METRICS_EXPORTER is gunicorn, "
                "or choose metrics.exporter: app",
                clash[0],
                clash[-1],
            )
            return
        handler = scrape_handler(worker.log)
        threading.Thread(target=export, args=(worker, ports, handler), name="worker-metrics", daemon=True).start()
    except ImportError as error:
        worker.log.error(
            "this worker's metrics are not served: %s; add prometheus_client to the image, "
            "or choose metrics.exporter: app",
            error,
        )
    except Exception:
        worker.log.exception("this worker's metrics are not served")


def ports_bound_by_django(ports: range) -> List[int]:
    """The ports of the range that django-prometheus was told to bind as well."""
    conf = sys.modules.get("django.conf")
    if "django_prometheus" not in sys.modules or conf is None or not conf.settings.configured:
        return []
    one = getattr(conf.settings, "PROMETHEUS_METRICS_EXPORT_PORT", None)
    several = getattr(conf.settings, "PROMETHEUS_METRICS_EXPORT_PORT_RANGE", None)
    return sorted(set(several or [one]) & set(ports))


def scrape_handler(log: Any) -> type:
    """The request handler of prometheus_client, which also speaks OpenMetrics, made quiet and safe."""
    from prometheus_client import MetricsHandler

    class ScrapeHandler(MetricsHandler):
        timeout = SILENT_CLIENT
        answered = False

        def do_GET(self) -> None:  # noqa: N802
            try:
                super().do_GET()
            except Exception:
                # Past the status line only the client's going away can fail.
                if not self.answered:
                    log.exception("a metrics collector failed: this scrape is answered with status 500")
                    self.send_error(500, "a metrics collector failed, the worker's log says how")

        def send_response(self, *args: Any, **kwargs: Any) -> None:
            self.answered = True
            super().send_response(*args, **kwargs)

        def log_message(self, *args: Any) -> None:
            """A scrape every few seconds is no news."""

    return ScrapeHandler


def export(worker: Any, ports: range, handler: type) -> None:
    """The whole life of the exporter's thread."""
    try:
        listener = wait_for_port(worker, ports)
        if listener:
            answer_scrapes(worker, listener, handler)
    except Exception:
        worker.log.exception("this worker's metrics are no longer served")


def wait_for_port(worker: Any, ports: range) -> Optional[socket.socket]:
    """The listening socket, however long it takes; None once the worker drains and needs none."""
    began = time.monotonic()
    pause, speak_after = FIRST_PAUSE, PATIENCE
    while worker.alive:
        listener, obstacle = first_free(ports)
        waited = time.monotonic() - began
        if listener:
            after = "" if speak_after == PATIENCE else f", after {waited:.0f} s without a port"
            worker.log.info("metrics of worker %s on port %s%s", os.getpid(), listener.getsockname()[1], after)
            return listener
        if waited >= speak_after:
            worker.log.warning(
                "worker %s has had no metrics port for %.0f s and is not scraped: all of %s-%s fail (%s); it keeps "
                "trying; old workers may still drain, or more workers run than the range has ports",
                os.getpid(),
                waited,
                ports[0],
                ports[-1],
                obstacle,
            )
            speak_after = waited + REMINDER
        time.sleep(pause)
        pause = min(pause * 1.5, LONGEST_PAUSE)
    return None


def first_free(ports: range) -> Any:
    """A socket on the first port that can be had, or None and why the last one could not."""
    obstacle = None
    for port in ports:
        try:
            return listen(port), None
        except OSError as error:
            obstacle = error
    return None, obstacle


def listen(port: int) -> socket.socket:
    """Listens on `port` of every address: IPv6 and IPv4 at once where the machine has IPv6."""
    try:
        return listen_at(socket.AF_INET6, ("::", port))
    except OSError as error:
        # Any other failure means that there is no IPv6 here.
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise
    return listen_at(socket.AF_INET, ("0.0.0.0", port))  # noqa: S104


def listen_at(family: int, address: Any) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Two sockets may bind with it, but only one of them gets past listen().
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def answer_scrapes(worker: Any, listener: socket.socket, handler: type) -> None:
    """Accepts for as long as the process lives, each scrape in a thread of its own."""
    # Python's sockets close on exec; a plain fork would keep the port past the worker's end.
    os.register_at_fork(after_in_child=functools.partial(let_go, listener.fileno()))
    owner = os.getpid()
    speak_at = 0.0
    while os.getpid() == owner:
        try:
            connection, client = listener.accept()
            threading.Thread(target=answer, args=(worker, connection, client, handler), daemon=True).start()
        except (OSError, RuntimeError) as error:
            if os.getpid() == owner and time.monotonic() >= speak_at:
                worker.log.warning("a scrape of worker %s was not answered: %s", owner, error)
                speak_at = time.monotonic() + REMINDER
            time.sleep(FIRST_PAUSE)


def answer(worker: Any, connection: socket.socket, client: Any, handler: type) -> None:
    try:
        handler(connection, client, None)
    except OSError:
        # The client went away: nobody is left to tell.
        pass
    except Exception:
        worker.log.exception("a scrape was not answered")
    finally:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_WR)
        connection.close()


def let_go(descriptor: int) -> None:
    """Frees the port in a forked child; the number stays taken, so that no later close can hit another file."""
    with contextlib.suppress(OSError):
        nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
        os.dup2(nothing, descriptor, inheritable=False)
        os.close(nothing)
