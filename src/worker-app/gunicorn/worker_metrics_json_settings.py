"""The feature gunicorn.logs: json, and its settings."""

import contextlib
import logging.config
from typing import Any, Dict, Iterator, Mapping, Tuple

import worker_metrics_json_logs
from worker_metrics_pod_settings import IMAGE

SOURCE = "gunicorn.logs"


class Feature:
    def __init__(self, pod: Any) -> None:
        pod.ours.update(json_settings(pod.image))

    def differences(self, now: Any) -> Iterator[str]:
        if now.cfg.statsd_host:
            yield (
                f"{now.described('statsd_host')}, but nothing is pushed to statsd with gunicorn.logs: json, as only "
                "gunicorn's own logger pushes: remove one of the two"
            )

    @contextlib.contextmanager
    def post_worker_init(self, _worker: Any) -> Iterator[None]:
        yield
        worker_metrics_json_logs.after_load()


def json_settings(image: Mapping[str, Any]) -> Dict[str, Tuple[Any, str]]:
    """Setting -> value and source. The image's logconfig_dict stays, and its console handlers write JSON."""
    logging.config.dictConfigClass = worker_metrics_json_logs.TakingOverConfigurator
    loggers, given = worker_metrics_json_logs.LOGGING, image.get("logconfig_dict")
    is_given = isinstance(given, dict) and bool(given)
    settings = {
        "accesslog": ("-", SOURCE),
        "logger_class": (worker_metrics_json_logs.JsonLogger, SOURCE),
        "logconfig_dict": (merged(loggers, given), IMAGE) if is_given else (loggers, SOURCE),
    }
    # gunicorn ignores these where there is a logconfig_dict; our log names them.
    settings.update({name: (None, SOURCE) for name in ("logconfig", "logconfig_json") if name in image})
    return settings


def merged(ours: Dict[str, Any], image: Dict[str, Any]) -> Dict[str, Any]:
    both = {name: {**ours[name], **image.get(name, {})} for name in ("handlers", "loggers")}
    return {**ours, **image, **both}
