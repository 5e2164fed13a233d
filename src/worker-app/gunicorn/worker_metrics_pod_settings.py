"""Settings that follow from the pod: its environment, its port and its read-only root file system."""

import contextlib
import os
import socket

IMAGE = "the image's file"
READ_ONLY = "read-only root"


def pod_settings(image, environ, http_port):
    """Setting -> value and source. They win over the image's file; the command line wins over both."""
    settings = {"worker_tmp_dir": heartbeat_folder(image.get("worker_tmp_dir"))}
    # Each worker needs a metrics port, and there are WEB_CONCURRENCY of them.
    if "WEB_CONCURRENCY" in environ:
        settings["workers"] = int(environ["WEB_CONCURRENCY"]), "WEB_CONCURRENCY"
    # gunicorn's default is 0.0.0.0:$PORT; without PORT no other host reaches it.
    if not image.get("bind") and "PORT" not in environ:
        settings["bind"] = [f"{every_address()}:{http_port}"], "http.port"
    # gunicorn ignores unknown names: versions before 25.1 have no control socket.
    if not {"control_socket", "control_socket_disable"} & set(image):
        settings["control_socket_disable"] = True, READ_ONLY
    return settings


def heartbeat_folder(wanted):
    """A folder that can be written, for the heartbeat files of the workers."""
    for folder, source in ((str(wanted), IMAGE), ("/dev/shm", READ_ONLY), ("/tmp", READ_ONLY)):
        if os.access(folder, os.W_OK | os.X_OK):
            return folder, source
    raise SystemExit("workers cannot write their heartbeats to /dev/shm or /tmp; mount an emptyDir at /tmp")


def every_address():
    """[::] in a pod without IPv4, else 0.0.0.0: forwarded_allow_ips and access lines then have plain IPv4 addresses."""
    # Addresses for documentation. To connect a datagram socket sends nothing.
    is_ipv6_only = can_reach(socket.AF_INET6, "2001:db8::1") and not can_reach(socket.AF_INET, "192.0.2.1")
    return "[::]" if is_ipv6_only else "0.0.0.0"


def can_reach(family, host):
    with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect((host, 9))
        # Link-local: IPv6 pods on EKS have it for outgoing connections only.
        return not probe.getsockname()[0].startswith(("169.254.", "fe80:"))
    return False
