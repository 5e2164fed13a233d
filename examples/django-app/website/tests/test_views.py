from django.test import SimpleTestCase
from structlog.contextvars import get_contextvars


class Views(SimpleTestCase):
    def test_the_front_page_answers(self):
        self.assertEqual(self.client.get("/").content, b"hello\n")

    def test_health_answers_whatever_the_host_header_says(self):
        self.assertEqual(self.client.get("/health/", headers={"host": "10.0.0.7:5000"}).status_code, 200)
        self.assertEqual(self.client.get("/", headers={"host": "10.0.0.7:5000"}).status_code, 400)

    def test_health_can_only_be_read(self):
        self.assertEqual(self.client.post("/health/").status_code, 405)

    def test_slow_takes_no_longer_than_it_may(self):
        self.assertEqual(self.client.get("/slow/?seconds=0.01").content, b"slept 0.01 s\n")
        for seconds in ("11", "-1", "nan", "inf", "soon"):
            with self.subTest(seconds):
                self.assertEqual(self.client.get(f"/slow/?seconds={seconds}").status_code, 400)

    def test_fail_fails(self):
        self.client.raise_request_exception = False
        with self.assertLogs("django.request", "ERROR"):
            self.assertEqual(self.client.get("/fail/").status_code, 500)

    def test_a_request_has_an_id_that_its_log_lines_carry_and_the_next_ones_do_not(self):
        with self.assertLogs("website.views") as logs:
            response = self.client.get("/slow/?seconds=0", headers={"x-request-id": "mine-1"})
        event = logs.records[0].msg
        self.assertEqual((event["request_id"], event["path"], event["seconds"]), ("mine-1", "/slow/", 0.0))
        self.assertEqual(response["X-Request-ID"], "mine-1")
        self.assertEqual(get_contextvars(), {})

    def test_an_id_that_is_none_is_replaced(self):
        for given in ("a b", 'x"}', "x" * 65, ""):
            with self.subTest(given):
                response = self.client.get("/", headers={"x-request-id": given})
                self.assertEqual(len(response["X-Request-ID"]), 36)
