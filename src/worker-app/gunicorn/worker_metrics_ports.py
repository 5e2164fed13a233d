"""Which ports the workers' metrics have: WEB_CONCURRENCY of them, from METRICS_START_PORT, or that one alone."""

from typing import Mapping, Optional

from worker_metrics_settings import ConfigurationRefused

LAST_PORT = 65535


def ports_from(environ: Mapping[str, str]) -> range:
    """The range that the container's environment names; one port for each worker."""
    workers = _whole_number(environ, "WEB_CONCURRENCY", "the number of workers")
    start = _whole_number(environ, "METRICS_START_PORT", "the first metrics port")
    ports = range(start, start + workers)
    if ports[-1] > LAST_PORT:
        raise ConfigurationRefused(
            f"METRICS_START_PORT: {workers} workers from port {start} need ports {start}-{ports[-1]}, "
            f"beyond {LAST_PORT}; lower it to {LAST_PORT - workers + 1} or below"
        )
    return ports


def ports_of_application(environ: Mapping[str, str]) -> Optional[range]:
    """The same range where the application itself serves metrics; None where the environment names none."""
    try:
        return ports_from(environ)
    except ConfigurationRefused:
        return None


def shared_port_from(environ: Mapping[str, str]) -> range:
    """The one port for the sums of all workers."""
    start = _whole_number(environ, "METRICS_START_PORT", "the metrics port")
    return range(start, start + 1)


def _whole_number(environ: Mapping[str, str], name: str, meaning: str) -> int:
    text = environ.get(name)
    try:
        number = int(text or "")
    except ValueError:
        number = 0
    if not 1 <= number <= LAST_PORT:
        got = "it is not set" if text is None else f"got {text!r}"
        raise ConfigurationRefused(
            f"{name}: expected a whole number from 1 to {LAST_PORT} ({meaning}), {got}; "
            f"set {name} in the container's environment"
        )
    return number
