from django.apps import AppConfig

from website.metrics_ports import serve_ipv6_too


class WebsiteConfig(AppConfig):
    name = "website"

    def ready(self):
        serve_ipv6_too()
