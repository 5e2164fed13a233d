"""The metrics ports on which this process listens already, by the application or by a hook of the image's file."""

import contextlib
import os
from typing import Any, Dict, Iterator, Optional, Set

LISTENING = "0A"

# Sockets that a worker has from the master.
inherited: Set[str] = set()


def listened_on(ports: range) -> Dict[str, int]:
    """Socket -> port. From /proc, as a socket object of gevent would change the socket's mode."""
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
            # The one that lists them is closed by now.
            with contextlib.suppress(OSError):
                yield os.readlink(f"/proc/self/fd/{name}")


def remember_inherited(ports: Optional[range]) -> None:
    """To be called in a worker that has just been forked."""
    inherited.clear()
    inherited.update(listened_on(ports) if ports else {})


def warn_of_master(server: Any, ports: Optional[range]) -> None:
    """No worker can serve a port that the master has."""
    taken = sorted(set(listened_on(ports).values())) if ports else []
    if taken:
        server.log.warning(
            "the master listens on metrics port %s, where no worker can serve its metrics: %s",
            ", ".join(map(str, taken)),
            "preload_app loads the application in the master; remove it, or set metrics.exporter: gunicorn and have "
            "the application bind no metrics port"
            if server.cfg.preload_app
            else "remove the hook of the image's file that binds it",
        )


def is_served_already(log: Any, who: str, ports: range) -> bool:
    """Whether this process serves metrics by itself, which is logged."""
    own = sorted({port for socket, port in listened_on(ports).items() if socket not in inherited})
    if own:
        log.warning(
            "%s listens on metrics port %s already, by a hook of the image's file or by the application: its metrics "
            "are left to that; remove it, or choose metrics.exporter: app",
            who,
            own[0],
        )
    return bool(own)
