"""With logs: json every line on the console is one JSON object, and nothing in a request can change that."""

import base64
import json
import re
import threading

import pytest
from waiting import END_LIMIT, wait_until

JSON = {"logs": "json"}
FIRST = ["level", "logger", "timestamp", "event"]
ACCESS = ["host", "user", "time", "request", "status", "size", "referer", "agent"]
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
PIPE_BUF = 4096


def refuse_constant(name):
    raise AssertionError(f"{name} is not JSON")


def parsed(text):
    """Each line as an object with the first four fields in their order; strict about everything else too."""
    objects = []
    for line in text.splitlines():
        line.encode("ascii")
        value = json.loads(line, parse_constant=refuse_constant)
        json.dumps(value, ensure_ascii=False).encode()
        assert list(value)[:4] == FIRST, line
        assert value["level"] in ("debug", "info", "warning", "error", "critical")
        assert TIMESTAMP.match(value["timestamp"]), line
        objects.append(value)
    return objects


def events(server, **wanted):
    return [
        event
        for event in parsed(server.stdout()) + parsed(server.stderr())
        if all(event.get(key) == value for key, value in wanted.items())
    ]


def until_event(server, **wanted):
    return wait_until(lambda: events(server, **wanted), what=lambda: f"{wanted}\n{server.stdout()}")[0]


def test_access_lines_have_fields_of_their_own(serve):
    server = serve(JSON, workers=1)
    server.until_answering()
    user = "Basic {}".format(base64.b64encode(b"ann:secret").decode())
    server.get("/a?b=c", headers={"Authorization": user, "Referer": "http://r/", "User-Agent": "probe/1"})
    line = until_event(server, request="GET /a?b=c HTTP/1.1")
    assert list(line) == FIRST + ACCESS
    assert {key: line[key] for key in ("level", "logger", "event", "host", "user", "referer", "agent")} == {
        "level": "info",
        "logger": "gunicorn.access",
        "event": "access",
        "host": "127.0.0.1",
        "user": "ann",
        "referer": "http://r/",
        "agent": "probe/1",
    }
    assert (line["status"], type(line["size"])) == (200, int)
    assert re.match(r"\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4}$", line["time"])


def test_what_a_request_leaves_out_is_null(serve):
    server = serve(JSON, workers=1)
    server.until_answering()
    server.raw(b"GET /bare HTTP/1.0\r\nReferer: -\r\n\r\n")
    line = until_event(server, request="GET /bare HTTP/1.0")
    assert (line["user"], line["referer"], line["agent"]) == (None, None, None)


HOSTILE = [
    b'GET /%22,%22status%22:999 HTTP/1.0\r\nUser-Agent: x","status":999,"y":"\r\n\r\n',
    b'GET /"}{"level":"forged"} HTTP/1.0\r\nUser-Agent: "}\\n{"level":"forged"}\r\n\r\n',
    b"GET /\x1b[31mred HTTP/1.0\r\nUser-Agent: \x1b[2J\x07\x00\r\n\r\n",
    b"GET /agent HTTP/1.0\r\nUser-Agent: \x1b]0;title\x07\x9b31m\r\n\r\n",
    b"GET /\xff\xfe\xed\xa0\x80 HTTP/1.0\r\nUser-Agent: \xff\xed\xa0\x80\xe2\x80\xa8\xc2\x85\r\n\r\n",
    b"GET /\xe2\x80\xa8 HTTP/1.0\r\nReferer: \xe2\x80\xa9\x0b\x0c\x1c\x1d\x1e\r\n\r\n",
    b"GET /long?"
    + b"q" * 3000
    + b" HTTP/1.0\r\nUser-Agent: "
    + b"\xff" * 8000
    + b"\r\nReferer: "
    + b'"' * 8000
    + b"\r\n\r\n",
    b"GET / HTTP/1.0\r\nAuthorization: Basic " + base64.b64encode('a"\n\u2028{}:x'.encode()) + b"\r\n\r\n",
    b"GET / HTTP/1.0\r\nAuthorization: Basic " + base64.b64encode(b"\xff\xfe:x") + b"\r\n\r\n",
    b"GET /bare-newline HTTP/1.0\nUser-Agent: a\rb\n\n",
    b"GET / HTTP/1.0\r\nA b: c\r\n\r\n",
    b"GET / HTTP/1.0\r\n folded: yes\r\n\r\n",
    b'G"\x1b{ET / HTTP/1.0\r\n\r\n',
    b"GET /\r\nUser-Agent: none HTTP/9.9\r\n\r\n",
    b"GET / HTTP/1.0\r\nTransfer-Encoding: \xe2\x80\xa8\r\nContent-Length: -1\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"",
]


@pytest.mark.parametrize("worker_class", ["sync", "gthread"])
def test_no_request_can_break_a_line_or_forge_a_field_under(worker_class, serve):
    server = serve({**JSON, "workerClass": worker_class}, workers=1)
    server.until_answering()
    for request in HOSTILE:
        server.raw(request)
    server.get("/last")
    until_event(server, request="GET /last HTTP/1.1")

    access = events(server, logger="gunicorn.access")
    assert all(list(line) == FIRST + ACCESS for line in access)
    assert {line["status"] for line in access} <= {200, 400, 501}
    assert max(map(len, server.stdout().splitlines())) < PIPE_BUF
    quoted = [line for line in access if line["request"].startswith("GET /%22")]
    assert [(line["agent"], line["status"]) for line in quoted] == [('x","status":999,"y":"', 200)]
    assert any(line["user"] == 'a"\n\u2028{}' for line in access)


# A pipe, as in a pod, whose reader lags behind: it takes byte after byte.
THROUGH_A_PIPE = ["bash", "-c", """exec "$@" > >(while IFS= read -r line; do printf '%s\\n' "$line"; done)""", "bash"]


def test_lines_of_several_workers_never_mix_in_one_pipe_however_long(serve):
    server = serve({**JSON, "workerClass": "gthread", "threads": 4}, workers=2, prefix=THROUGH_A_PIPE)
    server.until_answering()
    agent = b"GET /many HTTP/1.0\r\nUser-Agent: " + b"\xff" * 8000 + b"\r\n\r\n"
    # among its lines is one of 20,000 characters
    oddities = b"GET /oddities HTTP/1.0\r\n\r\n"
    senders = [
        threading.Thread(target=lambda: [server.raw(request) for _ in range(25) for request in (agent, oddities)])
        for _ in range(8)
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    wait_until(lambda: server.stdout().count("GET /many HTTP/1.0") == 200)
    wait_until(lambda: len(events(server, request="GET /oddities HTTP/1.0")) == 200)


def provoke(server, paths):
    server.until_answering()
    for path in paths:
        server.get(path)
    until_event(server, request=f"GET {paths[-1]} HTTP/1.1")


def test_whatever_the_application_logs_prints_or_raises_is_an_object(serve):
    server = serve(JSON, workers=1)
    provoke(server, ["/oddities", "/print", "/warn", "/thread", "/fail", "/"])

    fields = until_event(server, event="with fields")
    assert (fields["level"], fields["logger"], fields["order"], fields["ratio"]) == ("info", "shop", 7, "nan")
    assert fields["half"] == "\ufffd"
    assert until_event(server, event="a key that is no text")["table"] == {"(1, 2)": "pair"}
    assert until_event(server, event="contains itself")
    failed = until_event(server, event="failed")
    assert failed["exception"].startswith("Traceback") and failed["exception"].endswith("ValueError: bad\nvalue")
    assert [event["event"] for event in events(server, logger="stdout")] == [
        "printed, with a second",
        "line and a 'quote' \"\x1b[31m",
    ]
    assert until_event(server, logger="stderr")["event"] == "half a line"
    assert "an old way" in until_event(server, logger="py.warnings")["event"]
    assert "ZeroDivisionError" in until_event(server, event="uncaught exception in a thread")["exception"]
    assert any("own failure\nin two lines" in event.get("exception", "") for event in parsed(server.stderr()))
    (wrong,) = [event for event in events(server, logger="shop") if event["event"].startswith("wrong arguments")]
    assert "TypeError" in wrong["exception"]


def test_access_and_application_lines_go_to_stdout_and_gunicorns_own_to_stderr(serve):
    server = serve(JSON, workers=1)
    provoke(server, ["/oddities"])
    assert {event["logger"] for event in parsed(server.stdout())} == {"gunicorn.access", "shop"}
    assert {event["logger"] for event in parsed(server.stderr())} == {"gunicorn.error"}


def test_a_logging_configuration_of_the_application_is_taken_over_without_doubled_or_lost_lines(serve):
    server = serve(JSON, app="own_logging_app", workers=1)
    provoke(server, ["/oddities", "/"])
    assert len(events(server, event="with fields", logger="shop")) == 1
    assert len(events(server, request="GET /oddities HTTP/1.1")) == 1
    assert until_event(server, event="said while the application loads")["logger"] == "shop"
    assert until_event(server, event="through a handler of its own")["logger"] == "shop.late"
    kept_back = events(server, event="by one handler, written by the next")
    assert len(kept_back) == len(events(server, event="through a handler of its own"))


def test_a_console_behind_a_handler_that_keeps_records_writes_objects_too(serve):
    server = serve(JSON, app="own_logging_app", workers=1)
    server.until_answering()
    server.get("/")
    line = until_event(server, event="kept for a while")
    assert (line["level"], line["logger"], line["order"]) == ("error", "shop.kept", 7)
    assert "ZeroDivisionError" in line["exception"]


def test_access_lines_of_uvicorn_have_the_same_fields(serve):
    pytest.importorskip("uvicorn")
    worker_class = "uvicorn.workers.UvicornWorker"
    server = serve({**JSON, "workerClass": worker_class}, app="asgi_app", workers=1)
    server.until_answering()
    server.get("/a?b=%22")
    line = until_event(server, request="GET /a?b=%22 HTTP/1.1")
    assert list(line) == FIRST + ACCESS
    assert (line["event"], line["host"], line["status"], line["size"]) == ("access", "127.0.0.1", 200, None)
    assert not any("color_message" in event for event in parsed(server.stderr()))


def test_structlog_lines_have_the_same_fields_in_the_same_order(serve):
    pytest.importorskip("structlog")
    server = serve(JSON, app="structlog_app", workers=1)
    server.until_answering()
    server.get("/structlog", headers={"X-Request-Id": "r-1"})
    server.get("/oddities", headers={"X-Request-Id": "r-2"})
    until_event(server, request="GET /oddities HTTP/1.1")

    placed = until_event(server, event="order placed")
    assert list(placed) == [*FIRST, "order", "request_id"]
    assert (placed["level"], placed["logger"], placed["request_id"]) == ("info", "shop", "r-1")
    failed, again = events(server, event="failed")
    assert list(failed) == list(again) == [*FIRST, "request_id", "exception"]
    assert failed["exception"].endswith("ValueError: bad\nvalue")
    assert list(until_event(server, event="with fields"))[4:] == ["order", "ratio", "half", "request_id"]
    assert list(until_event(server, request="GET /oddities HTTP/1.1"))[:12] == FIRST + ACCESS


def test_the_context_of_a_request_comes_last_and_always_in_one_order(serve):
    pytest.importorskip("structlog")
    server = serve(JSON, app="structlog_app", workers=1)
    server.until_answering()
    server.get("/context")
    line = until_event(server, event="with context")
    assert list(line) == [*FIRST, "own", "c1", "c2", "c3", "c4", "c5", "request_id"]
    assert line["c3"] == "said otherwise"


def test_an_application_that_cannot_load_says_so_in_objects(serve):
    server = serve(JSON, app="broken_app", workers=1)
    assert server.process.wait(END_LIMIT) != 0
    assert any("no such\nsetting" in event.get("exception", "") for event in parsed(server.stderr()))
    assert server.stdout() == ""


def test_lines_stay_objects_after_a_reload(serve):
    server = serve({**JSON, "exporter": "gunicorn"})
    server.until_serving(server.reload())
    server.get("/print")
    until_event(server, request="GET /print HTTP/1.1")
    assert len(events(server, logger="stdout")) == 2
    assert len(events(server, event="Handling signal: hup")) == 1


def test_logs_text_are_gunicorns_own(serve):
    server = serve({"logs": "text"}, workers=1)
    server.until_answering()
    assert re.search(r"^\[\d{4}-\d\d-\d\d .*\[INFO\] Starting gunicorn", server.stderr())
    assert server.stdout() == ""
