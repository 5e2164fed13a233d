"""Answers Prometheus on the first free port of a range, for whoever has metrics.

A port may be taken for a while by a process that still drains, so one keeps trying until it has one.
Everything is looked up when it is used: gevent and eventlet patch the standard library after this is imported.
"""

import errno
import socket
import time
from typing import Any, Callable, NamedTuple, Optional

from worker_metrics_connections import answer_scrapes

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 2.0
# A reload's hand-over is shorter than this, and not worth a line.
PATIENCE = 5.0
REMINDER = 60.0
# Of connections that are not accepted yet: a crowd must not keep a scrape out.
BACKLOG = 128


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
