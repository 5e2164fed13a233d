"""Pages to try the metrics, the logs and the tasks."""

import time
from http import HTTPStatus

import structlog
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.http import require_safe

from website import tasks

LONGEST_SLEEP = 10.0

log = structlog.get_logger(__name__)


@require_safe
def front_page(_request):
    return HttpResponse("hello\n", content_type="text/plain")


@require_safe
def slow(request):
    """Takes `?seconds=` seconds, 1 by default."""
    seconds = asked_seconds(request)
    if seconds is None:
        return wrong_seconds()
    time.sleep(seconds)
    log.info("slept", seconds=seconds)
    return HttpResponse(f"slept {seconds:g} s\n", content_type="text/plain")


@require_safe
def later(request):
    """Has a Celery worker sleep for `?seconds=` seconds, 1 by default."""
    seconds = asked_seconds(request)
    if seconds is None:
        return wrong_seconds()
    tasks.sleep.delay(seconds)
    return HttpResponse("a worker will do it\n", "text/plain", HTTPStatus.ACCEPTED)


def asked_seconds(request) -> float | None:
    """The value of `?seconds=`; None if it is out of range."""
    try:
        seconds = float(request.GET.get("seconds", "1"))
    except ValueError:
        return None
    return seconds if 0 <= seconds <= LONGEST_SLEEP else None


def wrong_seconds() -> HttpResponse:
    return HttpResponseBadRequest(f"seconds: expected a number from 0 to {LONGEST_SLEEP:g}\n", "text/plain")


class DeliberateError(Exception):
    """The error that /fail/ raises."""


@require_safe
def fail(_request):
    log.warning("about to fail")
    raise DeliberateError("this page always fails")
