import re
import unittest

from hypothesis import given
from hypothesis import strategies as st

from components.metric_names import metric_labels, metric_prefix

PREFIXES = {
    "billing": "billing",
    "billing-api": "billing_api",
    "Billing API (v2)": "Billing_API__v2_",
    "a:b": "a_b",
    "9to5": "component_9to5",
    "_hidden": "_hidden",
    "_1": "component__1",
    "計費": "component___",
    "": "component_",
    "a\nb": "a_b",
}


class MetricNames(unittest.TestCase):
    def test_a_component_name_becomes_the_start_of_a_metric_name(self):
        for name, prefix in PREFIXES.items():
            with self.subTest(name):
                self.assertEqual(metric_prefix(name), prefix)

    @given(st.text())
    def test_any_name_becomes_a_metric_name(self, name):
        self.assertRegex(metric_prefix(name) + "_service_window_in_window", r"\A[a-zA-Z_][a-zA-Z0-9_]*\Z")

    def test_labels_get_names_that_prometheus_takes(self):
        labels = {"team": "a", "cost centre": "7", "2nd": "x", "__name__": "y", "component": "z"}
        self.assertEqual(
            metric_labels("billing", labels),
            {
                "component": "billing",
                "team": "a",
                "cost_centre": "7",
                "_2nd": "x",
                "_name__": "y",
                "exported_component": "z",
            },
        )

    def test_labels_that_become_the_same_are_all_kept_in_an_order_that_stays(self):
        expected = {"component": "c", "a_b": "1", "a_b_2": "2"}
        self.assertEqual(metric_labels("c", {"a-b": "1", "a.b": "2"}), expected)
        self.assertEqual(metric_labels("c", {"a.b": "2", "a-b": "1"}), expected)

    @given(st.text(), st.dictionaries(st.text(), st.text(), max_size=5))
    def test_any_labels_are_kept_under_good_names(self, component, labels):
        safe = metric_labels(component, labels)
        self.assertEqual(sorted(safe.values()), sorted([component, *labels.values()]))
        for name in safe:
            self.assertTrue(re.fullmatch(r"[a-zA-Z_][a-zA-Z0-9_]*", name) and not name.startswith("__"), name)
