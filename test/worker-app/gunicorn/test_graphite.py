"""Metrics are pushed to Graphite too, and no Graphite, well or ill, is ever noticed by a worker."""

import contextlib
import importlib.util
import inspect
import os
import re
import signal
import socket
import threading
import time

import pytest
from gunicorn_server import END_LIMIT, wait_until
from prometheus_client.bridge.graphite import GraphiteBridge

WORKER_CLASSES = ["sync", *(["gevent"] if importlib.util.find_spec("gevent") else [])]
needs_tags = pytest.mark.skipif(
    "tags" not in inspect.signature(GraphiteBridge).parameters, reason="prometheus_client tags since 0.10"
)


class Listener:
    """A Graphite that keeps the lines it was sent, or one that accepts and never reads."""

    def __init__(self, port=0, reads=True):
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if not reads:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        self.socket.bind(("127.0.0.1", port))
        self.socket.listen(0 if not reads else 16)
        self.port = self.socket.getsockname()[1]
        # Nobody accepts it: no other client is connected.
        self.first = None if reads else socket.create_connection(("127.0.0.1", self.port))
        self.text = ""
        if reads:
            threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                with connection:
                    self.text += b"".join(iter(lambda c=connection: c.recv(65536), b"")).decode()

    def lines(self, name):
        return [line for line in self.text.splitlines() if re.match(rf"{name}[; ]", line)]

    def close(self):
        if self.first:
            self.first.close()
        self.socket.close()


@pytest.fixture
def listener():
    with contextlib.closing(Listener()) as made:
        yield made


def settings(port, host="127.0.0.1", interval=0.4, **more):
    graphite = {"host": host, "port": port, "interval": interval, "tags": {"job": "shop"}, "prefix": "apps.shop"}
    return {"exporter": "gunicorn", "graphite": graphite, **more}


def last(lines):
    """The latest value of each tagged name."""
    return {name: float(value) for name, value, _ in map(str.split, lines)}


@needs_tags
@pytest.mark.parametrize("worker_class", WORKER_CLASSES)
def test_each_worker_pushes_its_registry_with_its_number_and_pod_under(worker_class, serve, listener):
    server = serve(settings(listener.port, workerClass=worker_class))
    server.until_serving()
    for _ in range(10):
        server.get("/")
    name = "apps.shop.requests_total"
    wait_until(lambda: sum(last(listener.lines(name)).values()) == 10, what=lambda: listener.text + server.stderr())
    pod = re.sub(r"[^a-zA-Z0-9_-]", "_", socket.gethostname())
    assert sorted(last(listener.lines(name))) == [f"{name};job=shop;pod={pod};worker={i}" for i in (1, 2, 3)]
    stamps = {int(line.split()[2]) for line in listener.lines(name)}
    assert all(abs(stamp - time.time()) < 30 for stamp in stamps)


@needs_tags
def test_the_sums_are_pushed_once_for_all_workers(serve, listener):
    server = serve(settings(listener.port, strategy="multiprocess"), app="gauges_app")
    server.until_answering()
    for _ in range(9):
        server.get("/")
    wait_until(lambda: 10 in last(listener.lines("apps.shop.requests_total")).values(), what=server.stderr)
    assert len(last(listener.lines("apps.shop.requests_total"))) == 1
    assert "worker=" not in listener.text
    # A gauge's own label stays beside the tags.
    assert any(";pid=" in line for line in listener.lines("apps.shop.gauge_all"))


def refusing():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        return closed.getsockname()[1], "127.0.0.1", "Connection refused"


UNREACHABLE = {
    "that refuses": refusing,
    "whose name does not resolve": lambda: (2003, "graphite.invalid", "graphite.invalid:2003"),
    "with no name that can be": lambda: (2003, "a" * 70, "label"),
}


@needs_tags
@pytest.mark.parametrize("graphite", UNREACHABLE.values(), ids=UNREACHABLE)
def test_the_worker_serves_and_says_once_that_it_cannot_reach_a_graphite(graphite, serve):
    port, host, sentence = graphite()
    server = serve(settings(port, host), workers=1)
    server.until_serving()
    server.until_logged("do not reach Graphite at ")
    time.sleep(1)
    assert server.get("/")[0] == 200
    assert server.stderr().count("Graphite") == 1
    assert sentence in server.stderr()


@needs_tags
def test_a_graphite_that_hangs_disturbs_no_request_no_scrape_and_no_end(serve):
    with contextlib.closing(Listener(reads=False)) as listener:
        server = serve(settings(listener.port, interval=10), workers=1)
        server.until_serving()
        began = time.monotonic()
        for _ in range(20):
            assert server.get("/")[0] == 200
        server.until_serving()
        server.process.terminate()
        assert server.process.wait(END_LIMIT) == 0
        # Each push takes 10 s: if each request waited for one, they would take 200 s.
        assert time.monotonic() - began < 100


@needs_tags
def test_a_graphite_that_comes_back_is_pushed_to_again_and_said_to_be_back(serve):
    first = Listener()
    server = serve(settings(first.port), workers=1)
    wait_until(lambda: first.text, what=server.stderr)
    first.close()
    # A connection in the backlog would be taken for one that was read.
    server.until_logged("do not reach Graphite at ")
    with contextlib.closing(Listener(first.port)) as second:
        server.until_logged("reach Graphite again, after ")
        # The worker may log before this process has read the lines.
        wait_until(lambda: second.lines("apps.shop.requests_total"), what=server.stderr)


@needs_tags
def test_a_replaced_worker_pushes_under_the_number_of_the_one_before(serve, listener):
    server = serve(settings(listener.port), workers=2)
    ports = server.until_serving()
    os.kill(max(ports.values()), signal.SIGKILL)
    wait_until(lambda: len(set(server.until_serving().values()) - set(ports.values())) == 1)
    listener.text = ""
    wait_until(lambda: len(last(listener.lines("apps.shop.requests_total"))) == 2, what=server.stderr)


@needs_tags
def test_a_failing_collector_is_logged_once_and_pushes_go_on_after_it(serve, listener):
    server = serve(settings(listener.port), workers=1)
    server.until_serving()
    server.collector_fails.touch()
    server.until_logged("a metrics collector failed: nothing is pushed to Graphite")
    time.sleep(1)
    assert server.stderr().count("nothing is pushed") == 1
    server.collector_fails.unlink()
    listener.text = ""
    wait_until(lambda: listener.lines("apps.shop.requests_total"))


def test_a_prometheus_client_that_knows_no_tags_is_named_and_scraped_all_the_same(serve, listener):
    server = serve(settings(listener.port), environ={"WITHOUT_GRAPHITE_TAGS": "1"}, workers=1)
    server.until_logged("this prometheus_client cannot tag them; put 0.10 or later into the image")
    server.until_serving()
    assert listener.text == ""
