#!/bin/sh
# What the container runs. The example keeps SQLite in the pod, so each pod makes its own; with a database of
# their own, applications migrate in a Job instead.
set -eu
cd "$(dirname "$0")"
python manage.py migrate --no-input --verbosity 0
if [ -n "${COMPONENTS_FILE:-}" ]; then
    python manage.py load_components --verbosity 0 --prune "$COMPONENTS_FILE"
fi
exec gunicorn website.wsgi "$@"
