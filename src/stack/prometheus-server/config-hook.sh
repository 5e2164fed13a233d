#!/bin/sh
# Lets Prometheus follow a git repository: validate, then switch, then reload.
#
# git-sync runs it (--exechook-command) in each new worktree, with the commit in GITSYNC_HASH, and again after a while
# when it fails. It needs only the programs of git-sync's image: a shell, coreutils, grep, sed, git and socat.
#
#   config-hook.sh                        put the commit in force, or fail and leave the last good one in force
#   config-hook.sh first COMMAND [ARG]…   wait until there is a valid configuration: the last good one, or else the one
#                                         that COMMAND (git-sync, for one time, with this hook) brings
#
# Prometheus reads only the link `current` in CONFIG_DIR. It leads to a folder in `releases`, which is a copy of a commit
# that promtool has found valid; git-sync removes its own worktrees as soon as there is a newer commit. The link `good`
# leads to the release that Prometheus itself has loaded: promtool does not find everything that Prometheus refuses.
set -eu
umask 027

config_dir=${CONFIG_DIR:?the folder for configurations}
config_file=${CONFIG_FILE:?the path of prometheus.yml in the repository}
# Empty where there is no Prometheus to reload yet.
prometheus=${PROMETHEUS_ADDRESS-}

current=$config_dir/current
good=$config_dir/good
# Contains the commit that Prometheus has refused: trying it again would put half of it in force for a moment, each time.
refused=$config_dir/refused
# Contains the time since when Prometheus does not answer: it may no longer start with the last good configuration.
silent=$config_dir/silent

say() {
  printf 'config-hook: %s\n' "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

here=${0%/*}
# shellcheck source=src/stack/prometheus-server/hook-references.sh
. "$here/hook-references.sh"
# shellcheck source=src/stack/prometheus-server/hook-release.sh
. "$here/hook-release.sh"
# shellcheck source=src/stack/prometheus-server/hook-switch.sh
. "$here/hook-switch.sh"

# Waits until no other run of the hook is at work. The kernel holds the lock (flock) for this shell and the programs that
# it started, and frees it when the last of them ends: a killed run leaves no lock behind.
lock() {
  exec 9>>"$config_dir/lock"
  timeout "${LOCK_TIMEOUT:-60}" socat -u OPEN:/dev/null FD:9,flock-ex ||
    fail "cannot lock $config_dir/lock; another run of this hook is at work"
}

unlock() {
  exec 9>&-
}

follow() {
  hash=${GITSYNC_HASH:?the commit}
  case $hash in *[!0-9a-f]*) fail 'GITSYNC_HASH is no commit' ;; esac
  instead='the one before it still is'
  at_start='Prometheus reads it when it starts'
  trap 'say "commit $hash is not in force; $instead"' EXIT
  lock
  sweep
  make_release "$hash"
  put_in_force "$hash"
  remove_releases_except "releases/$hash" "$loaded"
  trap - EXIT
  say "commit $hash is in force"
}

# Runs a command such that the signal that ends the pod need not wait for its end. The shell is the container's first
# process, which no signal ends by itself.
patiently() {
  "$@" &
  child=$!
  wait "$child"
}

first() {
  child=
  trap 'if [ -n "$child" ]; then kill "$child" || true; fi; exit 143' TERM INT
  lock
  rm -f "$refused" "$silent"
  sweep
  # Nothing reads the others, and a hook of an earlier version may have left half of one.
  remove_releases_except "$(readlink "$good" || true)" "$(readlink "$current" || true)"
  if last_good; then return; fi
  unlock
  say 'waiting for a first valid configuration'
  # A Secret that the last good configuration lacks may appear, too.
  until patiently "$@" || last_good; do patiently sleep "${RETRY_SECONDS:-10}"; done
}

last_good() {
  for link in "$good" "$current"; do
    found=$(still_valid "$link")
    if [ -z "$found" ]; then continue; fi
    point "$current" "$found"
    say "starting with the last good configuration, $found"
    return 0
  done
  return 1
}

case ${1-} in
  first)
    shift
    first "$@"
    ;;
  *) follow ;;
esac
