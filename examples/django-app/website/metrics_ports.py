"""The ports that django-prometheus may bind: one for each gunicorn worker, none in other processes."""

import socket
from collections.abc import Mapping
from http.server import HTTPServer

from django.core.exceptions import ImproperlyConfigured

LAST_PORT = 65535


def metrics_ports(environ: Mapping[str, str]) -> range | None:
    """WEB_CONCURRENCY ports from METRICS_START_PORT; None if this process must not bind any.

    Only gunicorn sets SERVER_SOFTWARE, so `manage.py` commands such as migrate take no port from a worker.
    With METRICS_EXPORTER=gunicorn, gunicorn itself serves the metrics.
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


class DualStackServer(HTTPServer):
    """Listens on IPv6 and IPv4; on IPv4 alone if the machine has no IPv6."""

    address_family = socket.AF_INET6 if socket.has_dualstack_ipv6() else socket.AF_INET

    def server_bind(self) -> None:
        if self.address_family == socket.AF_INET6:
            self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        super().server_bind()


def serve_ipv6_too() -> None:
    """Makes django-prometheus listen on both. Its own server uses IPv4 alone, which an IPv6-only cluster cannot scrape.

    Call it from AppConfig.ready() of an application before django_prometheus in INSTALLED_APPS.
    """
    # Not at the top: the import of django_prometheus reads the settings, and the settings import this module.
    from django_prometheus import exports

    exports.HTTPServer = DualStackServer


def _whole_number(environ: Mapping[str, str], name: str, meaning: str) -> int:
    text = environ.get(name)
    if text is None or not text.isascii() or not text.isdigit() or not 1 <= int(text) <= LAST_PORT:
        got = "it is not set" if text is None else f"got {text!r}"
        raise ImproperlyConfigured(
            f"{name}: expected a whole number from 1 to {LAST_PORT} ({meaning}), {got}; set {name} in the environment"
        )
    return int(text)
