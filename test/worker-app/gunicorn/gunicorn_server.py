"""A real gunicorn on loopback, run as the pod runs it, and the ways to look at it."""

import contextlib
import fcntl
import http.client
import os
import pathlib
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile

from processes import children, has_a_workers_handlers, session_members
from synthesized import mounted_files
from waiting import END_LIMIT, START_LIMIT, wait_until

HERE = pathlib.Path(__file__).resolve().parent
# gunicorn kills a worker that is silent for so long, as one is on a loaded machine.
WORKER_TIMEOUT = 10 * int(END_LIMIT)
# Below the ports that the kernel hands out by itself.
FIRST_PORT, LAST_PORT, BLOCK = 20000, 31000, 10


@contextlib.contextmanager
def free_ports():
    """The first of BLOCK consecutive free ports; a lock keeps other runs away for as long as they are used."""
    # The lock files stay: one that is deleted could be locked twice.
    locks = pathlib.Path(tempfile.gettempdir(), "worker-metrics-ports")
    locks.mkdir(exist_ok=True)
    starts = list(range(FIRST_PORT, LAST_PORT, BLOCK))
    random.shuffle(starts)
    for start in starts:
        with open(locks / str(start), "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for port in range(start, start + BLOCK):
                    with socket.socket(socket.AF_INET6) as probe:
                        probe.bind(("::", port))
            except OSError:
                continue
            yield start
            return
    raise AssertionError(f"no free block of {BLOCK} ports from {FIRST_PORT} to {LAST_PORT}")


def mount(folder, files):
    """Lays the files out as a mounted ConfigMap: links to links, in a folder that nobody writes to."""
    data = folder / "..2026_01_01"
    data.mkdir(parents=True)
    for name, text in files.items():
        (data / name).write_text(text)
    (folder / "..data").symlink_to(data.name)
    for file in data.iterdir():
        (folder / file.name).symlink_to(pathlib.Path("..data") / file.name)
    data.chmod(0o555)
    folder.chmod(0o555)
    return folder / "gunicorn.conf.py"


class GunicornServer:
    """A started gunicorn; `stop()` ends it and everything it started."""

    def __init__(
        self,
        folder,
        port,
        settings,
        app="wsgi_app",
        workers=3,
        arguments=(),
        environ=(),
        prefix=(),
        image=None,
        bind="0.0.0.0",
        patient=True,
    ):
        """`image`: name -> text of files in the working directory; `bind`: None leaves it to the configuration.

        `patient`: False leaves gunicorn's own timeout where `settings` has none.
        """
        settings = {"timeout": WORKER_TIMEOUT, **settings} if patient else settings
        self.folder, self.port, self.workers = folder, port, workers
        self.metrics_ports = range(port + 1, port + 1 + workers)
        self.release_file = folder / "release"
        self.collector_fails = folder / "collector-fails"
        self.multiprocess_folder = folder / "multiprocess"
        self.config = mount(folder / "mount", mounted_files(settings, port))
        self.image_folder = written(folder / "image", image) if image is not None else HERE / "apps"
        self.stdout_file, self.stderr_file = folder / "stdout", folder / "stderr"
        # The script, not -m: an upgrade in place (USR2) starts sys.argv anew.
        script = os.path.join(os.path.dirname(sys.executable), "gunicorn")
        self.command = [*prefix, sys.executable, script, *(["--bind", f"{bind}:{port}"] if bind else [])]
        self.command += [*arguments, *([f"{app}:application"] if app else [])]
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOME": "/",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONWARNINGS": "default::DeprecationWarning:wsgi_app",
            "PYTHONPATH": os.pathsep.join([str(HERE / "apps"), str(HERE / "without")]),
            "GUNICORN_CMD_ARGS": f"--config={self.config}",
            "METRICS_EXPORTER": settings.get("exporter", "app"),
            "METRICS_START_PORT": str(self.metrics_ports[0]),
            "WEB_CONCURRENCY": str(workers),
            "PROMETHEUS_MULTIPROC_DIR": str(self.multiprocess_folder) if is_multiprocess(settings) else None,
            "RELEASE_FILE": str(self.release_file),
            "COLLECTOR_FAILS_IF": str(self.collector_fails),
            **dict(environ),
        }
        self.environ = {name: value for name, value in self.environ.items() if value is not None}
        self.process = None

    def start(self):
        with open(self.stdout_file, "ab") as out, open(self.stderr_file, "ab") as err:
            self.process = subprocess.Popen(
                self.command,
                env=self.environ,
                cwd=str(self.image_folder),
                stdout=out,
                stderr=err,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        return self

    def stop(self):
        """Ends the whole session, forked children and a second master included."""
        self.release()
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
        self.kill()

    def kill(self):
        """Kills all processes at once, and waits until none is left."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        wait_until(lambda: not session_members(self.process.pid))
        self.process.wait(END_LIMIT)

    def release(self):
        self.release_file.touch()

    def until_serving(self, pids=None):
        """All metrics ports answer, each from a process of its own (of `pids`, if given): port -> pid."""

        def all_up():
            up = self.scraped_pids()
            distinct = set(up.values())
            return up if len(distinct) == self.workers and (pids is None or distinct <= set(pids)) else None

        return wait_until(all_up, what=lambda: f"{self.scraped_pids()}\n{self.stderr()}")

    def scraped_pids(self):
        return {port: pid for port in self.metrics_ports for pid in [scraped_pid(port)] if pid}

    def worker_pids(self, master=None):
        return children(master or self.process.pid)

    def booted(self, master=None):
        """The workers that have their own signal handlers. An earlier signal is lost, or keeps lines out of the log."""
        return set(filter(has_a_workers_handlers, children(master or self.process.pid)))

    def until_booted(self, old=frozenset()):
        """All workers have booted, and none is an old one; returns them."""

        def all_booted():
            booted = self.booted()
            return booted if len(booted) == self.workers and not booted & old else None

        return wait_until(all_booted, what=lambda: f"{self.booted()}, old are {old}\n{self.stderr()}")

    def reload(self):
        """Has the master read its configuration again; returns the new workers, once the old ones have ended."""
        old = self.until_booted()
        os.kill(self.process.pid, signal.SIGHUP)
        return self.until_booted(old)

    def upgrade(self):
        """Has the master start a second one (USR2); returns that one, once its workers have booted."""
        os.kill(self.process.pid, signal.SIGUSR2)

        def second():
            return next((pid for pid in self.worker_pids() if len(self.booted(pid)) == self.workers), None)

        return wait_until(second, what=self.stderr)

    def until_answering(self):
        return wait_until(lambda: attempt(lambda: self.get("/")), what=self.stderr)

    def get(self, path, headers=()):
        return get(self.port, path, headers)

    def begin(self, path):
        """Sends a request and leaves it in flight."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=END_LIMIT)
        connection.sendall(f"GET {path} HTTP/1.0\r\n\r\n".encode())
        return connection

    def raw(self, request):
        """Sends these bytes, reads the answer to its end, whatever it is."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=END_LIMIT) as connection:
            connection.sendall(request)
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
                return b"".join(iter(lambda: connection.recv(65536), b""))
        return b""

    def stdout(self):
        return whole_lines(self.stdout_file)

    def stderr(self):
        return whole_lines(self.stderr_file)

    def until_logged(self, text, limit=START_LIMIT):
        wait_until(lambda: text in self.stderr() + self.stdout(), limit, lambda: text + "\n" + self.stderr())


def whole_lines(file):
    """The text of a file without its last line, if that is only half written as yet."""
    lines, end, _ = file.read_bytes().rpartition(b"\n")
    return (lines + end).decode("utf-8", "replace")


def written(folder, files):
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text)
    return folder


def is_multiprocess(settings):
    return settings.get("strategy") == "multiprocess"


def attempt(action):
    try:
        return action()
    except (OSError, http.client.HTTPException):
        return None


def get(port, path="/metrics", headers=(), host="127.0.0.1"):
    connection = http.client.HTTPConnection(host, port, timeout=END_LIMIT)
    try:
        connection.request("GET", path, headers=dict(headers))
        response = connection.getresponse()
        return response.status, dict(response.getheaders()), response.read().decode()
    finally:
        connection.close()


def scraped_pid(port, host="127.0.0.1"):
    answer = attempt(lambda: get(port, host=host))
    found = answer and re.search(r"^worker_pid (\S+)$", answer[2], re.M)
    return int(float(found.group(1))) if found else None
