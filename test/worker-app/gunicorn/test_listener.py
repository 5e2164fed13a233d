"""The metrics port under clients that Prometheus is not: too many, too slow, too few descriptors, no HTTP."""

import contextlib
import gzip
import importlib.util
import logging
import os
import pathlib
import re
import socket
import struct
import threading
import time

import pytest
import worker_metrics_connections
from gunicorn_server import get, scraped_pid
from waiting import END_LIMIT, wait_until
from worker_metrics_connections import MOST_CONNECTIONS, Connection, answer_scrapes
from worker_metrics_listener import Served, listen
from worker_metrics_scrapes import scrape_handler

GUNICORN = {"exporter": "gunicorn"}
WORKER_CLASSES = ["sync", *(["gevent"] if importlib.util.find_spec("gevent") else [])]
OPENMETRICS = "application/openmetrics-text"
SLOW = b"GET /metrics HTTP/1.1\r\nHost: a\r\nX-Slow: "
SCRAPE = b"GET /metrics HTTP/1.0\r\n\r\n"


def connected(port, data=b""):
    client = socket.create_connection(("127.0.0.1", port), timeout=END_LIMIT)
    client.sendall(data)
    return client


def answer(port, request):
    """All that comes back for these bytes, up to the server's end of the connection."""
    with connected(port, request) as client:
        return b"".join(iter(lambda: client.recv(65536), b""))


def is_closed(client):
    """Whether the server ends this connection, however much it sends before."""
    with contextlib.suppress(ConnectionError):
        try:
            while client.recv(1 << 20):
                pass
        except socket.timeout:
            return False
    return True


def tasks(pid):
    return len(os.listdir(f"/proc/{pid}/task"))


def descriptors(pid):
    return len(os.listdir(f"/proc/{pid}/fd"))


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("worker_class", WORKER_CLASSES)
def test_300_slow_clients_neither_keep_a_scrape_out_nor_hold_threads_under(worker_class, serve):
    server = serve({**GUNICORN, "workerClass": worker_class}, workers=1)
    ((port, worker),) = server.until_serving().items()
    before = tasks(worker), descriptors(worker)
    with contextlib.ExitStack() as clients:
        for number in range(300):
            clients.enter_context(connected(port, SLOW if number % 2 else b""))
        # Each of them may take longer than the scrape waits.
        assert scraped_pid(port) == worker
        most = MOST_CONNECTIONS + 2
        wait_until(lambda: tasks(worker) <= before[0] + most and descriptors(worker) <= before[1] + most)
    assert server.stderr().count("more than 16 connections at once") == 1
    assert "Traceback" not in server.stderr()


FEW_DESCRIPTORS = ["sh", "-c", 'ulimit -n 256; exec "$@"', "sh"]


def test_a_worker_with_256_descriptors_outlives_300_idle_clients(serve):
    server = serve(GUNICORN, workers=1, prefix=FEW_DESCRIPTORS)
    ((port, worker),) = server.until_serving().items()
    with contextlib.ExitStack() as clients:
        for _ in range(300):
            clients.enter_context(connected(port))
        assert int(server.get("/")[2]) == worker
        assert scraped_pid(port) == worker
    assert server.worker_pids() == {worker}


def test_without_descriptors_a_scrape_waits_and_costs_no_cpu(serve):
    server = serve(GUNICORN, workers=1, prefix=FEW_DESCRIPTORS)
    ((port, worker),) = server.until_serving().items()
    request = server.begin("/descriptors")

    def all_taken():
        # No third thread answers a client, whose descriptor would come free.
        if tasks(worker) == 2 and descriptors(worker) >= 256:
            return True
        # To wait for a client, the kernel sets a descriptor aside, which does not show.
        connected(port).close()
        return False

    wait_until(all_taken)
    with connected(port, SCRAPE) as scrape:
        server.until_logged("a scrape of worker")
        began, used = time.monotonic(), cpu_seconds(worker)
        time.sleep(1)
        # The second may be longer than one.
        assert cpu_seconds(worker) - used < 0.2 * (time.monotonic() - began)
        server.release()
        assert b"worker_pid %d" % worker in b"".join(iter(lambda: scrape.recv(65536), b""))
    assert request.recv(100).split()[1] == b"200"
    request.close()
    assert server.stderr().count("was not answered") == 1


# http.server's status; without one where it has not understood the version, and answers as HTTP/0.9.
MALFORMED = {
    "nothing": (b"", None),
    "binary": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\n\n", None),
    "a method that is none": (b"BREW /metrics HTTP/1.1\r\n\r\n", 501),
    "a POST with a body": (b"POST /metrics HTTP/1.1\r\nContent-Length: 200000\r\n\r\n" + b"x" * 200000, 501),
    "no Host": (b"GET /metrics HTTP/1.1\r\n\r\n", 200),
    "a path of no URL": (b"GET //[ HTTP/1.1\r\n\r\n", 200),
    "a broken query": (b"GET /metrics?name[]=%zz&%&&=;name[] HTTP/1.1\r\n\r\n", 200),
    "an unknown version": (b"GET / HTTP/9.9\r\n\r\n", None),
    "no version at all": (b"GET / HTTP/\xb2.\xb9\r\n\r\n", None),
    "too many words": (b"GET / one two HTTP/1.1\r\n\r\n", 400),
    "a header without a colon": (b"GET / HTTP/1.1\r\nnonsense\r\n\r\n", 200),
    "an endless path": (b"GET /" + b"a" * 70000 + b" HTTP/1.1\r\n\r\n", 414),
    "an endless header": (b"GET / HTTP/1.1\r\nA: " + b"a" * 70000 + b"\r\n\r\n", 431),
    "a thousand headers": (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 1000 + b"\r\n", 431),
    "a head of megabytes": (b"GET / HTTP/1.1\r\n" + (b"A: " + b"a" * 60000 + b"\r\n") * 90 + b"\r\n", 431),
    "an unknown encoding": (b"GET / HTTP/1.1\r\nAccept-Encoding: \xff\xfe;;,=,br;q=x\r\n\r\n", 200),
    "two requests at once": (SCRAPE + b"GET /x HTTP/1.0\r\n\r\n" * 2000, 200),
}


def test_a_malformed_request_is_answered_and_logs_nothing(serve):
    server = serve(GUNICORN, workers=1)
    ((port, worker),) = server.until_serving().items()
    logged = server.stderr()
    statuses = {}
    for name, (request, _) in MALFORMED.items():
        with connected(port, request) as client:
            client.shutdown(socket.SHUT_WR)
            found = re.match(rb"HTTP/1.0 (\d+)", b"".join(iter(lambda: client.recv(65536), b"")))
            statuses[name] = int(found.group(1)) if found else None
    assert statuses == {name: status for name, (_, status) in MALFORMED.items()}
    assert b"worker_pid" in answer(port, b"GET /metrics\r\n\r\n")
    # One that sends and resets.
    with connected(port, SCRAPE) as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert scraped_pid(port) == worker
    assert server.stderr() == logged


ACCEPTS = {
    "a version in words": f"{OPENMETRICS}; version=abc",
    "an empty version": f"{OPENMETRICS};version=",
    "a negative version": f"{OPENMETRICS};version=-1.0.0",
    "a version of the future": f"{OPENMETRICS};version=99.99.99",
    "a version of many digits": f"{OPENMETRICS};version={'9' * 5000}.0.0",
    "a version of a text page": "text/plain;version=x.y.z",
    "an unknown escaping": "text/plain;version=1.0.0;escaping=nonsense",
    "separators alone": ",;,=;=,;;",
    "another type": "image/png",
    "latin letters": "\xff\xfe;q=\xe9",
    "one of 60,000 characters": "text/plain;" * 5000,
    "a line break": f"{OPENMETRICS};version=1.0.0\r\n X-Forged: yes",
}


@pytest.mark.parametrize("settings", [GUNICORN, {**GUNICORN, "strategy": "multiprocess"}], ids=["own", "shared"])
def test_a_malformed_accept_header_is_answered_with_a_page_and_logs_nothing(settings, serve):
    server = serve(settings, workers=1)
    port = server.metrics_ports[0]
    wait_until(lambda: b"requests_total" in scrape(port, "text/plain"))
    logged = server.stderr()
    pages = {name: scrape(port, accept) for name, accept in ACCEPTS.items()}
    assert {name: b"requests_total" in page and page.split()[1] == b"200" for name, page in pages.items()} == (
        dict.fromkeys(ACCEPTS, True)
    )
    assert not any(b"\nX-Forged" in page for page in pages.values())
    assert server.stderr() == logged


def scrape(port, accept):
    with contextlib.suppress(OSError):
        return answer(port, f"GET /metrics HTTP/1.0\r\nAccept: {accept}\r\n\r\n".encode("latin-1"))
    return b""


def test_head_has_the_headers_of_the_page_alone(serve):
    server = serve(GUNICORN, workers=1)
    (port,) = server.until_serving()
    head = answer(port, b"HEAD /metrics HTTP/1.0\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 200") and head.endswith(b"\r\n\r\n")
    assert int(re.search(rb"Content-Length: (\d+)", head).group(1)) > 100


def test_a_page_says_its_length_so_that_a_part_of_it_is_not_taken_for_the_whole(serve):
    server = serve(GUNICORN, workers=1)
    (port,) = server.until_serving()
    _, headers, body = get(port)
    assert int(headers["Content-Length"]) == len(body)
    zipped = answer(port, b"GET /metrics HTTP/1.0\r\nAccept-Encoding: gzip\r\n\r\n")
    head, _, page = zipped.partition(b"\r\n\r\n")
    assert b"Content-Length: %d" % len(page) in head
    if b"Content-Encoding: gzip" in head:
        assert b"worker_pid" in gzip.decompress(page)


def test_a_collector_that_fails_at_each_scrape_is_logged_once(serve):
    server = serve(GUNICORN, workers=1)
    (port,) = server.until_serving()
    server.collector_fails.touch()
    assert [get(port)[0] for _ in range(5)] == [500] * 5
    assert server.stderr().count("a metrics collector failed") == 1


class Page:
    """A registry whose page may be large, and slow to collect."""

    def __init__(self, size=0):
        self.size, self.asked, self.may_end = size, [], threading.Event()
        self.may_end.set()

    def collect(self):
        from prometheus_client.core import GaugeMetricFamily

        self.asked.append(threading.current_thread())
        self.may_end.wait(END_LIMIT)
        yield GaugeMetricFamily("page", "x" * self.size, value=1)


class Clock:
    """The time of the listener in this process, which passes only when a test says so."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now

    def passes(self, seconds=1.0):
        self.now += seconds

    sleep = staticmethod(time.sleep)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def listening(monkeypatch, metrics_port, clock):
    """A listener in this process."""
    monkeypatch.setattr(worker_metrics_connections, "time", clock)
    # It looks for overdue connections more often.
    monkeypatch.setattr(worker_metrics_connections, "TURN_SECONDS", 0.05)
    listener = listen(metrics_port)
    page = Page()

    def start(size=0):
        page.size = size
        log = logging.getLogger("listener")
        served = Served(log, "worker 1", "metrics of worker 1", "", lambda: True, lambda _port: None)
        threading.Thread(target=answer_scrapes, args=(served, listener, scrape_handler(log, page)), daemon=True).start()
        return metrics_port, page

    yield start
    page.may_end.set()


def until_cut_off(client, clock, reads=False):
    """Lets the time pass until the server has ended the connection. The client sends now and then."""

    def is_cut_off():
        clock.passes()
        try:
            client.sendall(b"a")
            return reads and not client.recv(100)
        except ConnectionError:
            return True

    began = clock.now
    wait_until(is_cut_off)
    assert clock.now - began > 1


def test_a_client_that_sends_now_and_then_has_no_more_time_than_one_that_does_not(listening, clock):
    port, _ = listening()
    with connected(port, b"GET /") as client:
        until_cut_off(client, clock)


@pytest.mark.parametrize("reads", [False, True], ids=["never", "a little now and then"])
def test_a_client_that_has_asked_and_reads(reads, listening, clock):
    port, page = listening(size=50_000_000)
    with connected(port, SCRAPE) as client:
        wait_until(lambda: page.asked)
        until_cut_off(client, clock, reads)


def test_a_client_that_does_not_close_is_closed(listening, clock):
    port, _ = listening()
    with connected(port, SCRAPE) as client:
        assert is_closed(client)
        until_cut_off(client, clock)


def test_the_time_of_a_collector_is_not_the_clients(listening, clock):
    port, page = listening()
    page.may_end.clear()
    with connected(port, SCRAPE) as client:
        wait_until(lambda: page.asked)
        clock.passes(10 * worker_metrics_connections.CLIENT_SECONDS)
        page.may_end.set()
        assert client.recv(100).startswith(b"HTTP/1.0 200")


def test_while_a_collector_hangs_no_more_than_16_scrapes_wait_for_it(listening, caplog):
    port, page = listening()
    page.may_end.clear()
    with contextlib.ExitStack() as clients:
        waiting = [clients.enter_context(connected(port, SCRAPE)) for _ in range(16)]
        wait_until(lambda: len(page.asked) == 16)
        assert is_closed(clients.enter_context(connected(port, SCRAPE)))
        assert "all wait for a metrics collector, and the new one is refused" in caplog.text
        page.may_end.set()
        assert all(client.recv(100).startswith(b"HTTP/1.0 200") for client in waiting)
    wait_until(lambda: not any(thread.is_alive() for thread in page.asked))
    assert answer(port, SCRAPE).startswith(b"HTTP/1.0 200")


def test_a_scrape_is_answered_although_the_thread_of_a_connection_that_is_cut_off_ends_late(listening, monkeypatch):
    monkeypatch.setattr(Connection, "cut", lambda connection: setattr(connection, "is_cut", True))
    port, _ = listening()
    with contextlib.ExitStack() as clients:
        for _ in range(MOST_CONNECTIONS):
            clients.enter_context(connected(port, SLOW))
        assert answer(port, SCRAPE).startswith(b"HTTP/1.0 200")


def test_clients_that_come_back_as_soon_as_they_are_cut_off_keep_no_scrape_out(listening, clock):
    port, _ = listening()
    ends = threading.Event()

    def come_back():
        while not ends.is_set():
            with contextlib.suppress(OSError), connected(port, SLOW) as client:
                is_closed(client)

    crowd = [threading.Thread(target=come_back) for _ in range(40)]
    for client in crowd:
        client.start()
    try:
        answers = [answer(port, SCRAPE)[:12] for _ in range(20)]
    finally:
        ends.set()

        def all_ended():
            clock.passes(worker_metrics_connections.CLIENT_SECONDS)
            return not any(client.is_alive() for client in crowd)

        wait_until(all_ended)
    assert answers == [b"HTTP/1.0 200"] * 20
