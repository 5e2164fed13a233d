"""The gunicorn configuration that a pod of cdk8s-worker-metrics runs with.

A ConfigMap mounts this file, its siblings and the generated settings.json in one read-only folder, and
GUNICORN_CMD_ARGS names it. What a flag on the command line says beats what is set here.
"""

import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
# Last, so that no module of the application is ever shadowed.
if FOLDER not in sys.path:
    sys.path.append(FOLDER)

import worker_metrics_exporter  # noqa: E402
import worker_metrics_multiprocess  # noqa: E402
import worker_metrics_sums  # noqa: E402
from worker_metrics_ports import ports_from, shared_port_from  # noqa: E402
from worker_metrics_settings import overruled, read_settings, writable_folder  # noqa: E402

told = read_settings(FOLDER)
shares_port = told.exporter == "gunicorn" and told.strategy == "multiprocess"
ports = ports_from(os.environ) if told.exporter == "gunicorn" and not shares_port else None
shared_port = shared_port_from(os.environ) if shares_port else None
# Before the application is loaded, which writes there as soon as it is.
folder = worker_metrics_multiprocess.folder_from(os.environ) if shares_port else None
if folder:
    # The only name that prometheus_client knows before 0.10.
    os.environ["prometheus_multiproc_dir"] = folder  # noqa: SIM112

# gunicorn skips names that it does not know, so an older one passes over control_socket_disable.
control_socket_disable = True
worker_tmp_dir = writable_folder()
globals().update(told.gunicorn)

if told.logs == "json":
    import worker_metrics_json_logs

    accesslog = "-"
    logger_class = worker_metrics_json_logs.JsonLogger
    logconfig_dict = worker_metrics_json_logs.LOGGING


def when_ready(server):
    """Says once, at the start, where gunicorn runs otherwise than the manifests believe."""
    for sentence in overruled(told, ports, server.cfg):
        server.log.warning(sentence)
    if folder:
        worker_metrics_multiprocess.start(
            server,
            folder,
            lambda ends: worker_metrics_sums.serve(server.log, folder, shared_port, told.graphite, ends),
        )


def post_worker_init(worker):
    """The application is loaded: nothing of it has answered a request yet."""
    if told.logs == "json":
        worker_metrics_json_logs.after_load()
    if ports:
        worker_metrics_exporter.start(worker, ports, told.graphite)
    if shared_port:
        worker_metrics_exporter.is_left_to_django(worker, shared_port)


def child_exit(_server, worker):
    if folder:
        worker_metrics_multiprocess.tell_of_end(folder, worker.pid)
