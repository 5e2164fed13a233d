"""Settings of the example. Everything that differs between deployments comes from the environment."""

import logging
import os
from pathlib import Path

from django.core.management.utils import get_random_secret_key

from website.logs import configure_structlog, logging_for
from website.metrics_ports import metrics_ports

BASE_DIR = Path(__file__).resolve().parent.parent

DEBUG = os.environ.get("DJANGO_DEBUG") == "1"
# If no key is set, each process makes a random one. Logins then end with the process.
SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY") or get_random_secret_key()
ALLOWED_HOSTS = os.environ.get("DJANGO_ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
ROOT_URLCONF = "website.urls"
WSGI_APPLICATION = "website.wsgi.application"

# The ports of the workers' metrics, which django-prometheus binds; None if gunicorn's configuration serves the metrics.
PROMETHEUS_METRICS_EXPORT_PORT_RANGE = metrics_ports(os.environ)
# "1" counts unapplied migrations when a process starts. A worker then cannot start without its database.
PROMETHEUS_EXPORT_MIGRATIONS = os.environ.get("DJANGO_EXPORT_MIGRATIONS") == "1"

INSTALLED_APPS = [
    # Before django_prometheus, which binds its port as soon as it is ready.
    "website",
    "django_prometheus",
    "components",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "website.health.HealthMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "website.request_context.RequestContextMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": os.environ.get("DATABASE_ENGINE", "django_prometheus.db.backends.sqlite3"),
        # A pod's root file system is read-only: the image sets a file under /tmp.
        "NAME": os.environ.get("DATABASE_NAME", BASE_DIR / "db.sqlite3"),
        "USER": os.environ.get("DATABASE_USER", ""),
        "PASSWORD": os.environ.get("DATABASE_PASSWORD", ""),
        "HOST": os.environ.get("DATABASE_HOST", ""),
        "PORT": os.environ.get("DATABASE_PORT", ""),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

configure_structlog()
# Otherwise Python prints warnings to stderr as text.
logging.captureWarnings(True)
LOGGING = logging_for(os.environ.get("LOG_STYLE", "console" if DEBUG else "json"))

# Celery. A task goes back to the broker if its worker is killed, and a worker takes no task before it is free.
CELERY_BROKER_URL = os.environ.get("CELERY_BROKER_URL", "redis://localhost:6379/0")
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_BEAT_SCHEDULE = {
    "heartbeat": {
        "task": "website.tasks.heartbeat",
        "schedule": float(os.environ.get("CELERY_HEARTBEAT_SECONDS", "60")),
    }
}

USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "static/"

# Security settings for a site behind TLS.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SECURE_CONTENT_TYPE_NOSNIFF = True
