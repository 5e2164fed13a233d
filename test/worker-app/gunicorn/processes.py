"""The processes of this machine, from /proc."""

import contextlib
import os
import pathlib
import re
import signal

from waiting import wait_until


def processes():
    """(pid, parent, session) of every process that is not a zombie."""
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError):
                stat = pathlib.Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
                if stat[0] != "Z":
                    yield int(entry), int(stat[1]), int(stat[3])


def children(pid):
    return {child for child, parent, _ in processes() if parent == pid}


def session_members(leader):
    return {pid for pid, _, session in processes() if session == leader}


def is_running(pid):
    return any(pid == running for running, _, _ in processes())


def kill(pid):
    """Kills a process, and waits until it has ended: it answers nothing any more."""
    os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not is_running(pid))


def has_a_workers_handlers(pid):
    """Whether a process catches signals as workers do: they leave HUP to the master, whose handlers they begin with."""
    with contextlib.suppress(OSError):
        caught = int(
            re.search(r"^SigCgt:\s*(\w+)$", pathlib.Path(f"/proc/{pid}/status").read_text(), re.M).group(1), 16
        )
        return bool(caught >> signal.SIGTERM - 1 & 1) and not caught >> signal.SIGHUP - 1 & 1
    return False
