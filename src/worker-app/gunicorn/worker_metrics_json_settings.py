"""The settings behind gunicorn.logs: json."""

import logging.config
from typing import Any, Dict, Mapping

import worker_metrics_json_logs
from worker_metrics_pod_settings import IMAGE_FILE, Given

SOURCE = "gunicorn.logs"


def json_settings(image: Mapping[str, Any]) -> Dict[str, Given]:
    """The image's logconfig_dict is followed, and its console handlers write JSON, as those of the application do."""
    logging.config.dictConfigClass = worker_metrics_json_logs.TakingOverConfigurator
    settings = {
        "accesslog": Given("-", SOURCE),
        "logger_class": Given(worker_metrics_json_logs.JsonLogger, SOURCE),
        "logconfig_dict": Given(worker_metrics_json_logs.LOGGING, SOURCE),
    }
    # gunicorn passes over these where there is a logconfig_dict; our log names them.
    settings.update({name: Given(None, SOURCE) for name in ("logconfig", "logconfig_json") if name in image})
    if isinstance(image.get("logconfig_dict"), dict) and image["logconfig_dict"]:
        settings["logconfig_dict"] = Given(
            merged(worker_metrics_json_logs.LOGGING, image["logconfig_dict"]), IMAGE_FILE
        )
    return settings


def merged(ours: Dict[str, Any], image: Dict[str, Any]) -> Dict[str, Any]:
    both = {name: {**ours[name], **image.get(name, {})} for name in ("handlers", "loggers")}
    return {**ours, **image, **both}
