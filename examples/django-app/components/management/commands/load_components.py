"""Loads components and their service windows from a JSON file."""

import json
from collections import defaultdict
from datetime import time
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from components.models import Component, ServiceWindow

KEYS = ("component", "labels", "days", "start", "end", "timeZone")
REQUIRED = ("component", "days", "start", "end")
FIELDS = {"days": "days", "start": "start", "end": "end", "time_zone": "timeZone", "name": "component"}


class Command(BaseCommand):
    help = (
        "Loads components and their service windows. The windows of a component become those of the file, "
        "so loading a file twice changes nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="FILE.json")
        parser.add_argument("--prune", action="store_true", help="delete the components that the file does not name")

    def handle(self, *_args, file: Path, prune: bool, verbosity: int, **_options):
        problems: list[str] = []
        windows = read_file(file, problems)
        if problems:
            raise CommandError("\n".join(f"{file}: {problem}" for problem in problems))
        with transaction.atomic():
            for name, (labels, of_component) in windows.items():
                component, _ = Component.objects.update_or_create(name=name, defaults={"labels": labels})
                component.windows.all().delete()
                for window in of_component:
                    window.component = component
                    window.save()
            pruned = Component.objects.exclude(name__in=windows).delete()[1] if prune else {}
        told = f"{len(windows)} components, {sum(len(of_component) for _, of_component in windows.values())} windows"
        if verbosity:
            self.stdout.write(f"{told}; {pruned.get('components.Component', 0)} components deleted")


def read_file(file: Path, problems: list[str]) -> dict[str, tuple[dict, list[ServiceWindow]]]:
    """Component name -> its labels and windows, not saved yet. All problems of the file are added to `problems`."""
    try:
        entries = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        problems.append(f"cannot be read: {error}")
        return {}
    if not isinstance(entries, list):
        problems.append(f"expected a list of windows, got {json.dumps(entries)[:80]}")
        return {}
    labels: dict[str, dict] = {}
    windows: dict[str, list[ServiceWindow]] = defaultdict(list)
    for number, entry in enumerate(entries):
        wrong = list(entry_problems(entry))
        if not wrong:
            name = entry["component"]
            windows[name].append(window_of(entry))
            given = entry.get("labels")
            if given is not None and labels.setdefault(name, given) != given:
                wrong.append(f"labels: expected {labels[name]} as in the other windows of {name}, got {given}")
        problems.extend(f"[{number}].{problem}" if isinstance(entry, dict) else problem for problem in wrong)
    return {name: (labels.get(name, {}), windows[name]) for name in windows}


def entry_problems(entry: Any):
    if not isinstance(entry, dict):
        yield f"expected an object with {', '.join(REQUIRED)}, got {json.dumps(entry)[:80]}"
        return
    for key in entry:
        if key not in KEYS:
            yield f"{key}: unknown; known are {', '.join(KEYS)}"
    for key in REQUIRED:
        if key not in entry:
            yield f"{key}: missing"
    for key in ("component", "timeZone"):
        if key in entry and not isinstance(entry[key], str):
            yield f"{key}: expected a text, got {json.dumps(entry[key])}"
    for key in ("start", "end"):
        if key in entry and clock_time(entry[key]) is None:
            yield f'{key}: expected a time such as "08:00", got {json.dumps(entry[key])}'
    if all(isinstance(entry.get(key, ""), str) for key in ("component", "timeZone")):
        component = Component(name=entry.get("component", "?"), labels=entry.get("labels", {}))
        yield from model_problems(component, exclude=["id"])
        yield from model_problems(window_of(entry), exclude=["id", "component", "start", "end"])


def model_problems(model: Any, exclude: list[str]):
    try:
        model.clean_fields(exclude=exclude)
    except ValidationError as error:
        for field, messages in error.message_dict.items():
            key = FIELDS.get(field, field)
            yield from (f"{key}: {message}" for message in messages)


def window_of(entry: dict) -> ServiceWindow:
    return ServiceWindow(
        days=entry.get("days", ["Mon"]),
        start=clock_time(entry.get("start")),
        end=clock_time(entry.get("end")),
        time_zone=entry.get("timeZone", "UTC"),
    )


def clock_time(text: Any) -> time | None:
    """A naive time of day; an offset in it would contradict timeZone."""
    try:
        parsed = time.fromisoformat(text)
    except (TypeError, ValueError):
        return None
    return parsed if parsed.tzinfo is None else None
