"""The same application, loaded with what django-prometheus leaves behind: its modules and its setting."""

import os
import sys
import types

from wsgi_app import application  # noqa: F401

START = int(os.environ["METRICS_START_PORT"])
CONF = types.ModuleType("django.conf")
CONF.settings = types.SimpleNamespace(
    configured=True, PROMETHEUS_METRICS_EXPORT_PORT_RANGE=range(START, START + int(os.environ["WEB_CONCURRENCY"]))
)
sys.modules.update({"django.conf": CONF, "django_prometheus": types.ModuleType("django_prometheus")})
