"""The image's own gunicorn.conf.py is read first: its settings and hooks stay, where neither values nor pod decide."""

import os
import re

import pytest
from gunicorn import version_info
from waiting import END_LIMIT

CONFIG = "gunicorn.conf.py"
GUNICORN = {"exporter": "gunicorn"}


def print_config(serve, settings, image, *arguments, **options):
    """What gunicorn says it runs with: setting -> text."""
    options = {"bind": None, **options}
    server = serve(settings, image={CONFIG: image}, arguments=["--print-config", *arguments], **options)
    assert server.process.wait(END_LIMIT) == 0, server.stderr()
    pairs = (line.partition("=") for line in server.stdout().splitlines())
    return {name.strip(): value.strip() for name, _, value in pairs}


def test_the_images_bind_worker_class_and_timeout_stay(serve, metrics_port):
    image = f'bind = "127.0.0.1:{metrics_port}"\nworker_class = "gthread"\ntimeout = 77\ngraceful_timeout = 20\n'
    server = serve({"timeout": 60, "httpPort": metrics_port}, image={CONFIG: image}, bind=None)
    server.until_answering()
    server.until_logged("Using worker: gthread")
    server.until_logged("timeout=60 (values, not 77 of the image's file), graceful_timeout=20 (")


def test_values_win_over_the_images_file_and_the_command_line_over_both(serve):
    image = "timeout = 70\nthreads = 7\nkeepalive = 9\nmax_requests = 11\n"
    shown = print_config(serve, {"timeout": 60, "threads": 2}, image, "--threads=3")
    assert {name: shown[name] for name in ("timeout", "threads", "keepalive", "max_requests")} == {
        "timeout": "60",
        "threads": "3",
        "keepalive": "9",
        "max_requests": "11",
    }


def test_the_number_of_workers_is_that_of_metrics_ports_and_the_images_is_named(serve):
    server = serve(GUNICORN, image={CONFIG: "workers = 9\n"})
    server.until_serving()
    server.until_logged("workers=3 (WEB_CONCURRENCY, not 9 of the image's file)")


def test_without_web_concurrency_the_images_number_of_workers_stays(serve):
    assert print_config(serve, {}, "workers = 2\n", environ={"WEB_CONCURRENCY": None})["workers"] == "2"


BINDS = {
    "nothing": ("", {}, [], "['0.0.0.0:5000']"),
    "the image's file": ("bind = '127.0.0.1:7000'", {}, [], "['127.0.0.1:7000']"),
    "PORT": ("", {"PORT": "7001"}, [], "['0.0.0.0:7001']"),
    "the command line": ("", {}, ["--bind=[::]:7002"], "['[::]:7002']"),
    "the command line, over the image's file": ("bind = ':7000'", {}, ["-b", "unix:/tmp/x"], "['unix:/tmp/x']"),
}


@pytest.mark.parametrize(("image", "environ", "arguments", "bind"), BINDS.values(), ids=BINDS)
def test_bind_is_that_of(image, environ, arguments, bind, serve):
    assert print_config(serve, {"httpPort": 5000}, image, *arguments, environ=environ)["bind"] == bind


def test_a_file_is_run_as_by_gunicorn_itself(serve):
    image = """
import dataclasses, os, sys
from typing import ClassVar
from local_settings import LOADED

@dataclasses.dataclass
class Options:
    kind: "ClassVar[str]" = "x"

config_module = sys.modules[__name__]
proc_name = " ".join([__name__, __file__, LOADED, os.environ["FROM_POD"], str(config_module.LOADED == LOADED)])
workers_per_core = 2
ports = folder = values = image = os = None
for key, value in __import__("os").environ.items():
    if key.startswith("GUNICORN_"):
        globals()[key[len("GUNICORN_"):].lower()] = value
"""
    files = {CONFIG: image, "local_settings.py": "LOADED = 'loaded'\n"}
    environ = {"FROM_POD": "pod", "GUNICORN_KEEPALIVE": "8"}
    server = serve(GUNICORN, image=files, arguments=["--print-config"], environ=environ)
    assert server.process.wait(END_LIMIT) == 0, server.stderr()
    assert f"__config__ {server.image_folder / CONFIG} loaded pod True" in server.stdout()
    assert re.search(r"^keepalive += 8$", server.stdout(), re.M)


def test_wsgi_app_and_chdir_of_the_image_stay(serve, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "shop.py").write_text("from wsgi_app import application\n")
    image = f"chdir = {str(tmp_path / 'site')!r}\nwsgi_app = 'shop:application'\n"
    server = serve(GUNICORN, image={CONFIG: image}, app=None)
    server.until_serving()
    server.until_serving(server.reload())


def test_a_logger_class_in_the_file_stays(serve):
    image = """
from gunicorn.glogging import Logger

class Quiet(Logger):
    def info(self, msg, *args):
        super().info("quiet: " + str(msg), *args)

logger_class = Quiet
"""
    server = serve(GUNICORN, image={CONFIG: image})
    server.until_serving()
    server.until_logged("quiet: settings in force: ")


@pytest.mark.skipif(version_info < (23,), reason="an older gunicorn takes no class in a file, only its name")
def test_a_worker_class_in_the_file_stays(serve):
    image = "from gunicorn.workers.sync import SyncWorker\nclass Own(SyncWorker):\n    pass\nworker_class = Own\n"
    server = serve(GUNICORN, image={CONFIG: image})
    server.until_serving()
    server.until_logged("worker_class=Own (")


def test_raw_env_reaches_the_application_and_no_value_of_it_the_log(serve):
    server = serve({}, image={CONFIG: "raw_env = ['SECRET=hunter2']\n"}, arguments=["--env=OTHER=hunter3"])
    server.until_logged("raw_env (the command line)")
    server.until_answering()
    assert "hunter" not in server.stderr() + server.stdout()


def test_a_reload_reads_the_images_file_again(serve):
    server = serve(GUNICORN, image={CONFIG: "keepalive = 11\ndef on_reload(server):\n    server.log.info('first')\n"})
    server.until_booted()
    (server.image_folder / CONFIG).write_text("keepalive = 12\ndef on_reload(server):\n    server.log.info('again')\n")
    server.until_serving(server.reload())
    server.until_logged("keepalive=12")
    server.until_logged("again")
    assert "first" not in server.stderr()


NAMED = {"a path": "conf/app.py", "a path with file:": "file:conf/app.py", "a module": "python:app_config"}


@pytest.mark.parametrize("location", NAMED.values(), ids=NAMED)
def test_another_file_is_named_by_image_gunicorn_config_as(location, serve, tmp_path):
    (tmp_path / "conf").mkdir()
    (tmp_path / "conf" / "app.py").write_text("keepalive = 13\n")
    (tmp_path / "app_config.py").write_text("keepalive = 13\n")
    location = location.replace("conf/", f"{tmp_path}/conf/")
    environ = {"IMAGE_GUNICORN_CONFIG": location, "PYTHONPATH": f"{tmp_path}:{os.path.dirname(__file__)}/apps"}
    assert print_config(serve, {}, "keepalive = 1\n", environ=environ)["keepalive"] == "13"


@pytest.mark.parametrize("location", ["nowhere.py", "python:nowhere"])
def test_a_file_that_is_not_there_is_refused(location, serve):
    server = serve({}, environ={"IMAGE_GUNICORN_CONFIG": location})
    assert server.process.wait(END_LIMIT) == 1
    assert f"IMAGE_GUNICORN_CONFIG: {location} " in server.stderr()
    assert "Traceback" not in server.stderr()


MISTAKES = {
    "a syntax error": "bind = (\n",
    "an exception": "raise LookupError('no such secret')\n",
    "an exit": "raise SystemExit(7)\n",
    "an invalid value": "timeout = 'soon'\n",
}


@pytest.mark.parametrize("image", MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_the_file_ends_gunicorn_as_without_our_configuration(image, serve, serve_alone):
    without, ours = serve_alone(image={CONFIG: image}), serve(GUNICORN, image={CONFIG: image}, patient=False)
    assert ours.process.wait(END_LIMIT) == without.process.wait(END_LIMIT) != 0
    assert ours.stderr().replace(str(ours.folder), str(without.folder)) == without.stderr()


@pytest.mark.parametrize("logs", ["text", "json"])
@pytest.mark.parametrize("strategy", ["port-per-worker", "multiprocess"])
def test_a_file_that_patches_the_standard_library_for_gevent_is_followed(strategy, logs, serve):
    pytest.importorskip("gevent")
    image = "from gevent import monkey\nmonkey.patch_all()\nworker_class = 'gevent'\n"
    settings = {**GUNICORN, "strategy": strategy, "logs": logs}
    server = serve(settings, app="gevent_app", image={CONFIG: image}, workers=1)
    server.until_logged("metrics of ")
    server.until_answering()
    server.process.terminate()
    assert server.process.wait(END_LIMIT) == 0
    for failure in ("Traceback", "MonkeyPatchWarning", "exited with code"):
        assert failure not in server.stderr()
