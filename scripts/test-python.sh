#!/usr/bin/env bash
# Lints and tests the Python that we mount into pods, with real gunicorns, and the example project.
set -euo pipefail
cd "$(dirname "$0")/.."

environment=node_modules/.cache/cdk8s-worker-metrics/python-tests
# No bytecode beside the sources, and no database but the tests' own.
export PYTHONDONTWRITEBYTECODE=1 HYPOTHESIS_STORAGE_DIRECTORY="$PWD/$environment/hypothesis"

python3 -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check \
  --requirement test/worker-app/gunicorn/requirements.txt --requirement examples/django-app/requirements-dev.txt
PATH="$PWD/$environment/bin:$PATH"

ruff check --no-cache --quiet --config test/ruff.toml src test
ruff format --check --no-cache --quiet --config test/ruff.toml src test
(cd examples/django-app && ruff check --no-cache --quiet . && ruff format --check --no-cache --quiet .)
python -m pytest test/worker-app/gunicorn
(cd examples/django-app && python manage.py test --buffer)
