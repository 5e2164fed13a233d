"""The components of a product and their service windows."""

from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models

from components import service_window

DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def validate_labels(labels):
    texts = isinstance(labels, dict) and all(isinstance(value, str) for value in labels.values())
    if not texts or "" in labels:
        raise ValidationError(f'expected an object of texts such as {{"team": "a"}}, got {labels!r}')


def validate_days(days):
    if not isinstance(days, list) or not days or any(day not in DAYS for day in days):
        raise ValidationError(f"expected a list of {', '.join(DAYS)}, got {days!r}")


def validate_time_zone(name):
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise ValidationError(f"expected an IANA time zone such as Europe/Amsterdam, got {name!r}") from error


class Component(models.Model):
    name = models.CharField(max_length=200, unique=True)
    labels = models.JSONField(default=dict, blank=True, validators=[validate_labels])

    class Meta:
        ordering = ("name",)

    def __str__(self):
        return self.name


class ServiceWindow(models.Model):
    """A weekly window. If its end is not after its start, it ends on the next day."""

    component = models.ForeignKey(Component, on_delete=models.CASCADE, related_name="windows")
    days = models.JSONField(validators=[validate_days], help_text='Such as ["Mon", "Tue"]')
    start = models.TimeField()
    end = models.TimeField(help_text="On the next day when it is not after the start")
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])

    class Meta:
        ordering = ("pk",)

    def __str__(self):
        return f"{self.component}: {' '.join(self.days)} {self.start:%H:%M}-{self.end:%H:%M} {self.time_zone}"

    def in_time(self) -> service_window.ServiceWindow:
        """The window for computations."""
        days = frozenset(DAYS.index(day) for day in self.days)
        return service_window.ServiceWindow(days, self.start, self.end, ZoneInfo(self.time_zone))
