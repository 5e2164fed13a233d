import sys

import pytest
from gunicorn_server import WORKER_TIMEOUT, GunicornServer, free_ports
from synthesized import ROOT

# For tests of single modules.
sys.path.append(str(ROOT / "src" / "worker-app" / "gunicorn"))


@pytest.fixture
def metrics_port():
    with free_ports() as port:
        yield port


@pytest.fixture
def serve(tmp_path, metrics_port):
    """Starts gunicorn with these settings; everything it started is ended after the test."""
    servers = []

    def start(settings, **options):
        # A folder of its own for the second one.
        folder = tmp_path / f"server-{len(servers)}" if servers else tmp_path
        folder.mkdir(exist_ok=True)
        servers.append(GunicornServer(folder, metrics_port, settings, **options))
        return servers[-1].start()

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def serve_alone(serve):
    """Starts the same gunicorn without our configuration."""
    return lambda **options: serve({}, **options, environ={"GUNICORN_CMD_ARGS": f"--timeout={WORKER_TIMEOUT}"})
