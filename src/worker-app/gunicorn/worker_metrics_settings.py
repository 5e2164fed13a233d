"""What the values file decided: settings.json, read and checked, in gunicorn's own words."""

import json
import os
from types import MappingProxyType
from typing import Any, Dict, List, Mapping, NamedTuple, Optional

FILE_NAME = "settings.json"
CHOICES = {
    "exporter": ("app", "gunicorn"),
    "strategy": ("port-per-worker", "multiprocess"),
    "logs": ("text", "json"),
}
NUMBERS = {
    "timeout": "timeout",
    "gracefulTimeout": "graceful_timeout",
    "maxRequests": "max_requests",
    "maxRequestsJitter": "max_requests_jitter",
    "threads": "threads",
}
TEXTS = {"workerClass": "worker_class"}
GRAPHITE = "graphite"
HTTP_PORT = "httpPort"
KEYS = sorted([*CHOICES, *NUMBERS, *TEXTS, GRAPHITE, HTTP_PORT])


class ConfigurationRefused(SystemExit):
    """Ends gunicorn with a sentence on stderr and exit code 1, without a traceback."""


class Graphite(NamedTuple):
    """Where metrics are pushed to, every so many seconds, and what each line is tagged with."""

    host: str
    port: int
    interval: float
    prefix: str = ""
    tags: Mapping[str, str] = MappingProxyType({})


class Settings(NamedTuple):
    exporter: str
    strategy: str
    logs: str
    graphite: Optional[Graphite]
    http_port: int
    """Where the probes and the Service reach gunicorn; 0 where nothing says."""
    gunicorn: Dict[str, Any]
    """By gunicorn's names, only what the values file gives."""


def read_settings(folder: str) -> Settings:
    """Reads settings.json; a missing key leaves gunicorn's default, all problems are told at once."""
    path = os.path.join(folder, FILE_NAME)
    try:
        with open(path, encoding="utf-8") as file:
            values = json.load(file)
    except (OSError, ValueError) as error:
        raise ConfigurationRefused(
            f"{path}: cannot be read: {error}; mount the whole ConfigMap beside gunicorn.conf.py"
        ) from error
    problems = _problems(values)
    if problems:
        raise ConfigurationRefused("\n".join(f"{path}: {problem}" for problem in problems))
    names = dict(NUMBERS, **TEXTS)
    return Settings(
        exporter=values.get("exporter", "app"),
        strategy=values.get("strategy", "port-per-worker"),
        logs=values.get("logs", "text"),
        graphite=Graphite(**values[GRAPHITE]) if GRAPHITE in values else None,
        http_port=values.get(HTTP_PORT, 0),
        gunicorn={name: values[key] for key, name in names.items() if key in values},
    )


def _problems(values: Any) -> List[str]:
    if not isinstance(values, dict):
        return [f"expected a JSON object, got {json.dumps(values)}"]
    problems = []
    for key, value in values.items():
        allowed = _allowed(key, value)
        if allowed:
            problems.append(f"{key}: expected {allowed}, got {json.dumps(value)}")
    if values.get("strategy") == "multiprocess" and values.get("exporter") != "gunicorn":
        problems.append('strategy: "multiprocess" is served by gunicorn only; set exporter to "gunicorn"')
    if GRAPHITE in values and values.get("exporter") != "gunicorn":
        problems.append('graphite: gunicorn pushes what it serves; set exporter to "gunicorn"')
    return problems


def _allowed(key: str, value: Any) -> Optional[str]:
    """What `key` may hold, when `value` is not that."""
    if key in CHOICES:
        return None if value in CHOICES[key] else " or ".join(json.dumps(choice) for choice in CHOICES[key])
    if key in NUMBERS or key == HTTP_PORT:
        is_number = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return None if is_number else "a whole number, 0 or more"
    if key in TEXTS:
        return None if isinstance(value, str) and value else "the name of a worker class"
    if key == GRAPHITE:
        return None if is_graphite(value) else 'a map with "host", "port", "interval" in seconds, "prefix" and "tags"'
    return "one of the keys " + ", ".join(KEYS)


def is_graphite(value: Any) -> bool:
    if not isinstance(value, dict) or not {"host", "port", "interval"} <= set(value) <= set(Graphite._fields):
        return False
    tags = value.get("tags", {})
    numbers = [value["port"], value["interval"]]
    texts = [value["host"], value.get("prefix", ""), *(tags.values() if isinstance(tags, dict) else [None])]
    is_number = all(isinstance(number, (int, float)) and number > 0 for number in numbers)
    return is_number and all(isinstance(text, str) for text in texts)
