from website.celery import app as celery_app

# With this import, tasks that web pods send go to the broker of the settings.
__all__ = ["celery_app"]
