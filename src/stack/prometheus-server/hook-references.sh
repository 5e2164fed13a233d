# shellcheck shell=sh
# Refuses a configuration that refers to files of another release, or to git-sync's own checkout. Part of config-hook.sh.
#
# promtool would look at one file there, and Prometheus at another, or at none: `current` leads to the release before
# until it is moved. A path elsewhere, such as that of a mounted Secret, is right.

# Refuses paths that the texts of the configuration name.
insist_on_own_references() {
  checkout=$(git rev-parse --path-format=absolute --git-common-dir) || fail 'git cannot read the commit'
  checkout=${checkout%/.git}
  foreign=$(files_with_references | sort -u | in_batches)
  if [ -z "$foreign" ]; then return; fi
  say "$foreign"
  fail 'write paths within the repository, relative to the file that names them'
}

# Refuses rule files that promtool has read elsewhere, however the configuration spells their paths.
insist_on_own_rules() {
  foreign=$(printf '%s\n' "$report" | sed -n 's/^Checking //p' | while IFS= read -r rules; do
    case $rules in
      "$staged"/*) ;;
      "$config_dir"/* | "$checkout"/*) printf '%s\n' "$config_file names $rules" ;;
    esac
  done)
  if [ -z "$foreign" ]; then return; fi
  say "$foreign"
  fail 'write paths within the repository, relative to the file that names them'
}

# The configuration, and where it has a key for more of them, the files that could be named there.
files_with_references() {
  if [ ! -f "$staged/$config_file" ]; then return; fi
  printf '%s\n' "$staged/$config_file"
  if grep -q scrape_config_files "$staged/$config_file"; then
    # Each of these has the one key scrape_configs.
    grep -rlE --exclude='*.md' "scrape_configs[\"']?[[:space:]]*:" "$staged" || true
  fi
}

# One run of programs for each 500 files: one for each file takes a minute where there are many.
in_batches() {
  set --
  while IFS= read -r file; do
    set -- "$@" "$file"
    if [ "$#" -eq 500 ]; then
      foreign_paths "$@"
      set --
    fi
  done
  if [ "$#" -gt 0 ]; then foreign_paths "$@"; fi
}

# Prints each path in the files that leads to another release or to the checkout. The loop sees the name of a file before
# the paths in it.
foreign_paths() {
  words "$@" >"$staged.words" || fail 'the configuration cannot be searched for paths'
  grep -E '^/|(^|/)\.\.(/|$)' "$staged.words" | while IFS= read -r word; do
    case $word in
      "$staged"/*) named_in=${word#"$staged/"} ;;
      *) if is_foreign "$word" "$named_in"; then printf '%s\n' "$named_in names $word"; fi ;;
    esac
  done
}

# Prints the name of each file and every word in it, one a line, as YAML and a glob read it: without comments, with escapes
# resolved, and with ? for a character that is written as a number or as a class.
words() {
  sed -E -s -n '1F
    s/\r$//
    :join
    /\\$/{
      $!{
        N
        s/\\\n[[:space:]]*//
        bjoin
      }
    }
    /^[[:space:]]*#/d
    s/[[:space:]]#[^"'\'']*$//
    s#\\(x|u00|U000000)2[fF]#/#g
    s#\\(x|u00|U000000)2[eE]#.#g
    s#\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})#?#g
    s#\\##g
    s#([^][:space:]"'\'',{}(:[])\[[^]["'\''[:space:]]+\]#\1?#g
    s#[][:space:]"'\'',{}[]+#\n#g
    p' "$@"
}

# Whether the path $1 in the file $2 leads to a file that changes with a switch, or to one that only git-sync sees.
is_foreign() {
  case $1 in
    *://*) return 1 ;;
    /*) full=$1 own='' ;;
    *) full=$current/$2/../$1 own=$current ;;
  esac
  clean "$full" "$own"
  if [ -n "$own" ] && [ -z "$left" ]; then return 1; fi
  leads_into "$cleaned" "$config_dir" current good releases "${staged##*/}" ||
    leads_into "$cleaned" "$checkout" checkout .git .worktrees
}

# Sets $cleaned to the path $1 without "//", "/./" and "/../", as Go cleans it, and $left where it leads out of $2 on its way.
clean() {
  cleaned='' left=''
  # The path may contain * and ?.
  set -f
  IFS_before=$IFS IFS=/
  # shellcheck disable=SC2086
  set -- "$2" $1
  IFS=$IFS_before
  set +f
  inside=$1
  shift
  for part; do
    case $part in
      '' | .) ;;
      ..)
        if [ "$cleaned" = "$inside" ]; then left=yes; fi
        cleaned=${cleaned%/*}
        ;;
      *) cleaned=$cleaned/$part ;;
    esac
  done
}

# Whether the path $1, which may be a glob, can lead to one of the names $3… in the folder $2, or below it.
leads_into() {
  glob=${1#/} folder=${2#/}
  shift 2
  while [ -n "$folder" ]; do
    matches "${folder%%/*}" "${glob%%/*}" || return 1
    case $folder in */*) folder=${folder#*/} ;; *) folder='' ;; esac
    case $glob in */*) glob=${glob#*/} ;; *) return 1 ;; esac
  done
  for name; do
    if matches "$name" "${glob%%/*}"; then return 0; fi
  done
  return 1
}

matches() {
  # The second text is a glob.
  # shellcheck disable=SC2254
  case $1 in $2) return 0 ;; esac
  return 1
}
