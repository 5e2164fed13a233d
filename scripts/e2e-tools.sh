#!/bin/sh
# Installs the programs of `npm run test:tools`, `test:python` and `e2e` that this machine lacks. Needs root for Debian's
# packages, if any is missing.
set -eu
cd "$(dirname "$0")/.."
tools="${XDG_CACHE_HOME:-$HOME/.cache}/cdk8s-worker-metrics/e2e-tools"

debian() { # program, package
  command -v "$1" >/dev/null || missing="${missing-} $2"
}
debian prometheus prometheus
debian promtool prometheus
debian amtool prometheus-alertmanager
debian python3 python3
python3 -c 'import ensurepip' 2>/dev/null || missing="${missing-} python3-venv"
debian go golang-go
debian git git
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || missing="${missing-} postgresql"
debian redis-server redis-server
debian socat socat
debian ip iproute2
debian shellcheck shellcheck
debian age-keygen age
debian kubectl kubernetes-client
debian chromium chromium
if [ -n "${missing-}" ]; then
  apt-get update -qq
  # shellcheck disable=SC2086 # a list of packages
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing
fi

go_tool() { # name, module@version
  # Built as the programs of `npm run e2e:cluster`, and so with parts of theirs from Go's cache.
  [ -x "$tools/$1" ] ||
    GOBIN="$tools" GOFLAGS=-mod=mod CGO_ENABLED=0 go install -trimpath -gcflags=all=-dwarf=false "$2"
}
# Debian's is 0.25; --cluster.label came with 0.26. Newer ones than 0.28 do not carry their built UI in the module.
go_tool alertmanager github.com/prometheus/alertmanager/cmd/alertmanager@v0.28.1
go_tool sops github.com/getsops/sops/v3/cmd/sops@v3.13.3
go_tool helm helm.sh/helm/v3/cmd/helm@v3.19.0
go_tool actionlint github.com/rhysd/actionlint/cmd/actionlint@v1.7.12

# In an environment of its own: it needs packages from PyPI.
if [ ! -x "$tools/pre-commit/bin/pre-commit" ]; then
  python3 -m venv "$tools/pre-commit"
  "$tools/pre-commit/bin/pip" install --quiet --disable-pip-version-check pre-commit==4.7.0
fi
