"""A volume that takes no metrics costs the metrics and never the application."""

import os
import pathlib
import shutil

import pytest
from gunicorn_server import attempt, get
from multiprocess_server import MULTIPROCESS, files, metrics, send, total, until_serving, until_total
from processes import kill

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0 or not (shutil.which("unshare") and shutil.which("setpriv")),
    reason="needs root, unshare and setpriv",
)

FOLDER = '"$PROMETHEUS_MULTIPROC_DIR"'
FILLED = f"mount -t tmpfs -o size=2m tmpfs {FOLDER}; head -c 3m /dev/zero > {FOLDER}/other 2>/dev/null || true"
# Of another user, who has but what is needed to read this machine's interpreter.
AS_NOBODY = (
    "setpriv --reuid=12345 --regid=12345 --clear-groups --inh-caps=+dac_read_search --ambient-caps=+dac_read_search"
)

UNUSABLE = {
    "full": (f'{FILLED}; exec "$@"', "is full (0 KiB are free, a worker needs 256 KiB)"),
    "read-only": (f'mount -t tmpfs -o ro tmpfs {FOLDER}; exec "$@"', "is read-only"),
    "without inodes": (
        f'mount -t tmpfs -o nr_inodes=5 tmpfs {FOLDER}; touch {FOLDER}/1 {FOLDER}/2 {FOLDER}/3; exec "$@"',
        "has no room for files (1 inodes are free, a worker needs 16)",
    ),
    "another user's": (
        f'mount -t tmpfs -o mode=755 tmpfs {FOLDER}; mount -t tmpfs -o mode=1777 tmpfs /dev/shm; exec {AS_NOBODY} "$@"',
        "cannot be written by user 12345",
    ),
    "a file": (f'rmdir {FOLDER}; touch {FOLDER}; exec "$@"', "cannot be used (File exists)"),
    "a link to nowhere": (f'rmdir {FOLDER}; ln -s /nowhere/at/all {FOLDER}; exec "$@"', "cannot be used ("),
    "missing, where nobody can make it": (
        'export PROMETHEUS_MULTIPROC_DIR=/proc/metrics; exec "$@"',
        "/proc/metrics cannot be used (No such file or directory)",
    ),
}


def in_namespace(script):
    return ["unshare", "--mount", "sh", "-ec", script, "sh"]


def start(serve, tmp_path, script, **options):
    (tmp_path / "multiprocess").mkdir()
    return serve(MULTIPROCESS, workers=2, prefix=in_namespace(script), **options)


@pytest.mark.parametrize(("script", "sentence"), UNUSABLE.values(), ids=UNUSABLE)
def test_the_application_runs_without_metrics_and_one_line_says_so_where_the_volume_is(
    script, sentence, serve, tmp_path
):
    server = start(serve, tmp_path, script)
    assert_it_runs_without_metrics(server, sentence)

    server.reload()
    send(server, 5)
    assert server.stderr().count("Booting worker") == 4


def test_a_preloaded_application_runs_without_metrics_where_the_volume_is_full(serve, tmp_path):
    server = start(serve, tmp_path, UNUSABLE["full"][0], arguments=["--preload"])
    assert_it_runs_without_metrics(server, "is full")


def assert_it_runs_without_metrics(server, sentence):
    server.until_answering()
    send(server, 10)
    assert server.until_booted() == server.worker_pids()
    assert attempt(lambda: get(server.metrics_ports[0])) is None
    assert server.stderr().count("Booting worker") == 2
    (line,) = [line for line in server.stderr().splitlines() if "PROMETHEUS_MULTIPROC_DIR" in line]
    assert sentence in line and "the application runs without metrics" in line
    assert "Traceback" not in server.stderr()


@pytest.mark.parametrize("arguments", [[], ["--preload"]], ids=["", "preload"])
def test_workers_that_start_while_the_volume_is_full_run_uncounted_until_there_is_room(arguments, serve, tmp_path):
    script = f'mount -t tmpfs -o size=2m tmpfs {FOLDER}; exec "$@"'
    server = start(serve, tmp_path, script, arguments=arguments)
    # In the mount namespace of the master.
    server.multiprocess_folder = pathlib.Path(f"/proc/{server.process.pid}/root{server.multiprocess_folder}")
    # A worker that loads the application while the volume becomes full is killed.
    first = server.until_booted() if arguments else until_serving(server)
    until_total(server, 0)
    send(server, 10)
    filled = int(server.get("/fill-volume")[2])
    counted = total(server)
    for pid in first - {filled}:
        kill(pid)
    server.until_booted(first - {filled})
    kill(filled)
    second = server.until_booted(first)

    send(server, 10)
    assert total(server) == counted
    assert server.stderr().count("workers that start now are not counted") == 1
    assert server.stderr().count("Booting worker") == 4

    os.remove(server.multiprocess_folder / "filler")
    for pid in second:
        kill(pid)
    server.until_booted(first | second)
    assert server.stderr().count("Booting worker") == 6
    send(server, 10)
    until_total(server, counted + 10)


def test_files_of_others_in_the_folder_are_neither_deleted_nor_read(serve, tmp_path):
    folder = tmp_path / "multiprocess"
    (folder / "lost+found").mkdir(parents=True)
    others = {"app.db": "SQLite format 3", "notes.txt": "mine", "counter.db": "not a number"}
    for name, text in others.items():
        (folder / name).write_text(text)
    server = serve(MULTIPROCESS, workers=2)
    until_serving(server)
    send(server, 3)
    assert metrics(server)
    assert {name: (folder / name).read_text() for name in others} == others
    assert set(others) - {"notes.txt"} < set(files(server))
