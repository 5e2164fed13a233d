"""In a container as the manifests make it: a read-only root, no user of that name, only /tmp and /dev/shm writable."""

import os
import re
import shutil
import subprocess

import pytest
from gunicorn_server import get
from waiting import END_LIMIT

NOBODY = "12345"
# Mounts of its own, then a user that may read this machine's interpreter but write nowhere.
CONTAINER = """
set -e
mount --make-rprivate /
mount -t tmpfs -o mode=1777 tmpfs /dev/shm
mount --bind /tmp /tmp
cut -d' ' -f2 /proc/mounts | grep -v -e ^/tmp$ -e ^/dev/shm$ -e ^/proc -e ^/dev -e ^/sys | while read -r mount; do
    mount -o remount,bind,ro "$mount" 2>/dev/null || true
done
exec setpriv --reuid={nobody} --regid={nobody} --clear-groups --inh-caps=+dac_read_search \\
    --ambient-caps=+dac_read_search "$@"
""".replace("{nobody}", NOBODY)

needs_root = pytest.mark.skipif(
    os.geteuid() != 0 or not (shutil.which("unshare") and shutil.which("setpriv")),
    reason="needs root, unshare and setpriv",
)


IN_CONTAINER = ["unshare", "--mount", "--", "bash", "-c", CONTAINER, "container"]


@needs_root
def test_the_container_of_these_tests_lets_nobody_write(tmp_path):
    script = 'id -u; for d in / /etc /work "$1"; do test -w $d && echo "writable: $d"; done; test -w /tmp && echo tmp'
    shown = subprocess.run(
        [*IN_CONTAINER, "bash", "-c", script, "-", str(tmp_path)], stdout=subprocess.PIPE, check=True
    )
    assert shown.stdout.decode().split("\n")[:-1] == [NOBODY, "tmp"]


@needs_root
@pytest.mark.parametrize("home", ["/", None], ids=["HOME=/", "no HOME"])
def test_gunicorn_serves_and_complains_of_nothing_with(home, serve):
    server = serve({"exporter": "gunicorn"}, prefix=IN_CONTAINER, environ={"HOME": home}, workers=2)
    server.until_serving()
    assert get(server.port, "/")[0] == 200
    assert "ERROR" not in server.stderr() and "WARNING" not in server.stderr()


IPV4 = "ip address add 10.9.9.9/32 dev lo; ip route add default dev lo"
IPV6 = "ip -6 address add fd00::9/128 dev lo; ip -6 route add default dev lo"
NETWORKS = {
    "IPv4 and IPv6": (f"{IPV4}; {IPV6}", "0.0.0.0"),
    "IPv4": (IPV4, "0.0.0.0"),
    "IPv6": (IPV6, "[::]"),
    "IPv6, and a link-local IPv4 address": (f"{IPV6}; {IPV4.replace('10.9.9.9', '169.254.172.2')}", "[::]"),
    "no address": ("true", "0.0.0.0"),
}


def in_network(addresses):
    """A network namespace of its own, with these addresses."""
    return ["unshare", "--net", "--", "bash", "-c", f'set -e; ip link set lo up; {addresses}; exec "$@"', "network"]


@needs_root
@pytest.mark.skipif(not shutil.which("ip"), reason="needs ip")
@pytest.mark.parametrize(("addresses", "bind"), NETWORKS.values(), ids=NETWORKS)
def test_gunicorn_listens_where_the_pod_is_reached_with(addresses, bind, serve):
    server = serve({"httpPort": 5000}, image={}, bind=None, prefix=in_network(addresses), arguments=["--print-config"])
    assert server.process.wait(END_LIMIT) == 0, server.stderr()
    assert re.search(r"^bind += (.*)$", server.stdout(), re.M).group(1) == f"['{bind}:5000']"


@needs_root
@pytest.mark.skipif(not shutil.which("ip"), reason="needs ip")
def test_an_ipv4_address_in_a_pod_without_ipv4_is_warned_of(serve, metrics_port):
    prefix = in_network(IPV6)
    server = serve({"httpPort": metrics_port}, image={}, bind="0.0.0.0", prefix=prefix)
    server.until_logged(f"make it [::]:{metrics_port} there")
