# shellcheck shell=sh
# Switches Prometheus to a release, and back where Prometheus does not load it. Part of config-hook.sh.

# The link $1 leads to its old folder or to $2 at any moment: rename() replaces it in one step.
point() {
  rm -f "$1.new"
  ln -s "$2" "$1.new"
  mv -fT "$1.new" "$1"
}

# The file $1 contains its old text or $2 at any moment.
note() {
  printf '%s' "$2" >"$1.new"
  mv -fT "$1.new" "$1"
}

# Prints the status of Prometheus' answer to the request $1, such as 200; nothing without an answer within $2 seconds.
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
      # It answers: it has started with the release to which the link led.
      if [ -n "$before" ] && [ "$before" != "releases/$1" ]; then
        back_to "$before"
        note "$refused" "$1"
      fi
      fail "Prometheus refuses to load it ($status)"
      ;;
  esac
}

# Fails while Prometheus does not run. It starts with the release that it loaded before. If that has become the reason why
# it does not start, it starts with the release $1. They take turns, each twice as long as the one before: however long the
# cluster pauses between two starts, both are tried.
until_it_runs() {
  answer=$(ask 'GET /-/ready' "${READY_TIMEOUT:-5}" || true)
  if [ "$answer" = 200 ]; then
    rm -f "$silent"
    return 0
  fi
  # A run that was killed may have left it elsewhere.
  if [ ! -e "$silent" ]; then point "$current" "$loaded"; fi
  # A Prometheus that answers has started. It reads the release of the link when it has read its data.
  if [ -z "$answer" ]; then point "$current" "$(whose_turn "$loaded" "releases/$1")"; fi
  if [ "$(readlink "$current")" = "$loaded" ]; then fail 'Prometheus is not ready; the commit waits until it is'; fi
  instead=$at_start
  fail 'Prometheus does not start with the last good configuration'
}

# The release $1 or $2, by the seconds that there has been no Prometheus.
whose_turn() {
  now=$(date +%s)
  if [ ! -s "$silent" ]; then note "$silent" "$now"; fi
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

