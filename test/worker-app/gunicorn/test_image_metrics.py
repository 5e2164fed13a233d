"""An image that serves or prepares metrics by itself, beside ours."""

import pytest
from gunicorn_server import get
from multiprocess_server import MULTIPROCESS, until_serving
from processes import kill
from waiting import wait_until

CONFIG = "gunicorn.conf.py"
GUNICORN = {"exporter": "gunicorn"}
SERVES = "import os\nfrom prometheus_client import start_http_server\nSTART = int(os.environ['METRICS_START_PORT'])\n"
PRELOAD = "preload_app = True\n"


def test_a_preloaded_application_that_takes_a_port_in_the_master_is_warned_of(serve):
    server = serve({}, app="binding_app", image={CONFIG: PRELOAD})
    server.until_logged(f"metrics port {server.metrics_ports[0]} is taken before workers start: remove preload_app")


def test_a_preloaded_application_that_takes_its_ports_after_the_fork_is_not_warned_of(serve):
    image = f"{PRELOAD}{SERVES}def post_fork(server, worker):\n    start_http_server(START - 1 + worker.age)\n"
    server = serve({}, image={CONFIG: image})
    server.until_serving()
    assert "WARNING" not in server.stderr()


def test_a_preloaded_application_of_the_images_file_is_scraped_worker_by_worker(serve):
    server = serve(GUNICORN, image={CONFIG: PRELOAD})
    assert set(server.until_serving().values()) == server.worker_pids()


@pytest.mark.parametrize("hook", ["post_fork(server, worker)", "post_worker_init(worker)"])
def test_workers_that_a_hook_of_the_image_gives_a_metrics_server_keep_it(hook, serve):
    image = f"{SERVES}def {hook}:\n    start_http_server(START - 1 + worker.age)\n"
    server = serve(GUNICORN, image={CONFIG: image})
    server.until_serving()
    server.until_logged(f"this worker listens on metrics port {server.metrics_ports[0]} already")
    assert "metrics of worker" not in server.stderr()


def test_a_master_that_serves_the_sums_by_a_hook_of_the_image_keeps_the_port(serve):
    image = f"{SERVES}def when_ready(server):\n    start_http_server(START)\n"
    server = serve(MULTIPROCESS, image={CONFIG: image})
    server.until_logged(f"the master listens on metrics port {server.metrics_ports[0]} already")
    server.until_answering()
    assert get(server.metrics_ports[0])[0] == 200
    assert "metrics of all workers" not in server.stderr()


def test_mark_process_dead_in_a_hook_of_the_image_harms_neither_the_master_nor_the_sums(serve):
    image = """
import os
from prometheus_client import multiprocess

def child_exit(server, worker):
    multiprocess.mark_process_dead(worker.pid)
    # As if the process for the sums had been faster.
    os.remove(os.path.join(os.environ["PROMETHEUS_MULTIPROC_DIR"], "gauge_liveall_0.db"))
"""
    server = serve(MULTIPROCESS, app="gauges_app", image={CONFIG: image})
    workers = until_serving(server)
    killed = min(workers)
    kill(killed)
    wait_until(lambda: not list(server.multiprocess_folder.glob(f"*_{killed}.db")), what=server.stderr)
    until_serving(server, {killed})
    assert "Traceback" not in server.stderr()


def test_a_folder_that_the_images_file_chooses_is_the_one_that_is_read(serve, tmp_path):
    folder = tmp_path / "own-folder"
    image = f"import os\nos.environ['PROMETHEUS_MULTIPROC_DIR'] = {str(folder)!r}\n"
    server = serve(MULTIPROCESS, image={CONFIG: image})
    server.multiprocess_folder = folder
    until_serving(server)
    server.until_logged(f"PROMETHEUS_MULTIPROC_DIR is '{folder}', but")


def test_a_heartbeat_folder_of_the_image_that_cannot_be_written_is_replaced(serve):
    server = serve(GUNICORN, image={CONFIG: "worker_tmp_dir = '/proc/nowhere'\n"})
    server.until_serving()
    server.until_logged("(read-only root, not '/proc/nowhere' of the image's file)")


def test_a_heartbeat_folder_of_the_image_that_can_be_written_stays(serve, tmp_path):
    server = serve(GUNICORN, image={CONFIG: f"worker_tmp_dir = {str(tmp_path)!r}\n"})
    server.until_serving()
    server.until_logged(f"worker_tmp_dir={str(tmp_path)!r} (the image's file)")
