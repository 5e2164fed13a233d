"""Answers Prometheus on the first free port of a range.

A process that still drains may hold a port for a while, so the search goes on until a port is free.
Call names through their modules (`time.sleep`): gevent and eventlet patch the standard library after this import.
"""

import errno
import socket
import time
from typing import Any, Callable, NamedTuple, Optional

from worker_metrics_connections import answer_scrapes

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 2.0
# A reload frees ports sooner than this: it needs no line in the log.
PATIENCE = 5.0
REMINDER = 60.0
# Connections that wait to be accepted: many clients must not keep a scrape out.
BACKLOG = 128


class Served(NamedTuple):
    """Whose metrics are served, in the words of the log."""

    log: Any
    who: str
    """The process that needs a port: `worker 12`."""
    metrics: str
    """The content of the port: `metrics of worker 12`."""
    likely_obstacle: str
    """Why no port may be free for long."""
    is_needed: Callable[[], bool]
    """Whether a port is still needed."""
    on_port: Callable[[int], None]
    """Called with the port once there is one."""


def export(served: Served, ports: range, handler: type) -> None:
    """Runs in the exporter's thread until the process ends."""
    try:
        listener = wait_for_port(served, ports)
        if listener:
            served.on_port(listener.getsockname()[1])
            answer_scrapes(served, listener, handler)
    except Exception:
        served.log.exception("the %s are no longer served", served.metrics)


def wait_for_port(served: Served, ports: range) -> Optional[socket.socket]:
    """Waits for a listening socket; None once it is no longer needed."""
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
    """A socket on the first free port, or None and why the last port failed."""
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
        # Any other failure means that this machine has no IPv6.
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            raise
    return listen_at(socket.AF_INET, ("0.0.0.0", port))


def listen_at(family: int, address: Any) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Two sockets may bind with it, but only one can listen.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener
