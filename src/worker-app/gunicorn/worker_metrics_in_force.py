"""Logs the settings in force, their sources, and how they differ from the manifests."""

import contextlib
import io
import os
import sys

from worker_metrics_pod_settings import IMAGE, every_address

# Always logged, unlike others.
SHOWN = ("bind", "workers", "worker_class", "threads", "timeout", "graceful_timeout", "max_requests", "preload_app")
SECRET = ("raw_env", "raw_paste_global_conf")


class Feature:
    def __init__(self, pod):
        self.pod = pod

    @contextlib.contextmanager
    def when_ready(self, server):
        try:
            self.read(server.cfg)
            others = set(self.sources) & set(server.cfg.settings) - {*SHOWN, "config"}
            server.log.info("configuration read from %s", " and then ".join(self.pod.files))
            server.log.info("settings in force: %s", ", ".join(map(self.described, [*SHOWN, *sorted(others)])))
            for feature in self.pod.features:
                for sentence in getattr(feature, "differences", lambda _: ())(self):
                    server.log.warning(sentence)
        except Exception:
            # gunicorn serves all the same.
            server.log.exception("the settings in force cannot be logged")
        yield

    on_reload = when_ready

    def read(self, cfg):
        self.cfg = cfg
        self.sources = {
            **({"bind": "PORT"} if "PORT" in self.pod.environ else {}),
            **dict.fromkeys(self.pod.image, IMAGE),
            **{name: source for name, (_, source) in self.pod.ours.items()},
            **self.given(cfg.get_cmd_args_from_env(), "GUNICORN_CMD_ARGS"),
            **self.given(sys.argv[1:], "the command line"),
        }

    def given(self, arguments, source):
        # A program that runs gunicorn may have arguments that gunicorn refuses.
        with contextlib.suppress(SystemExit), contextlib.redirect_stderr(io.StringIO()):
            known, _ = self.cfg.parser().parse_known_args(arguments)
            return {name: source for name, value in vars(known).items() if value is not None}
        return {}

    def described(self, name):
        """Name, value, source, and the image's value that is not used."""
        text, source = name, self.sources.get(name)
        if name not in SECRET:
            text = f"{name}={shown(self.cfg.settings[name].get())}"
            if source != IMAGE and name in self.pod.image:
                source = f"{source}, not {shown(self.pod.image[name])} of {IMAGE}"
        return f"{text} ({source})" if source else text

    def differences(self, _):
        wanted = self.pod.values["gunicorn"]
        for name, value in wanted.items():
            if self.cfg.settings[name].get() != value:
                yield f"{self.described(name)}, but the values file sets {value}: remove it there"
        port, every = self.pod.values["httpPort"], every_address()
        if not any(is_reached(address, port, every) for address in self.cfg.address):
            text = f"{self.described('bind')}, but probes and the Service use port {port}: unless something else"
            yield f"{text} serves it, make it {every}:{port} there, or change http.port"
        name, timeout = "graceful_timeout", self.cfg.graceful_timeout
        if name not in wanted and timeout > type(self.cfg.settings[name]).default:
            text = f"{self.described(name)}, but the pod's grace period ends longer requests"
            yield f"{text}: set gunicorn.gracefulTimeout: {timeout}"
        for name in ("METRICS_START_PORT", "WEB_CONCURRENCY", "METRICS_EXPORTER"):
            yield from self.changed(name, os.environ.get(name))

    def changed(self, name, actual):
        wanted = self.pod.environ.get(name, actual)
        if actual != wanted:
            place = " or ".join([*self.pod.files[:-1], "gunicorn's arguments"])
            yield f"{name} is {actual!r}, but the manifests set {wanted!r}: remove it from {place}"


def shown(value):
    if value is None or isinstance(value, (str, int, float, list, tuple)):
        return repr(value)
    return getattr(value, "__qualname__", f"<{type(value).__name__}>")


def is_reached(address, port, every):
    # A socket or a descriptor is for a proxy in the pod.
    if not isinstance(address, tuple):
        return True
    host = address[0]
    is_local = host in ("localhost", "::1") or host.startswith("127.")
    return address[1] == port and not is_local and (host != "0.0.0.0" or host == every)
