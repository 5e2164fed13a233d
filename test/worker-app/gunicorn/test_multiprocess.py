"""With the strategy multiprocess one port has the sums of all workers, whatever becomes of them."""

import importlib.util
import os
import signal
import socket
import sys

import pytest
from multiprocess_server import (
    MULTIPROCESS,
    metrics,
    send,
    sums_process,
    total,
    until_serving,
    until_total,
)
from processes import children, is_running, kill
from waiting import END_LIMIT, wait_until

WORKER_CLASSES = ["sync", *(["gevent"] if importlib.util.find_spec("gevent") else [])]


@pytest.mark.parametrize("worker_class", WORKER_CLASSES)
def test_the_sum_is_exact_through_kill_9_and_a_reload_under(worker_class, serve):
    server = serve({**MULTIPROCESS, "workerClass": worker_class})
    first = until_serving(server)
    base = total(server)
    send(server, 20)
    until_total(server, base + 20)

    # A request that it had counted and not answered would be sent again.
    kill(min(first))
    send(server, 20)
    until_total(server, base + 40)

    second = until_serving(server, old={min(first)})
    os.kill(server.process.pid, signal.SIGHUP)
    until_serving(server, old=second)
    send(server, 20)
    until_total(server, base + 60)
    # Of a signal gunicorn tells as of an error.
    assert [line for line in server.stderr().splitlines() if "ERROR" in line and "was sent SIG" not in line] == []


def test_a_preloaded_application_is_counted_too(serve):
    server = serve(MULTIPROCESS, arguments=["--preload"])
    server.until_booted()
    until_total(server, 0)
    base = total(server)
    send(server, 10)
    until_total(server, base + 10)


def test_after_an_upgrade_in_place_the_new_master_serves_the_same_sums(serve):
    server = serve(MULTIPROCESS)
    until_serving(server)
    base = total(server)
    send(server, 10)
    first = sums_process(server)

    server.upgrade()
    server.process.terminate()
    server.process.wait(END_LIMIT)

    # The first one may answer until it has seen that its master has ended.
    wait_until(lambda: sums_process(server) not in (None, first), what=server.stderr)
    send(server, 10)
    until_total(server, base + 20)


def test_the_port_is_of_one_process_that_is_neither_master_nor_worker_and_the_master_has_one_thread(serve):
    server = serve(MULTIPROCESS, app="gauges_app")
    until_serving(server)
    process = sums_process(server)
    assert process != server.process.pid
    assert process in children(server.process.pid)
    assert server.get("/threads")[2] == "1"


def test_the_process_of_the_sums_is_started_again_when_it_is_killed(serve):
    server = serve(MULTIPROCESS)
    until_serving(server)
    send(server, 10)
    counted = total(server)
    killed = sums_process(server)
    kill(killed)
    until_total(server, counted)
    again = sums_process(server)
    assert again != killed
    kill(again)
    until_total(server, counted)


def test_the_process_of_the_sums_ends_with_the_master_however_it_ends(serve):
    server = serve(MULTIPROCESS)
    until_serving(server)
    process = sums_process(server)
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(END_LIMIT)
    wait_until(lambda: not is_running(process))


def test_the_process_of_the_sums_comes_back_after_it_could_not_be_started(serve, tmp_path):
    no_forks = tmp_path / "no-forks"
    server = serve(MULTIPROCESS, environ={"WITHOUT_FORKS_IF": str(no_forks)})
    until_serving(server)
    no_forks.touch()
    kill(sums_process(server))
    wait_until(lambda: not no_forks.exists())
    kill(min(server.booted()))
    wait_until(lambda: metrics(server), what=server.stderr)


def test_the_process_of_the_sums_is_started_again_when_it_is_killed_while_the_master_still_starts_it(serve, tmp_path):
    slow_forks = tmp_path / "slow-forks"
    server = serve(MULTIPROCESS, environ={"SLOW_FORKS_WHILE": str(slow_forks)})
    workers = until_serving(server)
    killed = sums_process(server)
    slow_forks.touch()
    kill(killed)
    (again,) = wait_until(lambda: server.worker_pids() - workers - {killed})
    kill(again)
    slow_forks.unlink()
    wait_until(lambda: metrics(server), what=server.stderr)


@pytest.mark.skipif("gevent" not in WORKER_CLASSES, reason="needs gevent")
def test_an_application_that_is_preloaded_and_patches_itself_for_gevent_is_served_and_ends(serve):
    server = serve({**MULTIPROCESS, "workerClass": "gevent"}, app="gevent_app", arguments=["--preload"])
    workers = server.until_booted()
    until_total(server, 0)
    send(server, 10)
    until_total(server, 10)
    process = sums_process(server)
    kill(max(workers))
    until_total(server, 10)
    server.process.terminate()
    assert server.process.wait(END_LIMIT) == 0
    wait_until(lambda: not is_running(process))


def test_a_port_that_something_else_holds_is_taken_once_it_is_free(serve, metrics_port):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("0.0.0.0", metrics_port + 1))
        other.listen()
        server = serve(MULTIPROCESS)
        server.until_answering()
        assert "metrics of all workers on port" not in server.stderr()
    until_serving(server)


def test_a_scrape_may_ask_for_openmetrics(serve):
    server = serve(MULTIPROCESS)
    until_serving(server)
    send(server, 1)
    page = metrics(server, headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert page.endswith("# EOF\n")


def test_without_prometheus_client_the_workers_run_and_say_once_what_is_missing(serve):
    server = serve(MULTIPROCESS, app="own_app", environ={"WITHOUT_MODULES": "prometheus_client"})
    server.until_logged("add prometheus_client to the image, or choose metrics.exporter: app")
    killed = max(server.until_booted())
    kill(killed)
    server.until_booted({killed})
    assert server.until_answering()[2] == "no metrics here"
    assert server.stderr().count("add prometheus_client") == 1
    assert "Traceback" not in server.stderr()


def test_ports_that_django_binds_are_an_error(serve):
    server = serve(MULTIPROCESS, app="django_like_app")
    server.until_logged("leave that setting out when METRICS_EXPORTER is gunicorn")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python warns since 3.12")
def test_no_fork_with_threads_is_warned_of(serve):
    server = serve(MULTIPROCESS, environ={"PYTHONWARNINGS": "default::DeprecationWarning"})
    until_serving(server)
    assert "multi-threaded" not in server.stderr()
