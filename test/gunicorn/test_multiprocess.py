"""With the strategy multiprocess one port has the sums of all workers, whatever becomes of them."""

import contextlib
import importlib.util
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys

import pytest
from gunicorn_server import attempt, children, get, wait_until

MULTIPROCESS = {"exporter": "gunicorn", "strategy": "multiprocess"}
WORKER_CLASSES = ["sync", *(["gevent"] if importlib.util.find_spec("gevent") else [])]


def metrics(server, headers=()):
    """The page of the sums, or '' while there is none."""
    answer = attempt(lambda: get(server.metrics_ports[0], headers=headers))
    return answer[2] if answer and answer[0] == 200 else ""


def samples(server, name):
    """The values of one name: labels -> value."""
    found = re.findall(rf"^{name}(?:\{{(.*?)\}})? (\S+)$", metrics(server), re.M)
    return {labels: float(value) for labels, value in found}


def total(server):
    return samples(server, "requests_total").get("")


def until_total(server, wanted):
    wait_until(lambda: total(server) == wanted, what=lambda: f"{total(server)} is not {wanted}\n{server.stderr()}")


def send(server, count):
    for _ in range(count):
        assert wait_until(lambda: attempt(lambda: server.get("/")))[0] == 200


def listening_process(port):
    """The one process that has a socket listening on this port; None while there is none."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in pathlib.Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    holders = set()
    for link in pathlib.Path("/proc").glob("[0-9]*/fd/*"):
        with contextlib.suppress(OSError):
            if os.readlink(str(link)) in inodes:
                holders.add(int(link.parts[2]))
    assert len(holders) <= 1, holders
    return next(iter(holders), None)


def sums_process(server):
    return listening_process(server.metrics_ports[0])


def worker_pids(server):
    return server.worker_pids() - {sums_process(server)}


def until_serving(server, old=frozenset()):
    """The sums are served, and all workers have loaded the application, none of them an old one; returns them."""

    def all_loaded():
        workers = {pid for pid in worker_pids(server) if f"counter_{pid}.db" in files(server)}
        return workers if len(workers) == server.workers and not workers & old else None

    wait_until(lambda: total(server) is not None, what=server.stderr)
    return wait_until(all_loaded, what=server.stderr)


def files(server):
    return sorted(file.name for file in server.multiprocess_folder.glob("*.db"))


@pytest.mark.parametrize("worker_class", WORKER_CLASSES)
def test_the_sum_is_exact_through_kill_9_and_a_reload_under(worker_class, serve):
    server = serve({**MULTIPROCESS, "workerClass": worker_class})
    first = until_serving(server)
    base = total(server)
    send(server, 20)
    until_total(server, base + 20)

    os.kill(min(first), signal.SIGKILL)
    send(server, 20)
    until_total(server, base + 40)

    second = until_serving(server, old={min(first)})
    os.kill(server.process.pid, signal.SIGHUP)
    until_serving(server, old=second)
    send(server, 20)
    until_total(server, base + 60)
    assert [line for line in server.stderr().splitlines() if "ERROR" in line and "SIGKILL" not in line] == []


def test_a_preloaded_application_is_counted_too(serve):
    server = serve(MULTIPROCESS, arguments=["--preload"])
    wait_until(lambda: total(server) is not None and len(worker_pids(server)) == 3, what=server.stderr)
    base = total(server)
    send(server, 10)
    until_total(server, base + 10)


def test_workers_replaced_by_max_requests_leave_no_files_behind_and_no_count_out(serve):
    server = serve({**MULTIPROCESS, "maxRequests": 3}, app="gauges_app", workers=2)
    until_serving(server)
    base = total(server)
    send(server, 30)
    until_total(server, base + 30)
    assert samples(server, "seconds_bucket")['le="2.0"'] == base + 30
    assert server.stderr().count("Booting worker") > 8
    # Counters, histograms, summaries and four gauges: of two workers, of those in between, and of the ended.
    wait_until(lambda: len(files(server)) <= 4 * 7, what=lambda: files(server))
    assert not list(server.multiprocess_folder.glob("*.folded"))


def test_a_gauge_says_nothing_of_a_process_that_ended_unless_it_is_a_sum_or_extreme_of_all(serve):
    server = serve(MULTIPROCESS, app="gauges_app", workers=1)
    until_serving(server)
    send(server, 5)
    (worker,) = worker_pids(server)
    most = samples(server, "gauge_max")[""]
    assert list(samples(server, "gauge_all")) == [f'pid="{worker}"']

    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: len(worker_pids(server)) == 1 and worker_pids(server) != {worker})
    server.until_answering()
    (another,) = worker_pids(server)
    wait_until(lambda: list(samples(server, "gauge_all")) == [f'pid="{another}"'], what=lambda: metrics(server))
    assert list(samples(server, "gauge_liveall")) == [f'pid="{another}"']
    assert samples(server, "gauge_livesum")[""] < most
    assert samples(server, "gauge_max")[""] == most


def test_commands_beside_the_workers_leave_their_counts_and_nothing_else(serve):
    server = serve(MULTIPROCESS, app="gauges_app", workers=1)
    until_serving(server)
    (worker,) = worker_pids(server)
    base = total(server)
    command = "import gauges_app, wsgi_app; wsgi_app.REQUESTS.inc(); gauges_app.GAUGES['livesum'].set(1000)"
    for _ in range(3):
        subprocess.run([sys.executable, "-c", command], env=server.environ, check=True)
    until_total(server, base + 3)
    assert samples(server, "gauge_livesum")[""] < 1000
    assert {name for name in files(server) if not name.endswith("_ended.db")} == {
        name for name in files(server) if name.endswith(f"_{worker}.db")
    }


def test_a_restart_begins_at_zero_though_the_folder_keeps_its_files(serve):
    server = serve(MULTIPROCESS)
    until_serving(server)
    send(server, 10)
    before = set(files(server))
    os.killpg(server.process.pid, signal.SIGKILL)
    server.process.wait()
    wait_until(lambda: not metrics(server))
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


def test_after_an_upgrade_in_place_the_new_master_serves_the_same_sums(serve):
    server = serve(MULTIPROCESS)
    until_serving(server)
    base = total(server)
    send(server, 10)
    first = sums_process(server)

    os.kill(server.process.pid, signal.SIGUSR2)
    server.until_logged("Handling signal: usr2")
    wait_until(lambda: server.stderr().count("Listening at") == 2 and server.stderr().count("Booting worker") == 6)
    server.process.terminate()
    server.process.wait(20)

    wait_until(lambda: metrics(server), what=server.stderr)
    assert sums_process(server) != first
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
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: total(server) == counted, what=server.stderr)
    assert sums_process(server) != killed
    again = sums_process(server)
    os.kill(again, signal.SIGKILL)
    wait_until(lambda: total(server) == counted, what=server.stderr)


def test_the_process_of_the_sums_ends_with_the_master_however_it_ends(serve):
    server = serve(MULTIPROCESS)
    until_serving(server)
    process = sums_process(server)
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait(10)
    wait_until(lambda: not pathlib.Path(f"/proc/{process}").exists(), 5)


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
    server.until_answering()
    workers = children(server.process.pid)
    os.kill(max(workers), signal.SIGKILL)
    wait_until(lambda: server.stderr().count("Booting worker") == 4)
    assert server.until_answering()[2] == "no metrics here"
    assert server.stderr().count("add prometheus_client") == 1
    assert "Traceback" not in server.stderr()


BAD_FOLDERS = {
    "none": (None, "PROMETHEUS_MULTIPROC_DIR: expected the folder for the workers' metrics, it is not set"),
    "one that cannot be made": ("/proc/metrics", "/proc/metrics cannot be used: "),
}


@pytest.mark.parametrize(("folder", "sentence"), BAD_FOLDERS.values(), ids=BAD_FOLDERS)
def test_multiprocess_refuses_as_its_folder(folder, sentence, serve):
    server = serve(MULTIPROCESS, environ={"PROMETHEUS_MULTIPROC_DIR": folder})
    assert server.process.wait(15) == 1
    assert sentence in server.stderr()
    assert "Traceback" not in server.stderr()


def test_a_folder_that_is_nearly_full_is_warned_of_once(serve):
    server = serve(MULTIPROCESS, environ={"WITHOUT_SPACE": "1"}, workers=1)
    until_serving(server)
    assert metrics(server)
    server.until_logged("where workers write their metrics, is 90 % full")
    assert server.stderr().count("% full") == 1


def test_ports_that_django_binds_are_an_error(serve):
    server = serve(MULTIPROCESS, app="django_like_app")
    server.until_logged("leave that setting out when METRICS_EXPORTER is gunicorn")


@pytest.mark.skipif(sys.version_info < (3, 12), reason="Python warns since 3.12")
def test_no_fork_with_threads_is_warned_of(serve):
    server = serve(MULTIPROCESS, environ={"PYTHONWARNINGS": "default::DeprecationWarning"})
    until_serving(server)
    assert "multi-threaded" not in server.stderr()
