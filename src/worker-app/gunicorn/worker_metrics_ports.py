"""The metrics ports in the environment: WEB_CONCURRENCY of them from METRICS_START_PORT, or that one alone."""

from typing import Mapping

LAST_PORT = 65535


def ports_from(environ: Mapping[str, str]) -> range:
    """One port for each worker."""
    workers = _whole_number(environ, "WEB_CONCURRENCY", "the number of workers")
    start = _whole_number(environ, "METRICS_START_PORT", "the first metrics port")
    ports = range(start, start + workers)
    if ports[-1] > LAST_PORT:
        raise SystemExit(
            f"METRICS_START_PORT: {workers} workers from port {start} need ports {start}-{ports[-1]}, "
            f"beyond {LAST_PORT}; lower it to {LAST_PORT - workers + 1} or below"
        )
    return ports


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
        raise SystemExit(
            f"{name}: expected a whole number from 1 to {LAST_PORT} ({meaning}), {got}; "
            f"set {name} in the container's environment"
        )
    return number
