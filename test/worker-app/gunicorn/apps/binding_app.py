"""The same application, which takes the first free metrics port as it is loaded, as django-prometheus does."""

import os

from prometheus_client import start_http_server
from wsgi_app import application  # noqa: F401

START = int(os.environ["METRICS_START_PORT"])
for port in range(START, START + int(os.environ["WEB_CONCURRENCY"])):
    try:
        start_http_server(port)
        break
    except OSError:
        pass
