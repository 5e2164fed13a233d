from django.core.exceptions import ImproperlyConfigured
from django.test import SimpleTestCase

from website.metrics_ports import metrics_ports

SERVED = {"SERVER_SOFTWARE": "gunicorn/27.0.1", "METRICS_START_PORT": "5001", "WEB_CONCURRENCY": "5"}

REFUSED = {
    "no start port": ({"METRICS_START_PORT": None}, "METRICS_START_PORT: expected a whole number from 1 to 65535"),
    "no number of workers": ({"WEB_CONCURRENCY": None}, "it is not set; set WEB_CONCURRENCY in the environment"),
    "a word": ({"METRICS_START_PORT": "five"}, "got 'five'"),
    "nothing": ({"METRICS_START_PORT": ""}, "got ''"),
    "a sign": ({"WEB_CONCURRENCY": "-5"}, "got '-5'"),
    "zero": ({"WEB_CONCURRENCY": "0"}, "got '0'"),
    "a port too high": ({"METRICS_START_PORT": "65536"}, "got '65536'"),
    "a last port too high": (
        {"METRICS_START_PORT": "65533"},
        "5 workers from port 65533 need ports 65533-65537, beyond 65535; lower it to 65531 or below",
    ),
}


class MetricsPorts(SimpleTestCase):
    def test_there_is_one_for_each_worker(self):
        self.assertEqual(metrics_ports(SERVED), range(5001, 5006))
        self.assertEqual(metrics_ports({**SERVED, "METRICS_START_PORT": "65531"})[-1], 65535)

    def test_there_is_none_outside_gunicorn_whatever_the_environment_says(self):
        self.assertIsNone(metrics_ports({}))
        self.assertIsNone(metrics_ports({"METRICS_START_PORT": "5001", "WEB_CONCURRENCY": "5"}))

    def test_there_is_none_when_gunicorn_serves_the_metrics_itself(self):
        self.assertIsNone(metrics_ports({**SERVED, "METRICS_EXPORTER": "gunicorn"}))
        self.assertIsNotNone(metrics_ports({**SERVED, "METRICS_EXPORTER": "app"}))

    def test_missing_and_bad_values_are_refused(self):
        for name, (changes, sentence) in REFUSED.items():
            with self.subTest(name):
                environ = {key: value for key, value in {**SERVED, **changes}.items() if value is not None}
                with self.assertRaises(ImproperlyConfigured) as refused:
                    metrics_ports(environ)
                self.assertIn(sentence, str(refused.exception))
