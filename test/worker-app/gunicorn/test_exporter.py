"""Every worker has a metrics port of its own, through every turn of its life."""

import os
import re
import signal
import socket

import pytest
from gunicorn_server import attempt, get, scraped_pid
from processes import kill
from waiting import END_LIMIT, wait_until

GUNICORN = {"exporter": "gunicorn"}


def installed_worker_classes():
    """Those of this gunicorn whose library is there."""
    from gunicorn.workers import SUPPORTED_WORKERS

    needs = {"gevent": "gevent", "gevent_pywsgi": "gevent", "eventlet": "eventlet", "tornado": "tornado"}
    for name in ["sync", "gthread", "gevent", "gevent_pywsgi", "eventlet", "tornado", "asgi"]:
        if name in SUPPORTED_WORKERS:
            try:
                __import__(needs.get(name, "gunicorn"))
            except ImportError:
                continue
            yield name


WORKER_CLASSES = list(installed_worker_classes())


@pytest.mark.parametrize("worker_class", WORKER_CLASSES)
def test_each_worker_serves_its_own_registry_and_is_replaced_under(worker_class, serve):
    app = "asgi_app" if worker_class == "asgi" else "wsgi_app"
    # gunicorn would wait that long for a worker that does not end.
    patient = {"gracefulTimeout": 10 * int(END_LIMIT)}
    server = serve({**GUNICORN, **patient, "workerClass": worker_class, "threads": 2}, app=app)
    before = server.until_serving()
    assert set(before.values()) == server.worker_pids()

    for _ in range(20):
        assert server.get("/")[0] == 200
    counts = [re.search(r"^requests_total (\S+)$", get(port)[2], re.M).group(1) for port in server.metrics_ports]
    assert sum(map(float, counts)) == 20

    killed = before[server.metrics_ports[1]]
    kill(killed)
    workers = server.until_booted()
    assert killed not in workers
    server.until_serving(workers)

    server.process.terminate()
    assert server.process.wait(END_LIMIT) == 0


@pytest.mark.parametrize("worker_class", [name for name in WORKER_CLASSES if name in ("gthread", "gevent")])
def test_a_scrape_is_answered_while_a_request_is_in_flight_under(worker_class, serve):
    server = serve({**GUNICORN, "workerClass": worker_class}, workers=1)
    server.until_serving()
    connection = server.begin("/hold")
    wait_until(lambda: "requests_total 1.0" in get(server.metrics_ports[0])[2])
    server.release()
    assert connection.recv(100).split()[1] == b"200"
    connection.close()


def test_a_preloaded_application_is_scraped_worker_by_worker(serve):
    server = serve(GUNICORN, arguments=["--preload"])
    assert set(server.until_serving().values()) == server.worker_pids()


def test_after_a_reload_with_every_worker_busy_each_new_worker_gets_a_port(serve):
    server = serve({**GUNICORN, "gracefulTimeout": 10 * int(END_LIMIT)})
    old = set(server.until_serving().values())
    requests = [server.begin("/hold") for _ in old]
    # A draining worker would answer a fourth request otherwise.
    wait_until(lambda: all("requests_total 1.0" in get(port)[2] for port in server.metrics_ports))

    os.kill(server.process.pid, signal.SIGHUP)
    new = wait_until(lambda: len(server.worker_pids() - old) == 3 and server.worker_pids() - old)
    assert set(server.scraped_pids().values()) == old

    server.release()
    server.until_serving(new)
    for request in requests:
        assert request.recv(100).split()[1] == b"200"
        request.close()


def test_after_an_upgrade_in_place_the_new_masters_workers_take_the_ports_over(serve):
    server = serve(GUNICORN)
    server.until_serving()
    second = server.upgrade()
    os.kill(server.process.pid, signal.SIGTERM)
    server.until_serving(server.worker_pids(second))


def test_workers_that_are_replaced_all_the_time_stay_scraped(serve):
    server = serve({**GUNICORN, "maxRequests": 5, "maxRequestsJitter": 3})
    first = set(server.until_serving().values())
    for _ in range(60):
        wait_until(lambda: attempt(lambda: server.get("/")[0]) == 200)
    # One of the first may have had none of these requests.
    wait_until(lambda: attempt(lambda: server.get("/")) and not first & server.worker_pids())
    server.until_serving()


def test_a_worker_beyond_the_range_waits_and_takes_over_a_port_that_comes_free(serve):
    server = serve(GUNICORN)
    first = set(server.until_serving().values())
    os.kill(server.process.pid, signal.SIGTTIN)
    (extra,) = wait_until(lambda: server.booted() - first)
    server.until_logged(f"worker {extra} has had no metrics port for ")
    os.kill(server.process.pid, signal.SIGTTOU)
    assert extra in server.until_serving(server.until_booted()).values()


def test_a_port_that_something_else_holds_is_taken_once_it_is_free(serve, metrics_port):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("0.0.0.0", metrics_port + 1))
        other.listen()
        server = serve(GUNICORN, workers=1)
        server.until_answering()
        assert "metrics of worker" not in server.stderr()
    server.until_serving()


def test_a_forked_child_does_not_keep_the_port_of_its_worker(serve):
    server = serve(GUNICORN, workers=1)
    ((port, worker),) = server.until_serving().items()
    server.get("/fork")
    kill(worker)
    wait_until(lambda: scraped_pid(port))
    assert not server.release_file.exists()


def test_metrics_are_served_over_ipv4_and_ipv6(serve):
    server = serve(GUNICORN, workers=1)
    ((port, worker),) = server.until_serving().items()
    assert scraped_pid(port, "::1") == worker


def test_metrics_are_served_over_ipv4_where_the_kernel_has_no_ipv6(serve):
    server = serve(GUNICORN, environ={"WITHOUT_IPV6": "1"})
    server.until_serving()
    assert scraped_pid(server.metrics_ports[0], "::1") is None


def test_a_scrape_may_ask_for_openmetrics(serve):
    server = serve(GUNICORN, workers=1)
    (port,) = server.until_serving()
    status, headers, body = get(port, headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert (status, headers["Content-Type"].split(";")[0]) == (200, "application/openmetrics-text")
    assert body.endswith("# EOF\n")


def test_a_failing_collector_is_logged_and_harms_neither_the_worker_nor_the_next_scrape(serve):
    server = serve(GUNICORN, workers=1)
    ((port, worker),) = server.until_serving().items()
    server.collector_fails.touch()
    assert get(port)[0] == 500
    server.until_logged("a metrics collector failed")
    server.collector_fails.unlink()
    assert scraped_pid(port) == worker


def test_without_prometheus_client_the_workers_run_and_say_what_is_missing(serve):
    server = serve(GUNICORN, app="own_app", environ={"WITHOUT_MODULES": "prometheus_client"})
    server.until_logged("add prometheus_client to the image, or choose metrics.exporter: app")
    assert server.until_answering()[2] == "no metrics here"


def test_a_port_range_that_django_binds_too_is_an_error_and_left_to_django(serve):
    server = serve(GUNICORN, app="django_like_app")
    server.until_logged("PROMETHEUS_METRICS_EXPORT_PORT_RANGE")
    server.until_logged("leave that setting out when METRICS_EXPORTER is gunicorn")
    server.until_answering()
    assert server.scraped_pids() == {}


def test_with_exporter_app_gunicorn_binds_no_metrics_port(serve):
    server = serve({"exporter": "app"})
    server.until_answering()
    assert "metrics of worker" not in server.stderr()
    assert server.scraped_pids() == {}
