"""The WSGI application. Only a web server imports this module: not migrate, not the tests."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings")
application = get_wsgi_application()

# Django is set up: the models can be used. A module is loaded once in a process, so this registers once.
from components.collector import register_components  # noqa: E402

register_components()
