"""What settings.json and the environment say is what gunicorn does, and a mistake in them is a clear refusal."""

import pytest
from waiting import END_LIMIT

EVERYTHING = {
    "exporter": "gunicorn",
    "strategy": "port-per-worker",
    "timeout": 61,
    "gracefulTimeout": 41,
    "maxRequests": 1001,
    "maxRequestsJitter": 101,
    "threads": 3,
    "workerClass": "gthread",
    "logs": "json",
}


def checked(serve, settings, *arguments, **options):
    """The end of `gunicorn --check-config` with these settings."""
    server = serve(settings, arguments=[*(arguments or ["--check-config"])], **options)
    server.process.wait(END_LIMIT)
    return server


def test_every_setting_passes_gunicorns_own_check(serve):
    server = checked(serve, EVERYTHING)
    assert (server.process.returncode, server.stderr()) == (0, "")


def test_every_setting_reaches_gunicorn(serve):
    server = checked(serve, EVERYTHING, "--print-config")
    shown = dict(line.split("=", 1) for line in server.stdout().splitlines() if "=" in line)
    shown = {name.strip(): value.strip() for name, value in shown.items()}
    assert {name: shown[name] for name in ("timeout", "graceful_timeout", "max_requests", "max_requests_jitter")} == {
        "timeout": "61",
        "graceful_timeout": "41",
        "max_requests": "1001",
        "max_requests_jitter": "101",
    }
    assert (shown["threads"], shown["worker_class"]) == ("3", "gthread")
    assert shown["workers"] == "3"
    assert shown["worker_tmp_dir"] in ("/dev/shm", "/tmp")


def test_no_setting_leaves_gunicorns_defaults(serve):
    server = checked(serve, {}, "--print-config", patient=False)
    shown = {name.strip(): value.strip() for name, _, value in (s.partition("=") for s in server.stdout().splitlines())}
    assert (shown["timeout"], shown["graceful_timeout"], shown["max_requests"]) == ("30", "30", "0")
    assert (shown["threads"], shown["worker_class"], shown["accesslog"]) == ("1", "sync", "None")


BAD_PORTS = {
    "no start port": ({"METRICS_START_PORT": None}, "METRICS_START_PORT: expected a whole number from 1 to 65535"),
    "a start port in words": ({"METRICS_START_PORT": "five"}, "got 'five'; set METRICS_START_PORT"),
    "a start port of 0": ({"METRICS_START_PORT": "0"}, "got '0'"),
    "no number of workers": ({"WEB_CONCURRENCY": None}, "WEB_CONCURRENCY: expected a whole number from 1 to 65535"),
    "ports past the last": (
        {"METRICS_START_PORT": "65534"},
        "3 workers from port 65534 need ports 65534-65536, beyond 65535; lower it to 65533 or below",
    ),
}


@pytest.mark.parametrize(("environ", "sentence"), BAD_PORTS.values(), ids=BAD_PORTS)
def test_the_exporter_refuses(environ, sentence, serve):
    server = checked(serve, {"exporter": "gunicorn"}, environ=environ)
    assert server.process.returncode == 1
    assert sentence in server.stderr()
    assert "Traceback" not in server.stderr()


def test_without_the_exporter_no_port_is_asked_for(serve):
    environ = {"METRICS_START_PORT": None, "WEB_CONCURRENCY": None}
    assert checked(serve, {}, environ=environ).process.returncode == 0


def test_a_statsd_that_json_logs_leave_without_anything_is_told(serve):
    server = serve({"logs": "json"}, arguments=["--statsd-host=127.0.0.1:9125"])
    server.until_logged("(the command line), but nothing is pushed to statsd")


def test_a_flag_that_overrules_the_values_file_is_told(serve):
    settings = {"exporter": "gunicorn", "timeout": 60}
    server = serve(settings, arguments=["--timeout=20", "--workers=1"])
    server.until_logged("timeout=20 (the command line), but the values file sets 60: remove it there")
    server.until_logged("workers=1 (the command line), but there are 3 metrics ports")
