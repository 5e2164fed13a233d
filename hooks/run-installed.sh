#!/bin/sh
# Runs the worker-metrics that a project has installed, so that its version is that of the project's lockfile:
#   run-installed.sh COMMAND [-C FOLDER] [OPTION …]
# action.yml and .pre-commit-hooks.yaml call it in the user's repository. It exits with 2 if it cannot run the command.
set -eu

fail() {
  [ -z "${GITHUB_ACTIONS-}" ] || printf '::error::'
  printf '%s\n' "$1"
  exit 2
}

command=$1
shift
if [ "${1-}" = -C ]; then
  cd -- "$2" 2>/dev/null || fail "$2: not a folder of this repository"
  shift 2
fi

# As npx does, look in the folders above, too: a workspace may have one node_modules at its root.
folder=$PWD
until [ -x "$folder/node_modules/.bin/worker-metrics" ]; do
  [ "$folder" != / ] || fail "cdk8s-worker-metrics is not installed in $PWD; run npm ci there first"
  folder=$(dirname "$folder")
done
exec "$folder/node_modules/.bin/worker-metrics" "$command" "$@"
