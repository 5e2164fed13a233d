"""The connections of one metrics port, limited in number and time, so that no client can exhaust the worker.

Call names through their modules (`time.sleep`): gevent and eventlet patch the standard library after this import.
"""

import contextlib
import errno
import functools
import os
import socket
import threading
import time
from typing import Any, Iterator, List, Optional

from worker_metrics_reminder import Reminder

MOST_CONNECTIONS = 16
# For sending the whole request and reading the whole answer. The time of collectors does not count.
CLIENT_SECONDS = 30.0
# For the client to close the connection once it has the answer.
CLOSING_SECONDS = 2.0
# Between two searches for overdue connections, while any are open.
TURN_SECONDS = 0.5
PAUSE_AFTER_FAILURE = 0.2


class Connection:
    """One client's connection. A thread of its own answers; the accepting thread cuts it off when it is overdue."""

    def __init__(self, client: Any, address: Any) -> None:
        self.client, self.address = client, address
        self.deadline = time.monotonic() + CLIENT_SECONDS
        self.is_collecting = self.is_cut = False

    @contextlib.contextmanager
    def collecting(self) -> Iterator[None]:
        """While collectors run, the client's time stops."""
        began = time.monotonic()
        self.is_collecting = True
        try:
            yield
        finally:
            self.deadline += time.monotonic() - began
            self.is_collecting = False

    def can_be_cut(self) -> bool:
        return not self.is_collecting and not self.is_cut

    def cut(self) -> None:
        """Ends the read or write for which the connection's thread waits."""
        self.is_cut = True
        with contextlib.suppress(OSError):
            self.client.shutdown(socket.SHUT_RDWR)

    def close_after_client(self) -> None:
        """Lets the client close first: to close while bytes are unread destroys the answer on its way."""
        self.deadline = min(self.deadline, time.monotonic() + CLOSING_SECONDS)
        self.client.shutdown(socket.SHUT_WR)
        while self.client.recv(65536):
            pass


class Connections:
    """The open connections of a port, the oldest first. One too many cuts off the oldest."""

    def __init__(self, served: Any, handler: type) -> None:
        self.served, self.handler = served, handler
        self.open: List[Connection] = []
        self.changed = threading.Condition()
        self.crowded, self.failed = Reminder(), Reminder()

    def patience(self) -> Optional[float]:
        """Seconds to wait for a new connection before the next `cut_overdue`."""
        return TURN_SECONDS if self.open else None

    def cut_overdue(self) -> None:
        now = time.monotonic()
        with self.changed:
            for connection in self.open:
                if connection.can_be_cut() and connection.deadline <= now:
                    connection.cut()

    def cut_oldest(self) -> Optional[Connection]:
        """Cuts off the connection that has waited longest for its client. Returns it."""
        with self.changed:
            oldest = next(filter(Connection.can_be_cut, self.open), None)
            if oldest:
                oldest.cut()
            return oldest

    def add(self, client: Any, address: Any) -> None:
        """Answers the client in a new thread."""
        if not self.make_room():
            client.close()
            return
        connection = Connection(client, address)
        with self.changed:
            self.open.append(connection)
        try:
            threading.Thread(target=self.answer, args=(connection,), daemon=True).start()
        except RuntimeError as error:
            self.remove(connection)
            self.not_answered(error)

    def make_room(self) -> bool:
        """Whether one more connection may open. False while all wait for collectors."""
        if len(self.open) < MOST_CONNECTIONS:
            return True
        oldest = self.cut_oldest()
        if self.crowded.is_due():
            self.served.log.warning(
                "more than %d connections at once to the %s; %s",
                MOST_CONNECTIONS,
                self.served.metrics,
                f"the oldest, from {oldest.address[0]}, is cut off: find out who holds them open"
                if oldest
                else "all wait for a metrics collector, and the new one is refused: a collector hangs or is too slow",
            )
        with self.changed:
            if oldest:
                # On a busy machine its thread may end late: there are more connections until then.
                self.changed.wait_for(lambda: len(self.open) < MOST_CONNECTIONS, TURN_SECONDS)
            return bool(oldest) and len(self.open) < 2 * MOST_CONNECTIONS

    def answer(self, connection: Connection) -> None:
        try:
            self.handler(connection.client, connection.address, connection)
            connection.close_after_client()
        except OSError:
            # The client went away or was cut off.
            pass
        except Exception:
            if self.failed.is_due():
                self.served.log.exception("a scrape was not answered")
        finally:
            self.remove(connection)

    def remove(self, connection: Connection) -> None:
        # Under the lock, so that no other thread cuts a descriptor that already belongs to another file.
        with self.changed:
            self.open.remove(connection)
            connection.client.close()
            self.changed.notify_all()

    def not_answered(self, error: Exception) -> None:
        """Descriptors, threads or memory ran out. Cuts off a connection and waits a little."""
        oldest = self.cut_oldest()
        if self.failed.is_due():
            self.served.log.warning(
                "a scrape of %s was not answered: %s; %s",
                self.served.who,
                error,
                "the oldest connection is cut off" if oldest else "it is tried again",
            )
        time.sleep(PAUSE_AFTER_FAILURE)


def answer_scrapes(served: Any, listener: Any, handler: type) -> None:
    """Accepts connections until the process ends."""
    # Python's sockets close on exec. A plain fork would keep the port after this process has ended.
    os.register_at_fork(after_in_child=functools.partial(let_go, listener.fileno()))
    owner = os.getpid()
    connections = Connections(served, handler)
    while os.getpid() == owner:
        try:
            listener.settimeout(connections.patience())
            client, address = listener.accept()
        except socket.timeout:
            pass
        except OSError as error:
            if os.getpid() == owner and error.errno != errno.ECONNABORTED:
                connections.not_answered(error)
        else:
            connections.add(client, address)
        connections.cut_overdue()


def let_go(descriptor: int) -> None:
    """Frees the port in a forked child. The number stays in use, so that no later close hits another file."""
    with contextlib.suppress(OSError):
        nothing = os.open(os.devnull, os.O_RDWR | os.O_CLOEXEC)
        os.dup2(nothing, descriptor, inheritable=False)
        os.close(nothing)
