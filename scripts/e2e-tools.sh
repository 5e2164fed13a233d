#!/bin/sh
# Installs what `npm run e2e` runs and this machine lacks. Needs Go, and root for Debian's packages.
set -eu
cd "$(dirname "$0")/.."
tools="${XDG_CACHE_HOME:-$HOME/.cache}/cdk8s-worker-metrics/e2e-tools"

debian() { # program, package
  command -v "$1" >/dev/null || missing="${missing-} $2"
}
debian prometheus prometheus
debian amtool prometheus-alertmanager
debian git git
debian socat socat
debian shellcheck shellcheck
debian age-keygen age
debian kubectl kubernetes-client
if [ -n "${missing-}" ]; then
  apt-get update
  # shellcheck disable=SC2086 # a list of packages
  apt-get install -y --no-install-recommends $missing
fi

go_tool() { # name, module@version
  [ -x "$tools/$1" ] || GOBIN="$tools" GOFLAGS=-mod=mod go install "$2"
}
# Debian's is 0.25; --cluster.label came with 0.26. Newer ones than 0.28 do not carry their built UI in the module.
go_tool alertmanager github.com/prometheus/alertmanager/cmd/alertmanager@v0.28.1
go_tool sops github.com/getsops/sops/v3/cmd/sops@v3.13.3
