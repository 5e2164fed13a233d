#!/bin/sh
# Lets Prometheus follow a git repository: validate, then switch, then reload.
#
# git-sync runs it (--exechook-command) in each new worktree, with the commit in GITSYNC_HASH, and again after a while
# when it fails. It needs no more than git-sync's image has: a shell, coreutils, git and socat.
#
#   config-hook.sh                        put the commit in force, or fail and leave the last good one in force
#   config-hook.sh first COMMAND [ARG]…   wait until there is a valid configuration: the last good one, or else what
#                                         COMMAND (git-sync, for one time, with this hook) brings
#
# Of what is in CONFIG_DIR, Prometheus reads the link `current` only. It leads to a folder of `releases`, which is a copy
# of a commit that promtool has found valid; git-sync removes its own worktrees as soon as there is a newer commit. The
# link `good` leads to the release that Prometheus itself has loaded: promtool does not find all that Prometheus refuses.
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
good=$config_dir/good
# Holds the commit that Prometheus has refused: to try it again would put half of it in force for a moment, each time.
refused=$config_dir/refused
# Holds since when there is no Prometheus to ask: it may not start with the last good configuration any more.
silent=$config_dir/silent

say() {
  printf 'config-hook: %s\n' "$*" >&2
}

fail() {
  say "$*"
  exit 1
}

is_valid() {
  verdict=0
  "$promtool" check config "$1/$config_file" >&2 || verdict=$?
  # So the shell tells of a program that it could not run, or that a signal has ended.
  if [ "$verdict" -ge 126 ]; then
    fail "promtool has come to no verdict (exit code $verdict; 137: killed, most often for want of memory)"
  fi
  return "$verdict"
}

# Where the link $1 leads, if promtool finds valid what is there still: its own version may be another now, or files beside.
still_valid() {
  target=$(readlink "$1") || return 0
  if is_valid "$config_dir/$target"; then printf '%s' "$target"; fi
}

# Whether the test $2 holds for anything in the folder $1, at any depth.
any_in() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    if "$2" "$entry"; then return 0; fi
    if [ -d "$entry" ] && any_in "$entry" "$2"; then return 0; fi
  done
  return 1
}

# A link could lead to what changes after it was validated, or to a secret.
is_link() {
  [ -L "$1" ]
}

# What is read through the link is of the release before while promtool looks at this one. Comments read nothing.
names_current() {
  if [ ! -f "$1" ]; then return 1; fi
  case $1 in *.yml | *.yaml | *.json | "$staged/$config_file") ;; *) return 1 ;; esac
  case $(cat "$1") in *"$current"/*) ;; *) return 1 ;; esac
  while IFS= read -r line || [ -n "$line" ]; do
    case ${line#"${line%%[![:space:]]*}"} in '#'*) continue ;; esac
    case " $line" in *[!A-Za-z0-9._/-]"$current"/*) ;; *) continue ;; esac
    named_in=${1#"$staged/"}
    return 0
  done <"$1"
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
  # git-sync may have begun to remove the worktree of an older commit.
  git diff --quiet "$hash" >&2 || fail 'the files are not, or no longer, those of the commit'
  rm -rf "$staged/.git"
  if any_in "$staged" is_link; then
    fail 'there are symbolic links in the commit; commit the files themselves'
  fi
  if [ -n "$sops" ]; then decrypt "$staged"; fi
  if any_in "$staged" names_current; then
    fail "$named_in names $current; write paths relative to the file that names them"
  fi
  is_valid "$staged" || fail 'promtool finds the commit invalid'
  mv "$staged" "$1"
}

# The link $1 leads to its old folder or to $2 at any moment: rename() replaces it in one step.
point() {
  rm -f "$1.new"
  ln -s "$2" "$1.new"
  mv -fT "$1.new" "$1"
}

# The status of Prometheus' answer to the request $1, such as 200; nothing when there is none within $2 seconds.
ask() {
  printf '%s HTTP/1.0\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n' "$1" |
    socat -t "$2" - "TCP:$prometheus" |
    {
      read -r _ status _ || status=
      cat >&2
      printf '%s' "$status"
    }
}

reload() {
  ask 'POST /-/reload' "${RELOAD_TIMEOUT:-60}"
}

# Switches to the release $1, if Prometheus loads it. Otherwise the link leads back to the one that it did load, so that a
# Prometheus that starts finds no other.
put_in_force() {
  loaded=$(readlink "$good" || true)
  if [ "$loaded" = "releases/$1" ] && [ "$(readlink "$current" || true)" = "$loaded" ]; then
    rm -f "$silent"
    return 0
  fi
  loaded=$(still_valid "$good")
  if [ -e "$refused" ] && [ "$(cat "$refused")" = "$1" ]; then
    # A run that was killed may have left it elsewhere.
    if [ -n "$loaded" ]; then point "$current" "$loaded"; fi
    fail 'Prometheus has refused to load it; it is tried again when the pod starts anew'
  fi
  if [ -n "$loaded" ] && [ -n "$prometheus" ]; then until_it_runs "$1"; fi
  before=${loaded:-$(still_valid "$current")}
  point "$current" "releases/$1"
  if [ -z "$prometheus" ]; then return 0; fi
  status=$(reload || true)
  case $status in
    200) point "$good" "releases/$1" ;;
    '')
      # One that has loaded none may need this very commit to start.
      if [ -n "$loaded" ]; then back_to "$loaded"; else instead=$at_start; fi
      fail 'Prometheus does not answer'
      ;;
    *)
      # It answers, so it has started with what the link led to.
      if [ -n "$before" ] && [ "$before" != "releases/$1" ]; then
        back_to "$before"
        printf '%s' "$1" >"$refused"
      fi
      fail "Prometheus refuses to load it ($status)"
      ;;
  esac
}

# Fails while Prometheus does not run. It is to start with what it has loaded before; where that has become the reason why
# it does not start, with the release $1. They take turns, each twice as long as the one before: however long the cluster
# pauses between two starts, both are tried.
until_it_runs() {
  answer=$(ask 'GET /-/ready' 5 || true)
  if [ "$answer" = 200 ]; then
    rm -f "$silent"
    return 0
  fi
  # A run that was killed may have left it elsewhere.
  if [ ! -e "$silent" ]; then point "$current" "$loaded"; fi
  # One that answers has started, and reads what the link leads to when it has read its data.
  if [ -z "$answer" ]; then point "$current" "$(whose_turn "$loaded" "releases/$1")"; fi
  if [ "$(readlink "$current")" = "$loaded" ]; then fail 'Prometheus is not ready; the commit waits until it is'; fi
  instead=$at_start
  fail 'Prometheus does not start with the last good configuration'
}

# The release $1 or $2, by the seconds that there has been no Prometheus.
whose_turn() {
  now=$(date +%s)
  if [ ! -s "$silent" ]; then printf '%s' "$now" >"$silent"; fi
  passed=$((now - $(cat "$silent"))) turn=${FIRST_TURN:-120}
  while [ "$passed" -ge "$turn" ]; do
    passed=$((passed - turn)) turn=$((2 * turn))
    set -- "$2" "$1"
  done
  printf '%s' "$1"
}

back_to() {
  point "$current" "$1"
  reload >/dev/null || true
}

# Keeps the release $1, which is in force, and the one before it.
remove_old() {
  for old in "$config_dir"/releases/*; do
    case ${old##*/} in "$1" | "${loaded##*/}") ;; *) rm -rf "$old" ;; esac
  done
}

follow() {
  hash=${GITSYNC_HASH:?the commit}
  case $hash in *[!0-9a-f]*) fail 'GITSYNC_HASH is no commit' ;; esac
  instead='what was before it still is'
  at_start='Prometheus reads it when it starts'
  trap 'say "commit $hash is not in force; $instead"' EXIT
  release "$config_dir/releases/$hash"
  put_in_force "$hash"
  remove_old "$hash"
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
  rm -f "$refused" "$silent"
  if last_good; then return; fi
  say 'waiting for a first valid configuration'
  child=
  trap 'kill "$child" || true; exit 143' TERM INT
  # What the last good one lacks, such as a Secret, may come too.
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
