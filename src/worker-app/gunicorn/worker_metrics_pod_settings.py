"""The settings that follow from the pod: from its environment, its port and its read-only file system."""

import contextlib
import ipaddress
import os
import socket
import tempfile
from typing import Any, Dict, Mapping, NamedTuple

from gunicorn.config import Workers
from worker_metrics_settings import ConfigurationRefused

IMAGE_FILE = "the image's file"
SHARED_MEMORY = "/dev/shm"  # noqa: S108
# Addresses for documentation: connecting a datagram socket sends nothing, it only asks for a route.
ANY_IPV4, ANY_IPV6 = ("192.0.2.1", 9), ("2001:db8::1", 9)


class Given(NamedTuple):
    """A setting's value and where it comes from, in the words of the log."""

    value: Any
    source: str


def pod_settings(image: Mapping[str, Any], environ: Mapping[str, str], http_port: int) -> Dict[str, Given]:
    """Settings over those of the image's file; the command line wins over both."""
    settings = {"worker_tmp_dir": heartbeat_folder(image.get("worker_tmp_dir"))}
    # Each worker has a metrics port, and there are WEB_CONCURRENCY of them.
    if "WEB_CONCURRENCY" in environ:
        settings["workers"] = Given(Workers.default, "WEB_CONCURRENCY")
    # With PORT, gunicorn's own default is 0.0.0.0:$PORT; without, no other host reaches it.
    if http_port and not image.get("bind") and "PORT" not in environ:
        settings["bind"] = Given([f"{every_address()}:{http_port}"], "http.port")
    # gunicorn skips names that it does not know, so one before 25.1 passes over this.
    if not {"control_socket", "control_socket_disable"} & set(image):
        settings["control_socket_disable"] = Given(True, "read-only root")
    return settings


def heartbeat_folder(wanted: Any) -> Given:
    """Where workers' heartbeat files can live in a container whose root file system is read-only."""
    if isinstance(wanted, str) and is_writable(wanted):
        return Given(wanted, IMAGE_FILE)
    if is_writable(SHARED_MEMORY):
        return Given(SHARED_MEMORY, "read-only root")
    try:
        return Given(tempfile.gettempdir(), "read-only root")
    except FileNotFoundError as error:
        raise ConfigurationRefused(
            f"gunicorn needs a folder to write its workers' heartbeats in: neither {SHARED_MEMORY} nor a "
            "temporary folder is writable; mount an emptyDir at /tmp"
        ) from error


def is_writable(folder: str) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


def every_address() -> str:
    """[::] in a pod without IPv4, else 0.0.0.0: forwarded_allow_ips and access lines have plain IPv4 addresses then."""
    is_ipv6_only = has_address(socket.AF_INET6, ANY_IPV6) and not has_address(socket.AF_INET, ANY_IPV4)
    return "[::]" if is_ipv6_only else "0.0.0.0"  # noqa: S104


def has_address(family: int, other: Any) -> bool:
    """Whether the pod has an address from which it would reach this one."""
    with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect(other)
        # IPv6 pods on EKS have a link-local IPv4 address, for outgoing connections only.
        return not ipaddress.ip_address(probe.getsockname()[0]).is_link_local
    return False
