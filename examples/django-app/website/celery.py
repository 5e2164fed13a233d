"""The Celery application of `celery -A website worker` and `celery -A website beat`."""

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings")

app = Celery("website")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_django_logging(**_kwargs):
    """Celery configures no logging of its own if this signal has a receiver: its lines are JSON as all others are."""
