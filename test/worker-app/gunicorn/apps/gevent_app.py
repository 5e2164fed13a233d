"""The same application, which patches the standard library itself, as soon as it is loaded."""

from gevent import monkey

monkey.patch_all()

from wsgi_app import application  # noqa: E402

__all__ = ["application"]
