"""What a web server runs, and nothing else does: not migrate, not the tests."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings")
application = get_wsgi_application()

# From here on the models can be used; a module is loaded once in a process, so this registers once.
from components.collector import register_components  # noqa: E402

register_components()
