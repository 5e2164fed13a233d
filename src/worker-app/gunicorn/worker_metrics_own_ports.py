"""Finds metrics ports on which this process listens already: the application or a hook of the image opened them."""

import contextlib
import os
from typing import Any, Dict, Iterator, Set

LISTENING = "0A"

# Sockets that the worker inherited from the master.
inherited: Set[str] = set()


def listened_on(ports: range) -> Dict[str, int]:
    """Socket -> port, from /proc: a socket object of gevent would change the socket's mode."""
    own = set(own_sockets())
    found = {}
    for table in ("/proc/self/net/tcp", "/proc/self/net/tcp6"):
        with contextlib.suppress(OSError), open(table, encoding="ascii") as lines:
            next(lines)
            for fields in map(str.split, lines):
                socket, port = f"socket:[{fields[9]}]", int(fields[1].rpartition(":")[2], 16)
                if fields[3] == LISTENING and socket in own and port in ports:
                    found[socket] = port
    return found


def own_sockets() -> Iterator[str]:
    with contextlib.suppress(OSError):
        for name in os.listdir("/proc/self/fd"):
            # The descriptor of this listing is closed by now.
            with contextlib.suppress(OSError):
                yield os.readlink(f"/proc/self/fd/{name}")


def remember_inherited(ports: range) -> None:
    """Call it in a worker right after the fork."""
    inherited.clear()
    inherited.update(listened_on(ports))


def is_served_already(log: Any, who: str, ports: range) -> bool:
    """Whether this process serves metrics itself. Logs it."""
    own = sorted({port for socket, port in listened_on(ports).items() if socket not in inherited})
    if own:
        log.warning(
            "%s listens on metrics port %s already, by a hook of the image's file or by the application: its metrics "
            "are left to that; remove it, or choose metrics.exporter: app",
            who,
            own[0],
        )
    return bool(own)
