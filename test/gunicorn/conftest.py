import pytest
from gunicorn_server import GunicornServer, free_ports


@pytest.fixture
def metrics_port():
    with free_ports() as port:
        yield port


@pytest.fixture
def serve(tmp_path, metrics_port):
    """Starts gunicorn with these settings; everything it started is ended after the test."""
    servers = []

    def start(settings, **options):
        servers.append(GunicornServer(tmp_path, metrics_port, settings, **options))
        return servers[-1].start()

    yield start
    for server in servers:
        server.stop()
