"""Takes away from a real gunicorn a part of the machine: modules, the kernel's IPv6, or its speed."""

import errno
import os
import socket
import sys
import time


class Missing:
    def __init__(self, names):
        self.names = names

    def find_spec(self, name, *_):
        if name.split(".")[0] in self.names:
            raise ImportError(f"No module named {name!r}")


class SocketWithoutIPv6(socket.socket):
    def __init__(self, family=-1, *args, **kwargs):
        if family == socket.AF_INET6:
            raise OSError(errno.EAFNOSUPPORT, os.strerror(errno.EAFNOSUPPORT))
        super().__init__(family, *args, **kwargs)


sys.meta_path.insert(0, Missing(os.environ.get("WITHOUT_MODULES", "").split(",")))
if os.environ.get("WITHOUT_IPV6"):
    socket.socket = SocketWithoutIPv6
if os.environ.get("WITHOUT_GRAPHITE_TAGS"):
    from prometheus_client.bridge import graphite

    class BridgeWithoutTags(graphite.GraphiteBridge):
        def __init__(self, address, registry=None, timeout_seconds=30):
            super().__init__(address, registry, timeout_seconds)

    graphite.GraphiteBridge = BridgeWithoutTags
if os.environ.get("WITHOUT_FORKS_IF"):
    fork = os.fork

    def no_fork():
        file = os.environ["WITHOUT_FORKS_IF"]
        if os.path.exists(file):
            os.rename(file, file + ".asked")
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        return fork()

    os.fork = no_fork
if os.environ.get("SLOW_FORKS_WHILE"):
    quick_fork = os.fork

    def slow_fork():
        pid = quick_fork()
        while pid and os.path.exists(os.environ["SLOW_FORKS_WHILE"]):
            time.sleep(0.02)
        return pid

    os.fork = slow_fork
if os.environ.get("WITHOUT_SPACE"):
    os.statvfs = lambda _: os.statvfs_result((4096, 4096, 10000, 1000, 1000, 0, 0, 0, 0, 255))
