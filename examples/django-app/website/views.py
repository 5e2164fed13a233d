"""Three pages to try the metrics and the logs."""

import math
import time

import structlog
from django.http import HttpResponse, HttpResponseBadRequest
from django.views.decorators.http import require_safe

LONGEST_SLEEP = 10.0

log = structlog.get_logger(__name__)


@require_safe
def front_page(_request):
    return HttpResponse("hello\n", content_type="text/plain")


@require_safe
def slow(request):
    """Takes `?seconds=` seconds, 1 by default."""
    text = request.GET.get("seconds", "1")
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= LONGEST_SLEEP:
        return HttpResponseBadRequest(f"seconds: expected a number from 0 to {LONGEST_SLEEP:g}\n", "text/plain")
    time.sleep(seconds)
    log.info("slept", seconds=seconds)
    return HttpResponse(f"slept {seconds:g} s\n", content_type="text/plain")


class DeliberateError(Exception):
    """The error that /fail/ raises."""


@require_safe
def fail(_request):
    log.warning("about to fail")
    raise DeliberateError("this page always fails")
