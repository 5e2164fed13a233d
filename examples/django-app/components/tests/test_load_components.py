import json
import tempfile
from datetime import time
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.test import TestCase

from components.models import Component, ServiceWindow

WEEK = {
    "component": "billing",
    "labels": {"team": "a"},
    "days": ["Mon", "Tue", "Wed", "Thu", "Fri"],
    "start": "08:00",
    "end": "18:00",
    "timeZone": "Europe/Amsterdam",
}
SATURDAY = {"component": "billing", "days": ["Sat"], "start": "22:00", "end": "02:00", "timeZone": "Europe/Amsterdam"}
SHOP = {"component": "shop", "days": ["Sun"], "start": "10:00", "end": "16:00"}


class LoadComponents(TestCase):
    def load(self, content, *options):
        with tempfile.TemporaryDirectory() as folder:
            self.file = Path(folder, "components.json")
            self.file.write_text(content if isinstance(content, str) else json.dumps(content))
            out = StringIO()
            call_command("load_components", str(self.file), *options, stdout=out)
            return out.getvalue().strip()

    def refusal(self, content):
        with self.assertRaises(CommandError) as refused:
            self.load(content)
        self.assertFalse(Component.objects.exists())
        return str(refused.exception).replace(f"{self.file}: ", "").split("\n")

    def test_several_windows_of_a_component_are_loaded(self):
        told = self.load([WEEK, SATURDAY, SHOP])
        self.assertEqual(told, "2 components, 3 windows; 0 components deleted")
        billing = Component.objects.get(name="billing")
        self.assertEqual(billing.labels, {"team": "a"})
        self.assertEqual(
            list(billing.windows.values_list("days", "start", "end", "time_zone")),
            [
                (["Mon", "Tue", "Wed", "Thu", "Fri"], time(8), time(18), "Europe/Amsterdam"),
                (["Sat"], time(22), time(2), "Europe/Amsterdam"),
            ],
        )
        self.assertEqual(ServiceWindow.objects.get(component__name="shop").time_zone, "UTC")

    def test_the_file_beside_the_readme_can_be_loaded(self):
        example = Path(__file__).resolve().parent.parent.parent / "components.json"
        self.assertEqual(self.load(example.read_text()), "2 components, 3 windows; 0 components deleted")

    def test_loading_twice_changes_nothing(self):
        self.load([WEEK, SATURDAY])
        before = list(Component.objects.values("pk", "name", "labels"))
        self.load([SATURDAY, WEEK])
        self.assertEqual(list(Component.objects.values("pk", "name", "labels")), before)
        self.assertEqual(ServiceWindow.objects.count(), 2)

    def test_windows_that_left_the_file_go_and_components_only_with_prune(self):
        self.load([WEEK, SATURDAY, SHOP])
        self.load([WEEK])
        self.assertEqual(ServiceWindow.objects.filter(component__name="billing").count(), 1)
        self.assertTrue(Component.objects.filter(name="shop").exists())
        self.assertEqual(self.load([WEEK], "--prune"), "1 components, 1 windows; 1 components deleted")

    def test_what_is_wrong_is_said_with_its_place(self):
        cases = {
            "no list": ({}, "expected a list of windows, got {}"),
            "no object": (["x"], 'expected an object with component, days, start, end, got "x"'),
            "an unknown key": ([{**SHOP, "zone": "UTC"}], "[0].zone: unknown; known are component, labels, days, "),
            "a key too few": ([SHOP, {"component": "a", "days": ["Mon"], "start": "08:00"}], "[1].end: missing"),
            "no day": ([{**SHOP, "days": ["Sunday"]}], "[0].days: expected a list of Mon, Tue, Wed, Thu, Fri, Sat, "),
            "no days": ([{**SHOP, "days": []}], "[0].days: This field cannot be blank."),
            "an hour too late": ([{**SHOP, "end": "24:00"}], '[0].end: expected a time such as "08:00", got "24:00"'),
            "a number": ([{**SHOP, "start": 8}], '[0].start: expected a time such as "08:00", got 8'),
            "an offset": ([{**SHOP, "start": "08:00+01:00"}], "[0].start: expected a time such as"),
            "a place": ([{**SHOP, "timeZone": "Mars/Olympus"}], "[0].timeZone: expected an IANA time zone such as "),
            "a path": ([{**SHOP, "timeZone": "../etc/passwd"}], "[0].timeZone: expected an IANA time zone such as "),
            "labels": ([{**SHOP, "labels": {"team": 1}}], "[0].labels: expected an object of texts such as "),
            "no name": ([{**SHOP, "component": ""}], "[0].component: This field cannot be blank."),
            "a name of a number": ([{**SHOP, "component": 7}], "[0].component: expected a text, got 7"),
            "other labels": ([WEEK, {**SATURDAY, "labels": {}}], "[1].labels: expected {'team': 'a'} as in the other"),
            "no JSON": ("[", "cannot be read: "),
        }
        for name, (content, sentence) in cases.items():
            with self.subTest(name):
                (problem,) = self.refusal(content)
                self.assertTrue(problem.startswith(sentence), problem)

    def test_all_problems_are_said_at_once(self):
        self.assertEqual(len(self.refusal([{**SHOP, "days": [], "timeZone": "x"}, {**SHOP, "start": None}])), 3)
