"""Finds metrics ports that django-prometheus binds itself."""

import sys
from typing import Any, List


def is_left_to_django(worker: Any, ports: range) -> bool:
    """Whether the application binds these ports itself. Logs it."""
    clash = ports_bound_by_django(ports)
    if clash:
        worker.log.error(
            "Django's PROMETHEUS_METRICS_EXPORT_PORT_RANGE (or _PORT) binds %s-%s, and so would gunicorn: this "
            "worker's metrics are left to Django; leave that setting out when METRICS_EXPORTER is gunicorn, "
            "or choose metrics.exporter: app",
            clash[0],
            clash[-1],
        )
    return bool(clash)


def ports_bound_by_django(ports: range) -> List[int]:
    """The ports that the settings of django-prometheus bind too."""
    conf = sys.modules.get("django.conf")
    if "django_prometheus" not in sys.modules or conf is None or not conf.settings.configured:
        return []
    one = getattr(conf.settings, "PROMETHEUS_METRICS_EXPORT_PORT", None)
    several = getattr(conf.settings, "PROMETHEUS_METRICS_EXPORT_PORT_RANGE", None)
    return sorted(set(several or [one]) & set(ports))
