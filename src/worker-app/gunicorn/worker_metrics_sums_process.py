"""The process that serves the sums of all workers, managed by gunicorn's master.

The workers write their metrics to files in a folder. This process, a child of the master like the workers, reads the
files and serves the sums. The master starts no thread and does not import prometheus_client, which would load ssl
before gevent can patch it in the workers.
"""

import contextlib
import os
import select
import signal
import time
from typing import Any, Callable, Dict, Optional

# So that a process that fails at once is not started all the time.
SECONDS_BETWEEN_STARTS = 1.0

# These survive a reload, which runs gunicorn.conf.py again, but not this module.
processes: Dict[str, "SumsProcess"] = {}


def start(server: Any, folder: str, serve: Callable[[int], None]) -> None:
    """Starts the process, and again whenever it ends before the master."""
    processes[folder] = SumsProcess(server, serve)
    processes[folder].watch()
    processes[folder].start()


def tell_of_end(folder: str, worker_pid: int) -> None:
    """Reports the end of a worker: its counts stay, and gauges of its state are deleted."""
    if folder in processes:
        processes[folder].tell(worker_pid)


class SumsProcess:
    """The process as the master knows it. A pipe reports ended workers, and closes when the master ends."""

    def __init__(self, server: Any, serve: Callable[[int], None]) -> None:
        self.server, self.serve = server, serve
        self.master = os.getpid()
        self.pipe: Optional[int] = None
        self.started = -SECONDS_BETWEEN_STARTS
        self.is_starting = self.child_ended = False
        os.register_at_fork(after_in_child=self.close)

    def start(self) -> None:
        self.child_ended = False
        self.is_starting = True
        try:
            self.fork()
        finally:
            self.is_starting = False
            if self.child_ended:
                self.start_again_if_ended()

    def fork(self) -> None:
        now = time.monotonic()
        pause, self.started = max(0.0, self.started + SECONDS_BETWEEN_STARTS - now), now
        self.close()
        ends, self.pipe = os.pipe()
        os.set_blocking(self.pipe, False)
        try:
            pid = os.fork()
        except OSError:
            # An open pipe would look like a running process.
            self.close()
            raise
        else:
            if pid == 0:
                self.live(ends, pause)
        finally:
            os.close(ends)

    def live(self, ends: int, pause: float) -> None:
        """Runs in the new process and never returns."""
        try:
            self.become_no_master()
            time.sleep(pause)
            self.serve(ends)
        except BaseException:
            self.server.log.exception("the metrics of all workers are no longer served")
        finally:
            os._exit(0)

    def become_no_master(self) -> None:
        """Ignores signals, which are for the master, and closes sockets, which are for the workers."""
        for name in ("HUP", "QUIT", "INT", "TERM", "TTIN", "TTOU", "USR1", "USR2", "WINCH"):
            signal.signal(getattr(signal, f"SIG{name}"), signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for listener in self.server.LISTENERS:
            listener.close()
        for worker in self.server.WORKERS.values():
            worker.tmp.close()

    def watch(self) -> None:
        """Watches SIGCHLD: gunicorn has no hook for the end of a child that is no worker."""
        earlier = signal.getsignal(signal.SIGCHLD)

        def child_ended(number: int, frame: Any) -> None:
            if callable(earlier):
                earlier(number, frame)
            self.start_again_if_ended()

        signal.signal(signal.SIGCHLD, child_ended)

    def start_again_if_ended(self) -> None:
        if os.getpid() != self.master:
            return
        if self.is_starting:
            # `start` looks at its end: the child may be the one that it starts.
            self.child_ended = True
        elif self.pipe is None or is_broken(self.pipe):
            # If it fails, the end of the next child tries again.
            with contextlib.suppress(OSError):
                self.start()

    def tell(self, worker_pid: int) -> None:
        # If the process is missing or does not read, files stay, and the sums are right.
        with contextlib.suppress(OSError):
            if self.pipe is not None:
                os.write(self.pipe, b"%d\n" % worker_pid)

    def close(self) -> None:
        """A child that kept the pipe open would keep it from closing with the master."""
        pipe, self.pipe = self.pipe, None
        if pipe is not None:
            os.close(pipe)


def is_broken(pipe: int) -> bool:
    """Whether no process reads this pipe any more."""
    poll = select.poll()
    poll.register(pipe, 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))
