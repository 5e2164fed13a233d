"""The gunicorn configuration that a pod of cdk8s-worker-metrics runs with.

A ConfigMap mounts this file, its siblings and the generated settings.json in one read-only folder, and
GUNICORN_CMD_ARGS names it. It reads the image's own file first, and adds to its settings and hooks. The command line
wins over both. A hook of the image runs before ours: it may bind ports, start threads and set up logging.
"""

import os
import sys

FILE = os.path.abspath(__file__)
FOLDER = os.path.dirname(FILE)
# Last, so that no module of the application is ever shadowed.
if FOLDER not in sys.path:
    sys.path.append(FOLDER)

from worker_metrics_image_config import POD_ENVIRON, read_image_config  # noqa: E402

if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
    # The only name that prometheus_client knows before 0.10, which the image's file may import.
    os.environ["prometheus_multiproc_dir"] = os.environ["PROMETHEUS_MULTIPROC_DIR"]  # noqa: SIM112
# Before anything of ours is imported: it may patch the standard library (gevent).
image = read_image_config(FILE)

import worker_metrics_exporter  # noqa: E402
import worker_metrics_folder  # noqa: E402
import worker_metrics_multiprocess  # noqa: E402
import worker_metrics_own_ports  # noqa: E402
import worker_metrics_sums  # noqa: E402
from worker_metrics_in_force import SettingsInForce, differences  # noqa: E402
from worker_metrics_pod_settings import Given, pod_settings  # noqa: E402
from worker_metrics_ports import ports_from, ports_of_application, shared_port_from  # noqa: E402
from worker_metrics_settings import read_settings  # noqa: E402

values = read_settings(FOLDER)
shares_port = values.exporter == "gunicorn" and values.strategy == "multiprocess"
ports = ports_from(POD_ENVIRON) if values.exporter == "gunicorn" and not shares_port else None
workers_ports = ports_of_application(POD_ENVIRON) if values.exporter == "app" else ports
shared_port = shared_port_from(POD_ENVIRON) if shares_port else None
# Before the application is loaded, which writes there as soon as it is. The image's file may have chosen another.
metrics_folder = worker_metrics_folder.folder_from(os.environ) if shares_port else None

ours = pod_settings(image.settings, POD_ENVIRON, values.http_port)
ours.update({name: Given(value, "values") for name, value in values.gunicorn.items()})
if values.logs == "json":
    import worker_metrics_json_logs
    from worker_metrics_json_settings import json_settings

    ours.update(json_settings(image.settings))

globals().update(image.settings)
globals().update({name: given.value for name, given in ours.items()})
OUR_HOOKS = ("on_reload", "when_ready", "pre_fork", "post_fork", "post_worker_init", "child_exit")
image_hooks = {name: image.hook(name) for name in OUR_HOOKS}


def log_settings(server):
    """Logs what gunicorn runs with, and where it differs from the manifests."""
    try:
        now = SettingsInForce(server.cfg, ours, image)
        for line in now.lines(FILE):
            server.log.info(line)
        for sentence in differences(now, values, workers_ports):
            server.log.warning(sentence)
    except Exception:
        # Never a reason not to serve.
        server.log.exception("the settings in force cannot be logged")


def on_reload(server):
    log_settings(server)
    image_hooks["on_reload"](server)


def when_ready(server):
    log_settings(server)
    image_hooks["when_ready"](server)
    worker_metrics_own_ports.warn_of_master(server, workers_ports)
    if not metrics_folder or worker_metrics_own_ports.is_served_already(server.log, "the master", shared_port):
        return
    if metrics_folder.is_usable(server.log, shared_port[0]):
        path = metrics_folder.path
        worker_metrics_multiprocess.start(
            server,
            path,
            lambda ends: worker_metrics_sums.serve(server.log, path, shared_port, values.graphite, ends),
        )


def pre_fork(server, worker):
    if metrics_folder:
        metrics_folder.choose(server.log, os.environ)
    image_hooks["pre_fork"](server, worker)


def post_fork(server, worker):
    worker_metrics_own_ports.remember_inherited(ports)
    image_hooks["post_fork"](server, worker)


def post_worker_init(worker):
    """The application is loaded: it has answered no request yet."""
    image_hooks["post_worker_init"](worker)
    if values.logs == "json":
        worker_metrics_json_logs.after_load()
    if ports:
        worker_metrics_exporter.start(worker, ports, values.graphite)
    if shared_port:
        worker_metrics_exporter.is_left_to_django(worker, shared_port)


def child_exit(server, worker):
    try:
        image_hooks["child_exit"](server, worker)
    except FileNotFoundError as error:
        # Its mark_process_dead and our process for the sums delete the same files.
        if not metrics_folder or os.path.dirname(str(error.filename)) not in metrics_folder.paths():
            raise
    if metrics_folder:
        worker_metrics_multiprocess.tell_of_end(metrics_folder.path, worker.pid)
        metrics_folder.forget(worker.pid)
