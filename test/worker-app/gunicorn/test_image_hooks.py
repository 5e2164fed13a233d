"""Hooks of the image's own gunicorn.conf.py are called beside ours, and fail as without ours."""

import pytest
from processes import kill
from waiting import END_LIMIT, wait_until

CONFIG = "gunicorn.conf.py"
GUNICORN = {"exporter": "gunicorn"}

BAD_HOOKS = {
    "a hook with too few arguments": "def when_ready():\n    pass\n",
    "a hook that is None": "child_exit = None\n",
    "a hook that cannot be imported": "when_ready = 'nowhere.to.be.found'\n",
}


@pytest.mark.parametrize("image", BAD_HOOKS.values(), ids=BAD_HOOKS)
def test_a_hook_that_gunicorn_refuses_is_refused_as_without_our_configuration(image, serve, serve_alone):
    without, ours = serve_alone(image={CONFIG: image}), serve(GUNICORN, image={CONFIG: image})
    assert ours.process.wait(END_LIMIT) == without.process.wait(END_LIMIT) == 1
    name = image.replace("def ", "").split(" ")[0].split("(")[0]
    assert f"Invalid value for {name}: " in ours.stderr()
    assert "Traceback" not in ours.stderr()


HOOKS = """
import os

def write(text):
    os.write(2, (text + "\\n").encode())

def on_starting(server):
    write("image: on_starting")

def when_ready(server):
    write("image: when_ready")

def post_fork(server, worker):
    write("image: post_fork")

def post_worker_init(worker):
    write("image: post_worker_init")

def child_exit(server, worker):
    write("image: child_exit")

def on_exit(server):
    write("image: on_exit")
"""


@pytest.mark.parametrize("strategy", ["port-per-worker", "multiprocess"])
def test_hooks_of_the_image_and_ours_are_both_called(strategy, serve):
    settings = {**GUNICORN, "strategy": strategy}
    environ = {"PROMETHEUS_MULTIPROC_DIR": None} if strategy == "port-per-worker" else {}
    server = serve(settings, image={CONFIG: HOOKS}, environ=environ, workers=1)
    server.until_answering()
    server.until_logged("metrics of ")
    for pid in server.worker_pids():
        kill(pid)
    server.until_logged("image: child_exit")
    # gunicorn would wait long for a worker that still boots: it misses the signal.
    wait_until(lambda: server.stderr().count("image: post_worker_init") == 2, what=server.stderr)
    server.until_answering()
    server.process.terminate()
    assert server.process.wait(END_LIMIT) == 0
    for hook in ("on_starting", "when_ready", "post_fork", "post_worker_init", "on_exit"):
        assert f"image: {hook}" in server.stderr()
    assert "Traceback" not in server.stderr()


def test_a_hook_may_be_named_by_an_import_string(serve):
    files = {CONFIG: "post_worker_init = 'hooks.loaded'\n", "hooks.py": "def loaded(worker):\n    print('own hook')\n"}
    server = serve(GUNICORN, image=files, environ={"PYTHONUNBUFFERED": "1"})
    server.until_serving()
    server.until_logged("own hook")


@pytest.mark.parametrize("hook", ["when_ready(server)", "post_worker_init(worker)", "child_exit(server, worker)"])
@pytest.mark.parametrize("error", ["RuntimeError", "LookupError"])
def test_a_hook_that_raises_ends_gunicorn_as_without_our_configuration(hook, error, serve, serve_alone):
    image = {CONFIG: f"def {hook}:\n    raise {error}('the hook failed')\n"}
    ended = []
    for start in (serve_alone, lambda **options: serve({**GUNICORN, "strategy": "multiprocess"}, **options)):
        server = start(image=image, workers=1)
        if hook.startswith("child_exit"):
            kill(int(server.until_answering()[2]))
        ended.append(server.process.wait(END_LIMIT))
        assert "the hook failed" in server.stderr()
    assert ended[0] == ended[1] != 0
