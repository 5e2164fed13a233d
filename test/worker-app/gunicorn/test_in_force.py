"""The log names the settings in force at the start, where they come from, and where they do not fit the manifests."""

import json
import re

import pytest

CONFIG = "gunicorn.conf.py"
GUNICORN = {"exporter": "gunicorn"}
LISTENS = "but probes and the Service use port "


def test_the_settings_in_force_and_the_files_read_are_logged(serve):
    image = "worker_class = 'gthread'\nthreads = 2\nloglevel = 'info'\ndef pre_fork(server, worker):\n    pass\n"
    arguments = ["--keep-alive=7", "--access-logformat=two words"]
    server = serve({**GUNICORN, "timeout": 61}, image={CONFIG: image}, arguments=arguments)
    server.until_serving()
    assert f"configuration read from {server.image_folder / CONFIG} and then {server.config}" in server.stderr()
    (line,) = re.findall(r"settings in force: (.*)", server.stderr())
    # gunicorn before 25.1 has no control socket.
    assert [setting for setting in line.split(", ") if "control_socket" not in setting] == [
        f"bind=['0.0.0.0:{server.port}'] (the command line)",
        "workers=3 (WEB_CONCURRENCY)",
        "worker_class='gthread' (the image's file)",
        "threads=2 (the image's file)",
        "timeout=61 (values)",
        "graceful_timeout=30",
        "max_requests=0",
        "preload_app=False",
        "access_log_format='two words' (the command line)",
        "keepalive=7 (the command line)",
        "loglevel='info' (the image's file)",
        "pre_fork=pre_fork (the image's file)",
        "worker_tmp_dir='/dev/shm' (read-only root)",
    ]
    assert "WARNING" not in server.stderr()


def test_with_json_logs_they_are_json(serve):
    server = serve({**GUNICORN, "logs": "json"}, image={CONFIG: "logger_class = 'gunicorn.glogging.Logger'\n"})
    server.until_serving()
    events = [json.loads(line)["event"] for line in server.stderr().splitlines()]
    assert any(event.startswith("settings in force: bind=['0.0.0.0:") for event in events)
    assert any("(gunicorn.logs, not 'gunicorn.glogging.Logger' of the image's file)" in event for event in events)


LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "PLAIN %(message)s"}},
    "handlers": {"own": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stdout"}},
    "loggers": {
        "shop": {"level": "ERROR"},
        "gunicorn.error": {"level": "INFO", "handlers": ["own"], "propagate": False},
    },
    "root": {"level": "INFO", "handlers": ["own"]},
}


def test_with_json_logs_the_images_loggers_stay_and_their_lines_are_json(serve):
    server = serve({**GUNICORN, "logs": "json"}, image={CONFIG: f"logconfig_dict = {LOGGING!r}\n"}, workers=1)
    server.until_serving()
    assert server.get("/oddities")[0] == 200
    server.until_logged('"event": "failed"')
    server.until_logged('"event": "access"')
    lines = [json.loads(line) for line in (server.stderr() + server.stdout()).splitlines()]
    assert {"gunicorn.error", "gunicorn.access", "shop"} == {line["logger"] for line in lines}
    assert [line["event"] for line in lines if line["logger"] == "shop"] == ["failed"]
    assert "of the image's file" not in server.stdout()


def test_with_json_logs_a_logging_file_of_the_image_is_named_as_not_used(serve):
    server = serve({**GUNICORN, "logs": "json"}, image={CONFIG: "logconfig = 'logging.ini'\n"})
    server.until_serving()
    server.until_logged("logconfig=None (gunicorn.logs, not 'logging.ini' of the image's file)")


def test_a_setting_that_cannot_be_shown_ends_nothing(serve):
    image = "class Odd(dict):\n    def __getattr__(self, name):\n        raise LookupError(name)\n"
    server = serve(GUNICORN, image={CONFIG: f"{image}secure_scheme_headers = Odd()\n"})
    server.until_serving()
    server.until_logged("the settings in force cannot be logged")


FITTING = {
    "every address": "0.0.0.0:{port}",
    "every IPv6 address": "[::]:{port}",
    "one of several": ["127.0.0.1:{other}", "0.0.0.0:{port}"],
    "no host": ":{port}",
    "a Unix socket": "unix:{folder}/socket",
}


@pytest.mark.parametrize("bind", FITTING.values(), ids=FITTING)
def test_a_bind_that_fits_is_not_warned_of(bind, serve, metrics_port, tmp_path):
    places = {"port": metrics_port, "other": metrics_port + 9, "folder": tmp_path}
    binds = [one.format(**places) for one in ([bind] if isinstance(bind, str) else bind)]
    server = serve({"httpPort": metrics_port}, image={CONFIG: f"bind = {binds!r}\n"}, bind=None)
    server.until_logged("Booting worker")
    assert LISTENS not in server.stderr()


def test_without_any_bind_gunicorn_listens_at_http_port_and_says_nothing(serve, metrics_port):
    server = serve({"httpPort": metrics_port}, image={}, bind=None)
    server.until_answering()
    assert f"bind=['0.0.0.0:{metrics_port}'] (http.port)" in server.stderr()
    assert LISTENS not in server.stderr()


NOT_FITTING = {
    "another port in the image's file": ("bind = '0.0.0.0:{other}'", {}, [], "0.0.0.0:{other}'] (the image's file)"),
    "a loopback address": ("bind = '127.0.0.1:{port}'", {}, [], "127.0.0.1:{port}'] (the image's file)"),
    "a loopback name": ("bind = 'localhost:{port}'", {}, [], "localhost:{port}'] (the image's file)"),
    "a loopback IPv6 address": ("bind = '[::1]:{port}'", {}, [], "[::1]:{port}'] (the image's file)"),
    "PORT": ("", {"PORT": "{other}"}, [], "0.0.0.0:{other}'] (PORT)"),
    "the command line": ("", {}, ["--bind=:{other}"], ":{other}'] (the command line)"),
}


@pytest.mark.parametrize(("image", "environ", "arguments", "where"), NOT_FITTING.values(), ids=NOT_FITTING)
def test_a_bind_that_does_not_fit_http_port_is_warned_of_with(image, environ, arguments, where, serve, metrics_port):
    def placed(text):
        return text.format(port=metrics_port, other=metrics_port + 9)

    server = serve(
        {"httpPort": metrics_port},
        image={CONFIG: placed(image)},
        environ={name: placed(value) for name, value in environ.items()},
        arguments=[placed(argument) for argument in arguments],
        bind=None,
    )
    advice = f"unless something else serves it, make it 0.0.0.0:{metrics_port} there"
    server.until_logged(f"{placed(where)}, {LISTENS}{metrics_port}: {advice}")


def test_an_images_graceful_timeout_that_the_pod_would_cut_short_is_warned_of(serve):
    server = serve({}, image={CONFIG: "graceful_timeout = 90\n"})
    server.until_logged("set gunicorn.gracefulTimeout: 90")


@pytest.mark.parametrize(
    "image", ["import os\nos.environ['WEB_CONCURRENCY'] = '9'\n", "raw_env = ['WEB_CONCURRENCY=9']\n"]
)
def test_an_environment_that_the_images_file_changes_is_warned_of(image, serve):
    server = serve(GUNICORN, image={CONFIG: image})
    server.until_logged("WEB_CONCURRENCY is '9', but the manifests set '3'")
    server.until_serving()


@pytest.mark.parametrize(
    ("settings", "name", "value"),
    [
        ({}, "METRICS_EXPORTER", "gunicorn"),
        ({}, "PROMETHEUS_MULTIPROC_DIR", "/tmp"),
        (GUNICORN, "PROMETHEUS_MULTIPROC_DIR", "/tmp"),
        (GUNICORN, "prometheus_multiproc_dir", "/tmp"),
    ],
)
def test_a_variable_that_only_env_from_or_the_image_can_have_set_is_warned_of(settings, name, value, serve):
    server = serve(settings, image={}, environ={name: value})
    server.until_logged(f"{name} is {value!r}, but the manifests do not set it: remove it from the image or")


def test_the_variables_of_the_manifests_are_not_warned_of(serve):
    server = serve({**GUNICORN, "strategy": "multiprocess"}, image={})
    server.until_logged("metrics of all workers on port")
    assert "the manifests do not set it" not in server.stderr()


def test_more_workers_than_metrics_ports_are_warned_of_where_the_application_serves_them_too(serve):
    server = serve({}, image={}, arguments=["--workers=4"])
    server.until_logged("workers=4 (the command line), but there are 3 metrics ports")
