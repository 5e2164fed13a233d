#!/bin/sh
# Lets Prometheus follow a git repository: validate, then switch, then reload.
#
# git-sync runs it (--exechook-command) in each new worktree, with the commit in GITSYNC_HASH, and again after a while
# when it fails. It needs no more than git-sync's image has: a shell, coreutils and socat.
#
#   config-hook.sh                        put the commit in force, or fail and leave the last good one in force
#   config-hook.sh first COMMAND [ARG]…   wait until there is a valid configuration: the last good one, or else what
#                                         COMMAND (git-sync, for one time, with this hook) brings
#
# Of what is in CONFIG_DIR, Prometheus reads the link `current` only. It leads to a folder of `releases`, which is a copy
# of a commit that promtool has found valid; git-sync removes its own worktrees as soon as there is a newer commit.
set -eu
umask 027

config_dir=${CONFIG_DIR:?the folder for configurations}
config_file=${CONFIG_FILE:?the path of prometheus.yml in the repository}
promtool=${PROMTOOL:?the path of promtool}
# Empty where there is no Prometheus to reload yet.
prometheus=${PROMETHEUS_ADDRESS-}
# Empty where nothing is encrypted.
sops=${SOPS-}

current=$config_dir/current

say() {
  printf 'config-hook: %s\n' "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

is_valid() {
  "$promtool" check config "$1/$config_file" >&2
}

# A link could lead to what changes after it was validated, or to a secret.
has_links() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    if [ -L "$entry" ]; then return 0; fi
    if [ -d "$entry" ] && has_links "$entry"; then return 0; fi
  done
  return 1
}

# Each file NAME.sops.EXT becomes NAME.EXT. sops finds the key by itself, from its environment.
decrypt() {
  find_encrypted "$1" | while IFS= read -r file; do
    plain=${file%.sops.*}.${file##*.}
    [ ! -e "$plain" ] || fail "$plain is there, and would be what ${file##*/} decrypts to"
    "$sops" --decrypt --output "$plain" "$file" || fail "cannot decrypt $file"
    rm -f "$file"
  done
}

find_encrypted() {
  for entry in "$1"/* "$1"/.[!.]*; do
    if [ -d "$entry" ]; then
      find_encrypted "$entry"
    else
      case ${entry##*/} in ?*.sops.?*) printf '%s\n' "$entry" ;; esac
    fi
  done
}

# Makes the folder $1 a valid copy of the commit, or fails. It is moved into place whole, and never changes again.
release() {
  rm -rf "$config_dir"/staged.*
  if [ -d "$1" ]; then
    is_valid "$1" || fail 'promtool finds the commit invalid'
    return
  fi
  staged=$config_dir/staged.$$
  mkdir -p "$config_dir/releases"
  cp -RP . "$staged"
  rm -rf "$staged/.git"
  if has_links "$staged"; then fail 'there are symbolic links in the commit; commit the files themselves'; fi
  if [ -n "$sops" ]; then decrypt "$staged"; fi
  is_valid "$staged" || fail 'promtool finds the commit invalid'
  mv "$staged" "$1"
}

# The link leads to the old folder or the new one at any moment: rename() replaces it in one step.
point_at() {
  rm -f "$current.new"
  ln -s "$1" "$current.new"
  mv -fT "$current.new" "$current"
}

# The status of Prometheus' answer, such as 200; nothing when there is none.
reload() {
  printf 'POST /-/reload HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n' |
    socat -t "${RELOAD_TIMEOUT:-60}" - "TCP:$prometheus" |
    {
      read -r _ status _ || status=
      cat >&2
      printf '%s' "$status"
    }
}

# Switches to the release $1. One that Prometheus refuses, though promtool does not, is switched back.
put_in_force() {
  before=$(readlink "$current" || true)
  point_at "releases/$1"
  if [ -z "$prometheus" ]; then return 0; fi
  status=$(reload || true)
  case $status in
    200) ;;
    '') fail 'Prometheus does not answer; it reads the configuration when it starts' ;;
    *)
      if [ -n "$before" ] && [ "$before" != "releases/$1" ]; then
        point_at "$before"
        reload >/dev/null || true
      fi
      fail "Prometheus refuses to load it ($status)"
      ;;
  esac
}

# Keeps the release $1, which is in force, and the one before it.
remove_old() {
  for old in "$config_dir"/releases/*; do
    case ${old##*/} in "$1" | "${before##*/}") ;; *) rm -rf "$old" ;; esac
  done
}

follow() {
  hash=${GITSYNC_HASH:?the commit}
  case $hash in *[!0-9a-f]*) fail 'GITSYNC_HASH is no commit' ;; esac
  trap 'say "commit $hash is not in force; what was before it still is"' EXIT
  release "$config_dir/releases/$hash"
  put_in_force "$hash"
  remove_old "$hash"
  trap - EXIT
  say "commit $hash is in force"
}

first() {
  if [ -e "$current/$config_file" ] && is_valid "$current"; then
    say "starting with the last good configuration, $(readlink "$current")"
    return
  fi
  say 'waiting for a first valid configuration'
  until "$@"; do sleep "${RETRY_SECONDS:-10}"; done
}

case ${1-} in
  first)
    shift
    first "$@"
    ;;
  *) follow ;;
esac
