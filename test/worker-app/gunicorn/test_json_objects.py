"""With logs: json a line that is a JSON object already keeps its fields, its level and its time."""

import json
import urllib.parse

import pytest
from test_json_logs import FIRST, JSON, events, parsed, until_event
from waiting import wait_until


@pytest.fixture
def objects(serve):
    """Returns the objects that a request puts on the console, without the access line."""
    server = serve(JSON, app="json_app", workers=1)
    server.until_answering()
    calls = []

    def say(path, text=""):
        text = text if isinstance(text, str) else json.dumps(text)
        before = len(lines(server))
        server.get(f"{path}?{urllib.parse.quote(text)}")
        server.get("/after")
        wait_until(lambda: len(events(server, request="GET /after HTTP/1.1")) > len(calls))
        calls.append(text)
        return lines(server)[before:]

    return say


def lines(server):
    loggers = ("gunicorn.access", "gunicorn.error")
    return [event for event in events(server) if event["logger"] not in loggers]


# Each line and the first four fields that it gets; None is ours.
PRINTED = {
    "all four of its own": (
        {"event": "paid", "level": "error", "logger": "pay", "timestamp": "2026-11-21T12:00:00.000000Z", "order": 7},
        ["error", "pay", "2026-11-21T12:00:00.000000Z", "paid"],
    ),
    "a severity and a message": ({"severity": "WARN", "message": "low"}, ["warning", "stdout", None, "low"]),
    "a level name of the logging module": ({"levelname": "CRITICAL", "msg": "x"}, ["critical", "stdout", None, "x"]),
    "a level by number": ({"level": 40, "event": "x"}, ["error", "stdout", None, "x"]),
    "a level by ECS": ({"log.level": "fatal", "message": "x"}, ["critical", "stdout", None, "x"]),
    "a level by nested ECS": ({"log": {"level": "err"}, "message": "x"}, ["error", "stdout", None, "x"]),
    "loguru's": (
        {"text": "x\n", "record": {"level": {"name": "ERROR", "no": 40}, "message": "said"}},
        ["error", "stdout", None, "said"],
    ),
    "a level that is none": ({"level": [1], "event": "x"}, ["info", "stdout", None, "x"]),
    "a level that is empty, beside a severity": ({"level": "", "severity": "debug"}, ["debug", "stdout", None, ""]),
    "an event that is an object": ({"event": {"type": "paid"}, "message": "m"}, ["info", "stdout", None, "m"]),
    "an event that is a number": ({"event": 7}, ["info", "stdout", None, "7"]),
    "a time in seconds": ({"timestamp": 1795262400.5}, ["info", "stdout", "2026-11-21T12:00:00.500000Z", ""]),
    "a time in milliseconds": ({"timestamp": 1795262400500}, ["info", "stdout", "2026-11-21T12:00:00.500000Z", ""]),
    "a time with an offset": (
        {"timestamp": "2026-11-21 14:00:00,5+02:00"},
        ["info", "stdout", "2026-11-21T12:00:00.500000Z", ""],
    ),
    "a day that is none": ({"timestamp": "2026-13-41T12:00:00Z"}, ["info", "stdout", None, ""]),
    "a time that is none": ({"timestamp": "noon"}, ["info", "stdout", None, ""]),
    "a time that is no number": ({"timestamp": True}, ["info", "stdout", None, ""]),
    "a logger that is no text": ({"logger": {"name": "pay"}}, ["info", "stdout", None, ""]),
    "nothing that a line begins with": ({"a": 1, "b": {"c": [None]}}, ["info", "stdout", None, ""]),
    "awkward fields": (
        {"": 1, "_record": 2, "\u2028": "\x1b[31m", "msecs": 3, "args": [4]},
        ["info", "stdout", None, ""],
    ),
}


@pytest.mark.parametrize(("printed", "first"), PRINTED.values(), ids=PRINTED)
def test_a_printed_object_keeps_its_fields_with(printed, first, objects):
    (line,) = objects("/print", printed)
    assert [mine if mine is not None else line[key] for key, mine in zip(FIRST, first)] == [line[key] for key in FIRST]
    for key, value in printed.items():
        kept = line.get(f"original_{key}", line.get(key))
        # One of the first four may be the same in other words.
        assert kept == value or (key in FIRST and f"original_{key}" not in line), (key, line)


TEXTS = {
    "a number": "42",
    "a list": '[{"level": "error"}]',
    "a text": '"{}"',
    "an empty object": "{}",
    "a part of an object": '{"level": "error", "event": ',
    "an object and more": '{"a": 1} {"b": 2}',
    "a dict of Python": "{'a': 1}",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_printed_text_that_is_no_object_is_the_event(text, objects):
    (line,) = objects("/print", text)
    assert list(line) == FIRST
    assert (line["event"], line["level"], line["logger"]) == (text, "info", "stdout")


def test_an_object_on_stderr_is_a_warning_unless_it_says_otherwise(objects):
    assert objects("/stderr", {"event": "x"})[0]["level"] == "warning"
    assert objects("/stderr", {"event": "x", "level": "info"})[0]["level"] == "info"


OBJECT = {"event": "placed", "level": "error", "order": {"id": 7, "lines": [{"sku": "a"}]}}


@pytest.mark.parametrize("path", ["/print", "/indent", "/pieces", "/bytes"])
def test_an_object_is_one_line_however_it_is_written_by(path, objects):
    (line,) = objects(path, OBJECT)
    assert (line["level"], line["event"], line["order"]) == ("error", "placed", OBJECT["order"])


def test_lines_that_only_look_like_an_object_over_several_lines_are_lines(objects):
    assert [line["event"] for line in objects("/print", "{\n  nonsense\n}\nafter")] == ["{", "  nonsense", "}", "after"]


def test_a_long_object_stays_whole(objects):
    # A request's line has at most 8190 characters.
    (line,) = objects("/print", {"event": "long", "text": "x" * 3900})
    assert line["text"] == "x" * 3900


def test_a_logged_object_keeps_its_fields_and_has_the_level_and_logger_of_its_record(objects):
    moment = "2026-11-21T12:00:00.000000Z"
    (line,) = objects("/log", {"event": "paid", "level": "error", "logger": "pay", "timestamp": moment, "order": 7})
    assert [line[key] for key in FIRST] == ["info", "shop", moment, "paid"]
    assert (line["original_level"], line["original_logger"], line["order"]) == ("error", "pay", 7)


def test_a_value_put_into_a_logged_text_is_no_field(objects):
    text = '{"level": "critical", "event": "forged"}'
    (line,) = objects("/log-argument", text)
    assert (line["level"], line["event"]) == ("info", text)


def test_structlog_by_its_own_recipes_keeps_level_and_fields(objects):
    pytest.importorskip("structlog")
    (line,) = objects("/structlog")
    assert list(line) == [*FIRST, "order"]
    assert (line["level"], line["event"], line["order"]) == ("error", "payment failed", 7)
    (line,) = objects("/structlog-stdlib")
    assert (line["level"], line["logger"], line["event"], line["order"]) == ("error", "json_app", "refused", 8)


def test_an_exception_with_a_cause_is_one_field_of_a_printed_object(objects):
    pytest.importorskip("structlog")
    (line,) = objects("/failure")
    assert (line["level"], line["order"]) == ("error", {"id": 7, "lines": [1, 2]})
    assert "KeyError: 'inner'" in line["exception"] and line["exception"].endswith("ValueError: outer")


def test_every_line_is_an_object_all_the_same(serve):
    server = serve(JSON, app="json_app", workers=1)
    server.until_answering()
    for text in (
        '{"a":' * 1500 + "1" + "}" * 1500,
        "\x00",
        "{" * 1000,
        '{"a": 1e999, "b": NaN}',
        '{"n": ' + "9" * 5000 + "}",
    ):
        server.get(f"/print?{urllib.parse.quote(text)}")
        server.get(f"/bytes?{urllib.parse.quote(text)}")
    server.get("/last")
    until_event(server, request="GET /last HTTP/1.1")
    assert parsed(server.stdout())
