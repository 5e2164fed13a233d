# shellcheck shell=sh
# Releases: whole copies of commits that promtool has found valid. Part of config-hook.sh.
#
# A folder in `releases` is whole or absent, also after a kill or a crash at any moment: it is built beside, moved in by
# one rename, never changed, and moved away by one rename before its files are removed.

promtool=${PROMTOOL:?the path of promtool}
# Empty where nothing is encrypted.
sops=${SOPS-}

# Removes unfinished files of earlier runs.
sweep() {
  rm -rf "$config_dir"/staged.* "$config_dir"/removed.*
}

# Makes the release of the commit $1, or fails.
make_release() {
  release=$config_dir/releases/$1
  if [ -d "$release" ]; then
    is_valid "$release" || fail 'promtool finds the commit invalid'
    return
  fi
  staged=$config_dir/staged.$$
  mkdir -p "$config_dir/releases" "$staged"
  check_out "$1"
  if [ -n "$sops" ]; then decrypt; fi
  insist_on_own_references
  is_valid "$staged" || fail 'promtool finds the commit invalid'
  insist_on_own_rules
  # The files first, then the name by which they are found: the machine may lose its power.
  sync -f "$staged"
  mv -T "$staged" "$release"
}

# Writes all files of the commit $1 from git's own store: git-sync may have begun to remove the worktree. The names of the
# files stay in $staged.files.
check_out() {
  git -c core.quotePath=false ls-tree -r "$1" >"$staged.files" || fail 'git cannot read the commit'
  if grep -q '^120000 ' "$staged.files"; then
    # A link could lead to a file that changes after it was validated, or to a secret.
    fail 'there are symbolic links in the commit; commit the files themselves'
  fi
  grep '^160000 ' "$staged.files" | while read -r _ _ _ module; do
    say "the submodule $module is not checked out; nothing can be read from it"
  done
  GIT_INDEX_FILE=$staged.index git --work-tree="$staged" read-tree --no-sparse-checkout --reset -u "$1" >&2 ||
    fail 'the files of the commit cannot be written'
}

# Each file NAME.sops.EXT becomes NAME.EXT. sops finds the key by itself, from its environment.
decrypt() {
  sed 's/^[^\t]*\t//' "$staged.files" | { grep '[^/]\.sops\.[^/]' || true; } | while IFS= read -r name; do
    # git quotes a name with a line break or a quote in it.
    case $name in '"'*) fail "cannot decrypt $name; give it a plain name" ;; esac
    plain=${name%.sops.*}.${name##*.}
    [ ! -e "$staged/$plain" ] || fail "$plain exists, and ${name##*/} would decrypt to it"
    "$sops" --decrypt --output "$staged/$plain" "$staged/$name" || fail "cannot decrypt $name"
    rm -f "$staged/$name"
  done
}

# Whether promtool finds the folder $1 valid. Sets $report to promtool's messages about each file.
is_valid() {
  verdict=0
  report=$("$promtool" check config "$1/$config_file") || verdict=$?
  printf '%s\n' "$report" >&2
  # By these codes the shell reports a program that it could not run, or that a signal has ended.
  if [ "$verdict" -ge 126 ]; then
    fail "promtool has come to no verdict (exit code $verdict; 137: killed, most often for want of memory)"
  fi
  return "$verdict"
}

# Prints the target of the link $1 if promtool finds it valid still: promtool may be another version now, or a mounted
# file may have gone.
still_valid() {
  target=$(readlink "$1") || return 0
  if is_valid "$config_dir/$target"; then printf '%s' "$target"; fi
}

# Removes all releases but $1 and $2, which are targets of links.
remove_releases_except() {
  for old in "$config_dir"/releases/*; do
    case releases/${old##*/} in "$1" | "$2" | 'releases/*') continue ;; esac
    mv -T "$old" "$config_dir/removed.${old##*/}"
  done
  rm -rf "$config_dir"/removed.*
}
