"""Metrics are pushed to Graphite too, and no Graphite, well or ill, is ever noticed by a worker."""

import contextlib
import importlib.util
import inspect
import re
import socket
import threading
import time

import pytest
from gunicorn_server import BLOCK, get
from processes import kill
from prometheus_client.bridge.graphite import GraphiteBridge
from waiting import END_LIMIT, wait_until

WORKER_CLASSES = ["sync", *(["gevent"] if importlib.util.find_spec("gevent") else [])]
needs_tags = pytest.mark.skipif(
    "tags" not in inspect.signature(GraphiteBridge).parameters, reason="prometheus_client tags since 0.10"
)


class Listener:
    """A Graphite that keeps the lines it was sent, or one that accepts and never reads."""

    def __init__(self, port, reads=True):
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if not reads:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1)
        self.socket.bind(("127.0.0.1", port))
        self.socket.listen(0 if not reads else 16)
        self.port = port
        # Nobody accepts it: no other client is connected.
        self.first = None if reads else socket.create_connection(("127.0.0.1", self.port))
        self.pages = []
        if reads:
            threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.socket.accept()
                with connection:
                    self.pages.append(b"".join(iter(lambda c=connection: c.recv(65536), b"")).decode())

    @property
    def text(self):
        return "".join(self.pages)

    def lines(self, name):
        return [line for line in self.text.splitlines() if re.match(rf"{name}[; ]", line)]

    def close(self):
        if self.first:
            self.first.close()
        self.socket.close()


@pytest.fixture
def graphite_port(metrics_port):
    """The last of the reserved ports. Of those that the kernel chooses, any may be in use a moment later."""
    return metrics_port + BLOCK - 1


@pytest.fixture
def listener(graphite_port):
    with contextlib.closing(Listener(graphite_port)) as made:
        yield made


def pushes(port):
    """How often a worker has collected its metrics to push them."""
    found = re.search(r'^collections\{thread="worker-metrics-graphite"\} (\S+)$', get(port)[2], re.M)
    return float(found.group(1)) if found else 0.0


def settings(port, host="127.0.0.1", interval=0.4, **more):
    graphite = {"host": host, "port": port, "interval": interval, "tags": {"job": "shop"}, "prefix": "apps.shop"}
    return {"exporter": "gunicorn", "graphite": graphite, **more}


def last(lines):
    """The latest value of each tagged name."""
    return {name: float(value) for name, value, _ in map(str.split, lines)}


@needs_tags
@pytest.mark.parametrize("worker_class", WORKER_CLASSES)
def test_each_worker_pushes_its_registry_with_its_number_and_pod_under(worker_class, serve, listener):
    began = int(time.time())
    server = serve(settings(listener.port, workerClass=worker_class))
    server.until_serving()
    for _ in range(10):
        server.get("/")
    name = "apps.shop.requests_total"

    def pushed():
        return last(listener.lines(name))

    # A worker without requests may be the last to push.
    wait_until(
        lambda: sum(pushed().values()) == 10 and len(pushed()) == 3, what=lambda: listener.text + server.stderr()
    )
    pod = re.sub(r"[^a-zA-Z0-9_-]", "_", socket.gethostname())
    assert sorted(pushed()) == [f"{name};job=shop;pod={pod};worker={i}" for i in (1, 2, 3)]
    stamps = {int(line.split()[2]) for line in listener.lines(name)}
    assert all(began <= stamp <= time.time() for stamp in stamps)


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


UNREACHABLE = {
    "that refuses": ("127.0.0.1", "Connection refused"),
    "whose name does not resolve": ("graphite.invalid", "graphite.invalid:"),
    "with no name that can be": ("a" * 70, "label"),
}


@needs_tags
@pytest.mark.parametrize(("host", "sentence"), UNREACHABLE.values(), ids=UNREACHABLE)
def test_the_worker_serves_and_says_once_that_it_cannot_reach_a_graphite(host, sentence, serve, graphite_port):
    # For each push, a resolver without a network would wait long.
    server = serve(settings(graphite_port, host), workers=1, environ={"RES_OPTIONS": "timeout:1 attempts:1"})
    (port,) = server.until_serving()
    server.until_logged("do not reach Graphite at ")
    logged = pushes(port)
    # The second of these begins after one that ended.
    wait_until(lambda: pushes(port) >= logged + 2)
    assert server.get("/")[0] == 200
    assert server.stderr().count("Graphite") == 1
    assert sentence in server.stderr()


@needs_tags
def test_a_graphite_that_hangs_disturbs_no_request_no_scrape_and_no_end(serve, graphite_port):
    with contextlib.closing(Listener(graphite_port, reads=False)) as listener:
        # One push takes longer than the test waits for anything.
        server = serve(settings(listener.port, interval=10 * END_LIMIT), workers=1)
        (port,) = server.until_serving()
        wait_until(lambda: pushes(port) == 1)
        for _ in range(20):
            assert server.get("/")[0] == 200
        server.until_serving()
        server.process.terminate()
        assert server.process.wait(END_LIMIT) == 0


@needs_tags
def test_a_graphite_that_comes_back_is_pushed_to_again_and_said_to_be_back(serve, graphite_port):
    first = Listener(graphite_port)
    server = serve(settings(first.port), workers=1)
    wait_until(lambda: first.text, what=server.stderr)
    first.close()
    # A connection in the backlog would be taken for one that was read.
    server.until_logged("do not reach Graphite at ")
    with contextlib.closing(Listener(graphite_port)) as second:
        server.until_logged("reach Graphite again, after ")
        # The worker may log before this process has read the lines.
        wait_until(lambda: second.lines("apps.shop.requests_total"), what=server.stderr)


@needs_tags
def test_a_replaced_worker_pushes_under_the_number_of_the_one_before(serve, listener):
    server = serve(settings(listener.port), workers=2)
    ports = server.until_serving()
    kill(max(ports.values()))
    server.until_serving(server.until_booted())
    listener.pages.clear()
    wait_until(lambda: len(last(listener.lines("apps.shop.requests_total"))) == 2, what=server.stderr)


@needs_tags
def test_a_failing_collector_is_logged_once_and_pushes_go_on_after_it(serve, listener):
    server = serve(settings(listener.port), workers=1)
    server.until_serving()
    server.collector_fails.touch()
    server.until_logged("a metrics collector failed: nothing is pushed to Graphite")
    # The application writes there at each failure.
    failures = server.collector_fails.stat().st_size
    wait_until(lambda: server.collector_fails.stat().st_size >= failures + 2)
    assert server.stderr().count("nothing is pushed") == 1
    server.collector_fails.unlink()
    listener.pages.clear()
    wait_until(lambda: listener.lines("apps.shop.requests_total"))


def test_a_prometheus_client_that_knows_no_tags_is_named_and_scraped_all_the_same(serve, listener):
    server = serve(settings(listener.port), environ={"WITHOUT_GRAPHITE_TAGS": "1"}, workers=1)
    server.until_logged("this prometheus_client cannot tag them; put 0.10 or later into the image")
    server.until_serving()
    assert listener.text == ""
