"""Runs the tests of this folder under other gunicorns, prometheus_clients and Pythons than the pinned ones.

    python test/worker-app/gunicorn/version_matrix.py [ROW ...]      rows by their number, all if none is named

Virtual environments are kept in $WORKER_METRICS_MATRIX, or in a temporary folder.
"""

import glob
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
PYTEST = {"3.8": "pytest==8.3.5"}

# A row is a Python and what is installed beside it; without structlog the standard library formats.
ROWS = [
    ("3.8", ["gunicorn==20.1.0", "setuptools==75.3.2", "prometheus_client==0.9.0", "gevent==24.2.1"]),
    ("3.11", ["gunicorn==21.2.0", "prometheus_client==0.16.0", "structlog==21.3.0", "gevent==24.11.1"]),
    ("3.11", ["gunicorn==22.0.0", "prometheus_client==0.20.0", "structlog==22.3.0", "tornado==6.4.2"]),
    ("3.11", ["gunicorn==23.0.0", "prometheus_client==0.21.1", "structlog==24.4.0", "eventlet==0.40.4"]),
    ("3.12", ["gunicorn==25.1.0", "prometheus_client==0.25.0", "structlog==25.5.0", "gevent==25.9.1"]),
    ("3.11", ["gunicorn==26.1.0", "prometheus_client==0.25.0", "structlog==26.1.0", "gevent==26.9.0"]),
    ("3.13", ["gunicorn==27.0.1", "prometheus_client==0.26.0", "structlog==26.1.0", "gevent==26.9.0"]),
]


def interpreter(version):
    """This Python, one on the PATH, or one that pyenv built; None if there is none of that version."""
    if sys.version.startswith(version + "."):
        return sys.executable
    built = glob.glob(os.path.expanduser(f"~/.pyenv/versions/{version}.*/bin/python"))
    return next(iter(built), None) or shutil.which(f"python{version}")


def run(number, home):
    """The exit code of the tests under this row."""
    version, packages = ROWS[number]
    python = interpreter(version)
    print(f"== row {number}: Python {version}, {', '.join(packages)}", flush=True)
    if python is None:
        print(f"no Python {version} on this machine: left out")
        return 0
    folder = os.path.join(home, f"row-{number}")
    ready, wanted = pathlib.Path(folder, "ready"), "\n".join(packages)
    if not ready.exists() or ready.read_text() != wanted:
        subprocess.run([python, "-m", "venv", "--clear", folder], check=True)
        pip = [os.path.join(folder, "bin", "pip"), "--disable-pip-version-check", "install", "--quiet"]
        subprocess.run([*pip, PYTEST.get(version, "pytest==9.2.0"), *packages], check=True)
        ready.write_text(wanted)
    environ = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
    tests = [os.path.join(folder, "bin", "python"), "-m", "pytest", str(HERE)]
    return subprocess.run(tests, env=environ, check=False).returncode


def main(arguments):
    home = os.environ.get("WORKER_METRICS_MATRIX") or os.path.join(tempfile.gettempdir(), "worker-metrics-matrix")
    failed = [number for number in map(int, arguments or range(len(ROWS))) if run(number, home)]
    if failed:
        sys.exit(f"failed: rows {failed}")


if __name__ == "__main__":
    main(sys.argv[1:])
