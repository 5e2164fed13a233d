"""Tasks for the Celery worker. Each may run twice, after a worker was killed: make yours do no harm the second time."""

import time

import structlog
from celery import shared_task

log = structlog.get_logger(__name__)


@shared_task
def sleep(seconds: float) -> None:
    time.sleep(seconds)
    log.info("slept", seconds=seconds)


@shared_task
def heartbeat() -> None:
    """Beat sends it at regular times. Its log line shows that beat, the broker and a worker work together."""
    log.info("heartbeat")
