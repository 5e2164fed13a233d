"""The application as in the pod: a real gunicorn, with the metrics of its workers from django-prometheus."""

import contextlib
import fcntl
import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from website.logs import FIRST

HERE = Path(__file__).resolve().parent.parent.parent
WORKERS = 3
# Seconds; more than a busy machine needs for anything here.
LIMIT = 60.0


@contextlib.contextmanager
def free_ports(count):
    """The first of `count` free ports in a row. A lock reserves them from other runs of these tests."""
    # The lock files stay: two runs could lock a deleted file.
    locks = Path(tempfile.gettempdir(), "django-app-ports")
    locks.mkdir(exist_ok=True)
    for start in random.sample(range(21000, 31000, count), 100):
        with open(locks / str(start), "w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                for port in range(start, start + count):
                    with socket.socket() as probe:
                        probe.bind(("", port))
            except OSError:
                continue
            yield start
            return
    raise AssertionError("no free ports")


def get(port, path="/metrics", host="127.0.0.1"):
    connection = http.client.HTTPConnection(host, port, timeout=LIMIT)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    except (OSError, http.client.HTTPException):
        return ""
    finally:
        connection.close()


def wait_until(condition):
    deadline = time.monotonic() + LIMIT
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {LIMIT:g} s")
        time.sleep(0.05)
    return value


class Serving(unittest.TestCase):
    def setUp(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.port = self.enterContext(free_ports(WORKERS + 1))
        self.ports = range(self.port + 1, self.port + 1 + WORKERS)
        self.environ = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "PYTHONDONTWRITEBYTECODE": "1",
            "DJANGO_SETTINGS_MODULE": "website.settings",
            "DATABASE_NAME": str(Path(folder, "db.sqlite3")),
            "WEB_CONCURRENCY": str(WORKERS),
            "METRICS_START_PORT": str(self.ports[0]),
        }

    def run_python(self, *arguments, **environ):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=HERE,
            env={**self.environ, **environ},
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )

    def start(self):
        # gunicorn would kill a worker that loads the application for longer.
        arguments = ["-m", "gunicorn", "--timeout=600", "--bind", f"127.0.0.1:{self.port}", "website.wsgi"]
        server = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=HERE,
            env=self.environ,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.addCleanup(server.wait, LIMIT)
        # All at once: gunicorn itself waits half a minute for a worker that still starts.
        self.addCleanup(os.killpg, server.pid, signal.SIGKILL)

    def test_each_worker_takes_a_port_and_no_management_command_does(self):
        # Before the workers start: a command that takes a port would take the first one.
        for command in ("check", "migrate"):
            done = self.run_python("manage.py", command)
            self.assertEqual((done.returncode, "Exporting Prometheus" in done.stderr), (0, False), done.stderr)

        self.start()
        # A port answers before the worker has loaded the rest of the application.
        wait_until(lambda: all("components_collector_up 1.0" in get(port) for port in self.ports))

        for _ in range(20):
            self.assertEqual(get(self.port, "/"), "hello\n")
            self.assertEqual(get(self.port, "/health/"), "ok\n")
        counter = r"^django_http_requests_before_middlewares_total (\S+)$"
        self.assertEqual(sum(float(re.search(counter, get(port), re.M).group(1)) for port in self.ports), 20)

    @unittest.skipUnless(socket.has_dualstack_ipv6(), "needs IPv6")
    def test_each_worker_is_scraped_over_ipv4_and_ipv6(self):
        self.start()
        wait_until(lambda: all("components_collector_up" in get(port) for port in self.ports))
        for port in self.ports:
            self.assertIn("components_collector_up", get(port, host="::1"))

    def test_migrate_writes_nothing_but_json_lines(self):
        for environ in ({}, {"DJANGO_EXPORT_MIGRATIONS": "1"}):
            done = self.run_python("manage.py", "migrate", "--no-input", "--verbosity", "0", **environ)
            lines = [json.loads(line) for line in (done.stdout + done.stderr).splitlines()]
            self.assertTrue(all(tuple(line)[:4] == FIRST for line in lines))
        self.assertIn("RuntimeWarning: Accessing the database", lines[0]["event"])

    def test_without_its_tables_it_serves_all_the_same(self):
        self.start()
        wait_until(lambda: "components_collector_up 0.0" in get(self.ports[0]))
        self.assertEqual(get(self.port, "/health/"), "ok\n")

    def test_a_start_without_ports_is_refused_with_a_sentence(self):
        del self.environ["METRICS_START_PORT"]
        done = self.run_python("-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "website.wsgi")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("METRICS_START_PORT: expected a whole number from 1 to 65535", done.stderr)
