import threading
from datetime import UTC, datetime, time
from unittest import mock

from django.db import connection
from django.test import SimpleTestCase, TransactionTestCase
from prometheus_client import REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.parser import text_string_to_metric_families

from components.collector import ComponentCollector, read_components, service_window_metrics
from components.models import Component, ServiceWindow

# Seconds; more than a busy machine needs for anything here.
LIMIT = 60.0
MONDAY_NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)


def add(name, labels=None, days=("Mon",), start=time(8), end=time(18), time_zone="UTC"):
    component, _ = Component.objects.get_or_create(name=name, defaults={"labels": labels or {}})
    return ServiceWindow.objects.create(component=component, days=list(days), start=start, end=end, time_zone=time_zone)


def scraped(collector):
    """The samples of a scrape of this collector alone: (name, labels) -> value."""
    registry = CollectorRegistry()
    registry.register(collector)
    families = text_string_to_metric_families(generate_latest(registry).decode())
    return {(s.name, frozenset(s.labels.items())): s.value for family in families for s in family.samples}


def series(name, **labels):
    return name, frozenset(labels.items())


class TheCollector(TransactionTestCase):
    def test_gives_the_changes_of_a_component_with_its_labels(self):
        add("billing", {"team": "a"})
        families = service_window_metrics(read_components(), MONDAY_NOON)
        self.assertEqual(
            {sample.name: (sample.labels, sample.value) for family in families for sample in family.samples},
            {
                f"billing_service_window_{change}": ({"component": "billing", "team": "a"}, value)
                for change, value in {
                    "last_start": datetime(2026, 1, 12, 8, tzinfo=UTC).timestamp(),
                    "last_end": datetime(2026, 1, 5, 18, tzinfo=UTC).timestamp(),
                    "next_start": datetime(2026, 1, 19, 8, tzinfo=UTC).timestamp(),
                    "next_end": datetime(2026, 1, 12, 18, tzinfo=UTC).timestamp(),
                    "in_window": 1.0,
                }.items()
            },
        )

    def test_sees_what_changed_since_the_last_scrape(self):
        collector = ComponentCollector(read_components, LIMIT)
        self.assertEqual(scraped(collector), {series("components_collector_up"): 1})
        add("billing", days=["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], start=time(0), end=time(0))
        self.assertEqual(
            scraped(collector),
            {
                series("components_collector_up"): 1,
                series("billing_service_window_in_window", component="billing"): 1,
            },
        )

    def test_asks_two_queries_however_many_components_there_are(self):
        for number in range(10):
            add(f"component-{number}")
        with self.assertNumQueries(2):
            read_components()

    def test_keeps_components_apart_whose_names_become_one(self):
        add("billing-api", {"team": "a"})
        add("billing_api", {"room": "1", "component": "mine"})
        found = scraped(ComponentCollector(read_components, LIMIT))
        name = "billing_api_service_window_in_window"
        self.assertIn(series(name, component="billing-api", team="a"), found)
        self.assertIn(series(name, component="billing_api", room="1", exported_component="mine"), found)

    def test_gives_an_error_metric_when_the_tables_are_not_there(self):
        with connection.schema_editor() as editor:
            editor.delete_model(ServiceWindow)
        try:
            with self.assertLogs("components.collector", "ERROR") as logs:
                self.assertEqual(
                    scraped(ComponentCollector(read_components, LIMIT)), {series("components_collector_up"): 0}
                )
            self.assertIn("no such table", logs.output[0])
        finally:
            with connection.schema_editor() as editor:
                editor.create_model(ServiceWindow)

    def test_closes_the_connection_of_each_scrape(self):
        with mock.patch("components.collector.connection") as used:
            ComponentCollector(list, LIMIT).read()
        used.close.assert_called_once_with()


class TheCollectorWithoutADatabase(SimpleTestCase):
    def test_answers_in_time_and_asks_only_once_while_the_database_hangs(self):
        released, calls = threading.Event(), []

        def hang():
            calls.append(1)
            released.wait(LIMIT)
            return []

        collector = ComponentCollector(hang, limit=0.1)
        with self.assertLogs("components.collector", "INFO") as logs:
            for _ in range(3):
                self.assertEqual(scraped(collector), {series("components_collector_up"): 0})
            call = collector.read.running
            self.assertFalse(call.ended.is_set())

            released.set()
            call.ended.wait(LIMIT)
            self.assertEqual(len(calls), 1)
            collector.read.limit = LIMIT
            self.assertEqual(scraped(collector), {series("components_collector_up"): 1})
        self.assertEqual([record.levelname for record in logs.records], ["ERROR", "INFO"])

    def test_asks_nothing_to_be_registered(self):
        registry = CollectorRegistry(auto_describe=True)
        registry.register(ComponentCollector(lambda: self.fail("the database was asked")))

    def test_is_not_registered_in_tests(self):
        self.assertIsNone(REGISTRY.get_sample_value("components_collector_up"))
