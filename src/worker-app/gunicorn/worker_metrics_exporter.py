"""Serves each worker's own Prometheus registry on the first free port of the range."""

import os
import sys
import threading
from typing import Any, List, Optional

import worker_metrics_graphite
import worker_metrics_own_ports
from worker_metrics_listener import Served, export
from worker_metrics_scrapes import scrape_handler
from worker_metrics_settings import Graphite


def start(worker: Any, ports: range, graphite: Optional[Graphite] = None) -> None:
    """Starts the exporter of this worker in the background; whatever fails is logged, never raised."""
    try:
        if is_left_to_django(worker, ports):
            return
        if worker_metrics_own_ports.is_served_already(worker.log, "this worker", ports):
            return
        metrics = f"metrics of worker {os.getpid()}"

        def on_port(port: int) -> None:
            if graphite:
                # The number that Prometheus has for it, too: no process id, of which there is no end.
                number = str(ports.index(port) + 1)
                worker_metrics_graphite.start(worker.log, metrics, graphite, {"worker": number})

        served = Served(
            log=worker.log,
            who=f"worker {os.getpid()}",
            metrics=metrics,
            likely_obstacle="old workers may still drain, or more workers run than the range has ports",
            is_needed=lambda: worker.alive,
            on_port=on_port,
        )
        handler = scrape_handler(worker.log)
        threading.Thread(target=export, args=(served, ports, handler), name="worker-metrics", daemon=True).start()
    except ImportError as error:
        worker.log.error(
            "this worker's metrics are not served: %s; add prometheus_client to the image, "
            "or choose metrics.exporter: app",
            error,
        )
    except Exception:
        worker.log.exception("this worker's metrics are not served")


def is_left_to_django(worker: Any, ports: range) -> bool:
    """Whether the application binds ports of the range itself, which is said."""
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
    """The ports of the range that django-prometheus was told to bind as well."""
    conf = sys.modules.get("django.conf")
    if "django_prometheus" not in sys.modules or conf is None or not conf.settings.configured:
        return []
    one = getattr(conf.settings, "PROMETHEUS_METRICS_EXPORT_PORT", None)
    several = getattr(conf.settings, "PROMETHEUS_METRICS_EXPORT_PORT_RANGE", None)
    return sorted(set(several or [one]) & set(ports))
