"""Answers Prometheus on the first free port of a range, for whoever has metrics.

A port may be taken for a while by a process that still drains, so one keeps trying until it has one.
Everything is looked up when it is used: gevent and eventlet patch the standard library after this is imported.
"""

import contextlib
import errno
import functools
import os
import socket
import threading
import time
from typing import Any, Callable, NamedTuple, Optional

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 2.0
# A reload's hand-over is shorter than this, and not worth a line.
PATIENCE = 5.0
REMINDER = 60.0
SILENT_CLIENT = 30.0
BACKLOG = 16


class Served(NamedTuple):
    """Whose metrics are served, in the words of the log."""

    log: Any
    who: str
    """Who needs a port: `worker 12`."""
    metrics: str
    """What is served there: `metrics of worker 12`."""
    likely_obstacle: str
    """Why there may be no port for long."""
    is_needed: Callable[[], bool]
    """Whether a port is still of use."""
    on_port: Callable[[int], None]
    """What else begins with a port."""


def scrape_handler(log: Any, registry: Any = None) -> type:
    """The request handler of prometheus_client, which also speaks OpenMetrics, made quiet and safe."""
    from prometheus_client import REGISTRY, MetricsHandler

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

    ScrapeHandler.registry = REGISTRY if registry is None else registry
    return ScrapeHandler


def export(served: Served, ports: range, handler: type) -> None:
    """The whole life of an exporter's thread."""
    try:
        listener = wait_for_port(served, ports)
        if listener:
            served.on_port(listener.getsockname()[1])
            answer_scrapes(served, listener, handler)
    except Exception:
        served.log.exception("the %s are no longer served", served.metrics)


def wait_for_port(served: Served, ports: range) -> Optional[socket.socket]:
    """The listening socket, however long it takes; None once nobody needs one."""
    began = time.monotonic()
    pause, speak_after = FIRST_PAUSE, PATIENCE
    while served.is_needed():
        listener, obstacle = first_free(ports)
        waited = time.monotonic() - began
        if listener:
            after = "" if speak_after == PATIENCE else f", after {waited:.0f} s without a port"
            served.log.info("%s on port %s%s", served.metrics, listener.getsockname()[1], after)
            return listener
        if waited >= speak_after:
            served.log.warning(
                "%s has had no metrics port for %.0f s and is not scraped: all of %s-%s fail (%s); it keeps trying; %s",
                served.who,
                waited,
                ports[0],
                ports[-1],
                obstacle,
                served.likely_obstacle,
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


def answer_scrapes(served: Served, listener: socket.socket, handler: type) -> None:
    """Accepts for as long as the process lives, each scrape in a thread of its own."""
    # Python's sockets close on exec; a plain fork would keep the port past the process' end.
    os.register_at_fork(after_in_child=functools.partial(let_go, listener.fileno()))
    owner = os.getpid()
    speak_at = 0.0
    while os.getpid() == owner:
        try:
            connection, client = listener.accept()
            threading.Thread(target=answer, args=(served.log, connection, client, handler), daemon=True).start()
        except (OSError, RuntimeError) as error:
            if os.getpid() == owner and time.monotonic() >= speak_at:
                served.log.warning("a scrape of %s was not answered: %s", served.who, error)
                speak_at = time.monotonic() + REMINDER
            time.sleep(FIRST_PAUSE)


def answer(log: Any, connection: socket.socket, client: Any, handler: type) -> None:
    try:
        handler(connection, client, None)
    except OSError:
        # The client went away: nobody is left to tell.
        pass
    except Exception:
        log.exception("a scrape was not answered")
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
