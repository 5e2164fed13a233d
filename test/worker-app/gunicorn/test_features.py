"""gunicorn runs with the files of the synthesized ConfigMap, for every combination of features, and with no others."""

import json
import os
import signal

import pytest
from multiprocess_server import metrics
from synthesized import COMBINATIONS, config_maps
from waiting import END_LIMIT, wait_until

GRAPHITE = {"host": "127.0.0.1", "port": 9, "interval": 0.2, "tags": {}}


def settings_of(exporter, strategy, graphite, logs):
    settings = {"exporter": exporter, "strategy": strategy, "logs": logs}
    return {**settings, **({"graphite": GRAPHITE} if graphite else {})}


def name_of(combination):
    exporter, strategy, graphite, logs = combination
    return " ".join([exporter, strategy, *(["graphite"] if graphite else []), logs])


@pytest.mark.parametrize("combination", COMBINATIONS, ids=map(name_of, COMBINATIONS))
def test_gunicorn_serves_reloads_and_replaces_workers_with_the_files_for(combination, serve):
    exporter, _, graphite, logs = combination
    server = serve(settings_of(*combination), image={}, workers=1)
    assert {file.name for file in server.config.parent.iterdir() if file.name[0] != "."} == set(
        config_maps()[combination]
    )
    server.until_answering()
    if exporter == "gunicorn":
        server.until_logged("metrics of ")
        wait_until(lambda: metrics(server), what=server.stderr)
    if graphite:
        # It is not there, or this prometheus_client cannot tag.
        server.until_logged("Graphite")
    (worker,) = server.reload()
    assert server.stderr().count("settings in force") == 2
    os.kill(worker, signal.SIGTERM)
    server.until_booted({worker})
    server.until_answering()
    server.process.terminate()
    assert server.process.wait(END_LIMIT) == 0
    log = server.stderr() + server.stdout()
    assert not [line for line in log.splitlines() if "Traceback" in line or "ModuleNotFoundError" in line]
    if logs == "json":
        assert all(json.loads(line) for line in log.splitlines())
