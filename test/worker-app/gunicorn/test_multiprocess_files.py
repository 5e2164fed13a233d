"""The files that the workers write in multiprocess mode: what is read of them, what is folded, and what is left."""

import fcntl
import os
import pathlib
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from importlib.metadata import version

import pytest
import worker_metrics_ended
from gunicorn_server import get
from multiprocess_server import (
    MULTIPROCESS,
    files,
    metrics,
    samples,
    send,
    total,
    until_serving,
    until_total,
)
from processes import kill
from waiting import END_LIMIT, wait_until


def test_workers_replaced_by_max_requests_leave_no_files_behind_and_no_count_out(serve):
    server = serve({**MULTIPROCESS, "maxRequests": 3}, app="gauges_app", workers=2)
    until_serving(server)
    base = total(server)
    send(server, 30)
    until_total(server, base + 30)
    assert samples(server, "seconds_bucket")['le="2.0"'] == base + 30
    assert server.stderr().count("Booting worker") > 8
    wait_until(lambda: owners(server) <= {*map(str, server.booted()), "ended"}, what=lambda: owners(server))


def owners(server):
    """Whose files are in the folder: process ids, 'ended', or the name of a file that is half folded."""
    names = os.listdir(server.multiprocess_folder)
    return {re.sub(r"^.*_(\w+)\.db$", r"\1", name) for name in names if name != "ended.lock"}


def test_a_gauge_says_nothing_of_a_process_that_ended_unless_it_is_a_sum_or_extreme_of_all(serve):
    server = serve(MULTIPROCESS, app="gauges_app", workers=1)
    until_serving(server)
    send(server, 5)
    (worker,) = server.booted()
    most = samples(server, "gauge_max")[""]
    assert list(samples(server, "gauge_all")) == [f'pid="{worker}"']

    kill(worker)
    another = int(server.until_answering()[2])
    wait_until(lambda: list(samples(server, "gauge_all")) == [f'pid="{another}"'], what=lambda: metrics(server))
    assert list(samples(server, "gauge_liveall")) == [f'pid="{another}"']
    assert samples(server, "gauge_livesum")[""] < most
    assert samples(server, "gauge_max")[""] == most


KNOWS_THE_FOLDER = tuple(map(int, version("prometheus_client").split(".")[:2])) >= (0, 10)


@pytest.mark.skipif(not KNOWS_THE_FOLDER, reason="before 0.10 its name of the folder is another")
def test_commands_beside_the_workers_leave_their_counts_and_nothing_else(serve):
    server = serve(MULTIPROCESS, app="gauges_app", workers=1)
    (worker,) = until_serving(server)
    base = total(server)
    command = "import gauges_app, wsgi_app; wsgi_app.REQUESTS.inc(); gauges_app.GAUGES['livesum'].set(1000)"
    for _ in range(3):
        subprocess.run([sys.executable, "-c", command], env=server.environ, check=True)
    until_total(server, base + 3)
    assert samples(server, "gauge_livesum")[""] < 1000
    assert {name for name in files(server) if not name.endswith("_ended.db")} == {
        name for name in files(server) if name.endswith(f"_{worker}.db")
    }


def test_a_gauge_that_a_hook_of_the_image_has_just_deleted_keeps_no_count_from_the_sums(tmp_path, monkeypatch):
    gone, counter = (str(tmp_path / name) for name in ("gauge_liveall_7.db", "counter_7.db"))
    worker_metrics_ended.write(counter, {"requests": (3.0, 0.0)})
    listed = worker_metrics_ended.files

    def with_the_gone(folder, pattern):
        return [*([gone] if pattern == "*_7.db" else []), *listed(folder, pattern)]

    monkeypatch.setattr(worker_metrics_ended, "files", with_the_gone)
    worker_metrics_ended.fold(str(tmp_path), 7)
    assert worker_metrics_ended.read(str(tmp_path / "counter_ended.db"))["requests"][0] == 3


def test_a_scrape_passes_over_a_file_that_a_process_has_only_just_made(serve):
    server = serve(MULTIPROCESS)
    until_serving(server)
    (server.multiprocess_folder / f"counter_{os.getpid()}.db").touch()
    assert get(server.metrics_ports[0])[0] == 200
    assert "ERROR" not in server.stderr()


def test_a_scrape_waits_while_the_process_of_another_master_folds_files(serve):
    server = serve(MULTIPROCESS)
    until_serving(server)
    counted = total(server)
    with open(server.multiprocess_folder / "ended.lock") as lock, ThreadPoolExecutor() as pool:
        fcntl.flock(lock, fcntl.LOCK_EX)
        scrape = pool.submit(total, server)
        with pytest.raises(NotYet):
            scrape.result(0.5)
        fcntl.flock(lock, fcntl.LOCK_UN)
        assert scrape.result(END_LIMIT) == counted


def test_a_scrape_ends_what_the_process_of_another_master_was_killed_at(serve):
    server = serve(MULTIPROCESS, workers=1)
    (worker,) = until_serving(server)
    send(server, 3)
    counted = total(server)
    folder = server.multiprocess_folder
    shutil.copy(folder / f"counter_{worker}.db", folder / "counter_ended.new")
    (folder / "counter_ended.folded").touch()
    assert total(server) == 2 * counted
    assert not list(folder.glob("*.folded"))


SMALL_VOLUME = 'mount -t tmpfs -o size=2m tmpfs "$PROMETHEUS_MULTIPROC_DIR"; exec "$@"'


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"), reason="needs root and unshare")
def test_a_volume_without_room_for_a_fold_costs_no_count_and_no_process(serve, tmp_path):
    (tmp_path / "multiprocess").mkdir()
    server = serve(MULTIPROCESS, workers=1, prefix=["unshare", "--mount", "sh", "-ec", SMALL_VOLUME, "sh"])
    server.until_answering()
    filled = int(server.get("/fill")[2])
    counted = wait_until(lambda: total(server))
    kill(filled)
    server.until_logged("stay in files of their own")
    for _ in range(3):
        assert total(server) >= counted
        assert int(server.until_answering()[2]) != filled
    wait_until(lambda: server.stderr().count("Booting worker") == 2)
    assert server.stderr().count("stay in files of their own") == 1


def test_a_restart_begins_at_zero_though_the_folder_keeps_its_files(serve):
    server = serve(MULTIPROCESS)
    until_serving(server)
    send(server, 10)
    before = set(files(server))
    # A process that still ends has the folder locked, as if the new gunicorn were beside it.
    server.kill()
    assert before <= set(files(server))

    server.start()
    until_serving(server)
    assert not before & set(files(server))
    base = total(server)
    assert base < 10
    send(server, 3)
    until_total(server, base + 3)


def test_a_check_of_the_configuration_beside_a_running_gunicorn_empties_nothing(serve):
    server = serve(MULTIPROCESS)
    until_serving(server)
    send(server, 10)
    counted = total(server)
    command = [*server.command[:-1], "--check-config", server.command[-1]]
    subprocess.run(command, env=server.environ, cwd=str(pathlib.Path(__file__).parent / "apps"), check=True)
    assert total(server) == counted


def test_multiprocess_refuses_an_environment_without_a_folder(serve):
    server = serve(MULTIPROCESS, environ={"PROMETHEUS_MULTIPROC_DIR": None})
    assert server.process.wait(END_LIMIT) == 1
    assert "PROMETHEUS_MULTIPROC_DIR: expected the folder for the workers' metrics, it is not set" in server.stderr()
    assert "Traceback" not in server.stderr()


def test_a_folder_that_is_nearly_full_is_warned_of_once(serve):
    server = serve(MULTIPROCESS, environ={"WITHOUT_SPACE": "1"}, workers=1)
    until_serving(server)
    assert metrics(server)
    server.until_logged("where workers write their metrics, is 90 % full")
    assert server.stderr().count("% full") == 1
