"""The settings in force, where each comes from, and where they differ from what the manifests assume: for the log."""

import contextlib
import io
import ipaddress
import os
import sys
from typing import Any, Iterator, List, Mapping, Optional

from worker_metrics_folder import as_configured
from worker_metrics_image_config import POD_ENVIRON, ImageConfig
from worker_metrics_pod_settings import IMAGE_FILE, Given, every_address
from worker_metrics_settings import Settings

COMMAND_LINE, ARGUMENTS = "the command line", "GUNICORN_CMD_ARGS"
# Always in the log; other settings only where something sets them.
SHOWN = ("bind", "workers", "worker_class", "threads", "timeout", "graceful_timeout", "max_requests", "preload_app")
# Their values may be secret.
NAME_ONLY = ("raw_env", "raw_paste_global_conf")
FROM_MANIFESTS = ("METRICS_START_PORT", "WEB_CONCURRENCY", "METRICS_EXPORTER", "PROMETHEUS_MULTIPROC_DIR")


class SettingsInForce:
    """What gunicorn runs with."""

    def __init__(self, cfg: Any, ours: Mapping[str, Given], image: ImageConfig) -> None:
        self.cfg, self.ours, self.image = cfg, ours, image
        sources = dict.fromkeys(image.settings, IMAGE_FILE)
        if "PORT" in POD_ENVIRON:
            sources.setdefault("bind", "PORT")
        sources.update({name: given.source for name, given in ours.items()})
        sources.update(dict.fromkeys(names_in(cfg, cfg.get_cmd_args_from_env()), ARGUMENTS))
        sources.update(dict.fromkeys(names_in(cfg, sys.argv[1:]), COMMAND_LINE))
        self.sources = {name: source for name, source in sources.items() if name in cfg.settings}

    def source(self, name: str) -> str:
        return self.sources.get(name, "gunicorn's default")

    def lines(self, our_file: str) -> Iterator[str]:
        files = " and then ".join(file for file in (self.image.location, our_file) if file)
        yield f"configuration read from {files}"
        names = [*SHOWN, *sorted(set(self.sources) - set(SHOWN) - {"config"})]
        yield "settings in force: " + ", ".join(self.described(name) for name in names)
        replaced = [name for name in sorted(self.image.settings) if self.is_replaced(name)]
        if replaced:
            yield f"settings of {self.image.location} that are not used: " + ", ".join(
                f"{name}={shown(self.image.settings[name])}" for name in replaced
            )

    def described(self, name: str) -> str:
        value = self.cfg.worker_class_str if name == "worker_class" else self.cfg.settings[name].get()
        text = name if name in NAME_ONLY else f"{name}={shown(value)}"
        return f"{text} ({self.sources[name]})" if name in self.sources else text

    def is_replaced(self, name: str) -> bool:
        """Whether ours took the place of the image's; that the command line did is in its settings already."""
        if name not in self.ours or self.ours[name].source == IMAGE_FILE:
            return False
        setting = self.cfg.settings[name]
        with contextlib.suppress(Exception):
            return bool(setting.validator(self.image.settings[name]) != setting.get())
        return True


def names_in(cfg: Any, words: List[str]) -> List[str]:
    """The settings that these arguments give."""
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            arguments, _ = cfg.parser().parse_known_args(words)
    except SystemExit:
        # A program of its own runs gunicorn, with arguments of its own.
        return []
    return [name for name, value in vars(arguments).items() if value is not None and name in cfg.settings]


def shown(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return (":" if isinstance(value, tuple) else " ").join(map(shown, value))
    if isinstance(value, str):
        return value if value.isprintable() and value and " " not in value else repr(value)
    if value is None or isinstance(value, (bool, int, float)):
        return str(value)
    return getattr(value, "__qualname__", f"<{type(value).__name__}>")


def differences(now: SettingsInForce, values: Settings, ports: Optional[range]) -> Iterator[str]:
    """One sentence for each setting that differs from what the manifests assume."""
    cfg = now.cfg
    for name, value in sorted(values.gunicorn.items()):
        actual = cfg.settings[name].get()
        if actual != value:
            flag = "--" + name.replace("_", "-")
            yield (
                f"{name} is {actual}, but the values file says {value}: {now.source(name)} decides; remove {flag} there"
            )
    if values.logs == "json" and cfg.statsd_host:
        yield (
            f"nothing is pushed to statsd, which only gunicorn's own logger does: remove statsd_host from "
            f"{now.source('statsd_host')}, or gunicorn.logs: json from the values file"
        )
    if ports and cfg.workers != len(ports):
        yield (
            f"{cfg.workers} workers run for the {len(ports)} metrics ports {ports[0]}-{ports[-1]}: "
            f"{now.source('workers')} decides; remove --workers there, WEB_CONCURRENCY sets it"
        )
    yield from wrong_address(now, values.http_port)
    yield from short_grace_period(now, values)
    environ = as_configured(os.environ)
    for name in FROM_MANIFESTS:
        if name in POD_ENVIRON and environ.get(name) != POD_ENVIRON[name]:
            yield (
                f"{name} is {environ.get(name)!r} for the application, but the manifests set {POD_ENVIRON[name]!r}: "
                f"remove it from {now.image.location or 'the arguments of gunicorn'}"
            )


def wrong_address(now: SettingsInForce, port: int) -> Iterator[str]:
    addresses = now.cfg.address
    if port and not any(is_reached(address, port) for address in addresses):
        yield (
            f"gunicorn listens at {shown(now.cfg.settings['bind'].get())} ({now.source('bind')}), but probes and "
            f"Service use port {port} of the pod (http.port), and get no answer unless another process serves it: "
            f"make it {every_address()}:{port} there, or change http.port"
        )


def is_reached(address: Any, port: int) -> bool:
    """Whether the pod's address reaches it; sockets and descriptors are for a proxy in the pod."""
    if not isinstance(address, tuple):
        return True
    host = str(address[0])
    if address[1] != port or host == "localhost":
        return False
    if host == "0.0.0.0":  # noqa: S104
        return every_address() == host
    with contextlib.suppress(ValueError):
        return not ipaddress.ip_address(host).is_loopback
    return True


def short_grace_period(now: SettingsInForce, values: Settings) -> Iterator[str]:
    name = "graceful_timeout"
    actual, assumed = now.cfg.graceful_timeout, type(now.cfg.settings[name]).default
    if name not in values.gunicorn and actual > assumed:
        yield (
            f"{name} is {actual} ({now.source(name)}), but the pod's grace period is for {assumed} s and ends longer "
            f"requests: set gunicorn.gracefulTimeout: {actual} in the values file"
        )
