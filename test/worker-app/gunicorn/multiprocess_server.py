"""Ways to look at a gunicorn that serves the sums of all its workers."""

import contextlib
import os
import pathlib
import re

from gunicorn_server import attempt, get
from waiting import wait_until

MULTIPROCESS = {"exporter": "gunicorn", "strategy": "multiprocess"}


def metrics(server, headers=()):
    """The page of the sums, or '' while there is none."""
    answer = attempt(lambda: get(server.metrics_ports[0], headers=headers))
    return answer[2] if answer and answer[0] == 200 else ""


def samples(server, name):
    """The values of one name: labels -> value."""
    found = re.findall(rf"^{name}(?:\{{(.*?)\}})? (\S+)$", metrics(server), re.M)
    return {labels: float(value) for labels, value in found}


def total(server):
    return samples(server, "requests_total").get("")


def until_total(server, wanted):
    wait_until(lambda: total(server) == wanted, what=lambda: f"{total(server)} is not {wanted}\n{server.stderr()}")


def send(server, count):
    for _ in range(count):
        assert wait_until(lambda: attempt(lambda: server.get("/")))[0] == 200


def listening_process(port):
    """The one process that has a socket listening on this port; None while there is none."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in pathlib.Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    holders = set()
    for pid in filter(str.isdigit, os.listdir("/proc")):
        # It, or one of its files, may be gone by now.
        with contextlib.suppress(OSError):
            for link in os.scandir(f"/proc/{pid}/fd"):
                with contextlib.suppress(OSError):
                    if os.readlink(link.path) in inodes:
                        holders.add(int(pid))
    assert len(holders) <= 1, holders
    return next(iter(holders), None)


def sums_process(server):
    return listening_process(server.metrics_ports[0])


def until_serving(server, old=frozenset()):
    """The sums are served, and all workers have loaded the application, none of them an old one; returns them."""

    def all_loaded():
        workers = server.booted()
        loaded = {pid for pid in workers if f"counter_{pid}.db" in files(server)}
        return loaded if len(loaded) == server.workers and not workers & old else None

    wait_until(lambda: total(server) is not None, what=server.stderr)
    return wait_until(all_loaded, what=server.stderr)


def files(server):
    return sorted(file.name for file in server.multiprocess_folder.glob("*.db"))
