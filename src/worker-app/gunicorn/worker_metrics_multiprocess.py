"""prometheus_client's multiprocess mode: what gunicorn's master does for it.

The workers write their metrics to files in a folder. A process beside them, a child of the master as they are, reads
the files and serves the sums. The master itself starts no thread, and imports nothing of prometheus_client: that would
load ssl before gevent can patch it in the workers.
"""

import contextlib
import os
import select
import signal
import time
from typing import Any, Callable, Dict, Optional

# A process that ends as soon as it begins is not worth more starts than this.
SECONDS_BETWEEN_STARTS = 1.0

# Outlives a reload, which runs the configuration anew but not this module.
processes: Dict[str, "SumsProcess"] = {}


def start(server: Any, folder: str, serve: Callable[[int], None]) -> None:
    """Starts the process that serves the sums, and another whenever it ends before the master."""
    processes[folder] = SumsProcess(server, serve)
    processes[folder].watch()
    processes[folder].start()


def tell_of_end(folder: str, worker_pid: int) -> None:
    """A worker has ended: what it has counted stays, what it was doing does not."""
    if folder in processes:
        processes[folder].tell(worker_pid)


class SumsProcess:
    """The process that serves the sums, seen from the master: a pipe tells it which workers ended, and by its own end
    that the master has."""

    def __init__(self, server: Any, serve: Callable[[int], None]) -> None:
        self.server, self.serve = server, serve
        self.master = os.getpid()
        self.pipe: Optional[int] = None
        self.started = -SECONDS_BETWEEN_STARTS
        self.is_starting = False
        os.register_at_fork(after_in_child=self.close)

    def start(self) -> None:
        self.is_starting = True
        try:
            self.fork()
        finally:
            self.is_starting = False

    def fork(self) -> None:
        now = time.monotonic()
        pause, self.started = max(0.0, self.started + SECONDS_BETWEEN_STARTS - now), now
        self.close()
        ends, self.pipe = os.pipe()
        os.set_blocking(self.pipe, False)
        try:
            pid = os.fork()
        except OSError:
            # An end without a process at it would pass for one.
            self.close()
            raise
        else:
            if pid == 0:
                self.live(ends, pause)
        finally:
            os.close(ends)

    def live(self, ends: int, pause: float) -> None:
        """In the new process, which never returns."""
        try:
            self.become_no_master()
            time.sleep(pause)
            self.serve(ends)
        except BaseException:
            self.server.log.exception("the metrics of all workers are no longer served")
        finally:
            os._exit(0)

    def become_no_master(self) -> None:
        """The end of the pipe ends this process; signals are for the master, connections for the workers."""
        for name in ("HUP", "QUIT", "INT", "TERM", "TTIN", "TTOU", "USR1", "USR2", "WINCH"):
            signal.signal(getattr(signal, f"SIG{name}"), signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for listener in self.server.LISTENERS:
            listener.close()
        for worker in self.server.WORKERS.values():
            worker.tmp.close()

    def watch(self) -> None:
        """gunicorn tells nobody of the end of a child that is no worker; the signal does."""
        earlier = signal.getsignal(signal.SIGCHLD)

        def child_ended(number: int, frame: Any) -> None:
            if callable(earlier):
                earlier(number, frame)
            self.start_again_if_ended()

        signal.signal(signal.SIGCHLD, child_ended)

    def start_again_if_ended(self) -> None:
        if os.getpid() != self.master or self.is_starting:
            return
        if self.pipe is None or is_broken(self.pipe):
            # Without a process for it the next child's end tries again.
            with contextlib.suppress(OSError):
                self.start()

    def tell(self, worker_pid: int) -> None:
        # A process that is not there, or not reading, leaves files behind: the sums are right all the same.
        with contextlib.suppress(OSError):
            if self.pipe is not None:
                os.write(self.pipe, b"%d\n" % worker_pid)

    def close(self) -> None:
        """No child may hold the pipe open, or its end would not come with the master's."""
        pipe, self.pipe = self.pipe, None
        if pipe is not None:
            os.close(pipe)


def is_broken(pipe: int) -> bool:
    """Whether nobody can read any more what is written to this pipe."""
    poll = select.poll()
    poll.register(pipe, 0)
    return any(event & select.POLLERR for _, event in poll.poll(0))
