import json
import logging
import logging.config
from io import StringIO

import structlog
from django.test import SimpleTestCase

from website.logs import FIRST, logging_for


class JsonLines(SimpleTestCase):
    """The output of the handler of LOGGING, for all loggers."""

    def setUp(self):
        formatter = logging.config.DictConfigurator(logging_for("json")).configure_formatter(
            logging_for("json")["formatters"]["events"]
        )
        self.written = StringIO()
        handler = logging.StreamHandler(self.written)
        handler.setFormatter(formatter)
        self.logger = logging.getLogger("website.tests.lines")
        self.logger.addHandler(handler)
        self.addCleanup(self.logger.removeHandler, handler)
        self.logger.propagate = False

    def line(self):
        (line,) = self.written.getvalue().splitlines()
        return json.loads(line)

    def test_an_event_of_structlog_is_one_object_with_the_common_keys_first(self):
        with structlog.contextvars.bound_contextvars(request_id="r-1"):
            structlog.get_logger("website.tests.lines").info("order\nplaced", order=7)
        line = self.line()
        self.assertEqual(tuple(line)[:4], FIRST)
        self.assertEqual((line["event"], line["order"], line["request_id"]), ("order\nplaced", 7, "r-1"))
        self.assertRegex(line["timestamp"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")

    def test_a_standard_record_has_the_same_keys_its_extras_and_its_traceback(self):
        with structlog.contextvars.bound_contextvars(request_id="r-1"):
            try:
                raise ValueError("bad\nvalue")
            except ValueError:
                self.logger.exception("failed %s", "twice", extra={"order": 7})
        line = self.line()
        self.assertEqual(tuple(line)[:4], FIRST)
        self.assertEqual((line["level"], line["event"], line["order"]), ("error", "failed twice", 7))
        self.assertEqual(line["request_id"], "r-1")
        self.assertTrue(line["exception"].endswith("ValueError: bad\nvalue"))
