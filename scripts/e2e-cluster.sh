#!/bin/sh
# Runs the tests of test/e2e-cluster in network, mount and process namespaces of their own. When the tests end, in any
# way, the kernel ends all programs, mounts and networks with them.
set -eu
cd "$(dirname "$0")/.."

if [ "${1-}" != inside ]; then
  command -v ip >/dev/null || {
    echo 'e2e:cluster: ip is not installed; install it with: apt-get install iproute2' >&2
    exit 1
  }
  unshare --net --mount --pid --fork true 2>/dev/null || {
    echo 'e2e:cluster: this machine lets it create no namespaces; run it as root, in a container with the capabilities SYS_ADMIN and NET_ADMIN' >&2
    exit 1
  }
  exec unshare --net --mount --pid --fork --kill-child --mount-proc sh "$0" inside "$@"
fi
shift

ip link set lo up
ip link add name probe type bridge || {
  echo 'e2e:cluster: this machine lets it create no network bridge; it needs the kernel modules bridge and veth' >&2
  exit 1
}
ip link delete probe
# Temporary files and named networks are in memory, and end with the mount namespace.
mount -t tmpfs tmpfs /mnt
mkdir -p /mnt/networks /run/netns
mount --bind /mnt/networks /run/netns
TMPDIR=/mnt node_modules/.bin/jest --config jest.cluster.config.mjs "$@"
