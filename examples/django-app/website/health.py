"""The page for the probes of the pod."""

from django.http import HttpResponse, HttpResponseNotAllowed

HEALTH_PATH = "/health/"


class HealthMiddleware:
    """Answers before all other middleware: a kubelet's Host header is the pod's IP, which ALLOWED_HOSTS would refuse.

    It does not query the database, so that a failure of the database does not restart every pod. It is before
    the metrics, so that probes do not count as requests.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path != HEALTH_PATH:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return HttpResponse("ok\n", content_type="text/plain")
