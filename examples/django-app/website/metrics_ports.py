"""The ports that django-prometheus may bind: one for each gunicorn worker, and none in any other process."""

from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured

LAST_PORT = 65535


def metrics_ports(environ: Mapping[str, str]) -> range | None:
    """WEB_CONCURRENCY ports from METRICS_START_PORT; None where nothing may be bound.

    gunicorn sets SERVER_SOFTWARE, so runserver, migrate and every other `manage.py` command take no port from a worker.
    With METRICS_EXPORTER=gunicorn it is gunicorn itself that serves the metrics.
    """
    served_by_gunicorn = environ.get("SERVER_SOFTWARE", "").startswith("gunicorn")
    if not served_by_gunicorn or environ.get("METRICS_EXPORTER") == "gunicorn":
        return None
    workers = _whole_number(environ, "WEB_CONCURRENCY", "the number of workers")
    start = _whole_number(environ, "METRICS_START_PORT", "the first metrics port")
    ports = range(start, start + workers)
    if ports[-1] > LAST_PORT:
        raise ImproperlyConfigured(
            f"METRICS_START_PORT: {workers} workers from port {start} need ports {start}-{ports[-1]}, "
            f"beyond {LAST_PORT}; lower it to {LAST_PORT - workers + 1} or below"
        )
    return ports


def _whole_number(environ: Mapping[str, str], name: str, meaning: str) -> int:
    text = environ.get(name)
    if text is None or not text.isascii() or not text.isdigit() or not 1 <= int(text) <= LAST_PORT:
        got = "it is not set" if text is None else f"got {text!r}"
        raise ImproperlyConfigured(
            f"{name}: expected a whole number from 1 to {LAST_PORT} ({meaning}), {got}; set {name} in the environment"
        )
    return int(text)
