"""When a component is in service: weekly windows by the wall clock of their own time zone, and nothing of Django.

Two kinds of wall-clock times are no single moment. One that the clock skips in spring stands for the moment of the
jump; one that it shows twice in autumn stands for the first of the two. So a window is never turned around, and one
that lies wholly inside the skipped hour does not take place that day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# A window comes back within 7 days, or within 14 when a change of the clock swallowed it once.
HORIZON = timedelta(days=15)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class ServiceWindow:
    """On each of `days` (0 is Monday) from `start` to `end`; over midnight when `end` is not after `start`."""

    days: frozenset[int]
    start: time
    end: time
    zone: ZoneInfo

    def occurrences(self, around: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Each time that the window takes place within the horizon of `around`, as moments in UTC."""
        day = around.astimezone(self.zone).date() - HORIZON - DAY
        for _ in range(2 * HORIZON.days + 3):
            if day.weekday() in self.days:
                last_day = day if self.end > self.start else day + DAY
                start, end = moment(day, self.start, self.zone), moment(last_day, self.end, self.zone)
                if start < end:
                    yield start, end
            day += DAY


@dataclass(frozen=True)
class WindowTimes:
    """The changes around one moment; None for one that is not within the horizon, as in a service without end."""

    in_window: bool
    last_start: datetime | None
    last_end: datetime | None
    next_start: datetime | None
    next_end: datetime | None


def moment(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The moment in UTC when the clock of `zone` shows this."""
    first = datetime.combine(day, wall, zone).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == datetime.combine(day, wall):
        return first
    return _jump(datetime.combine(day, wall, zone))


def _jump(skipped: datetime) -> datetime:
    """The first moment after the change of the clock that skips this wall-clock time."""
    before, after = skipped.replace(fold=1).astimezone(UTC), skipped.replace(fold=0).astimezone(UTC)
    zone, old = skipped.tzinfo, before.astimezone(skipped.tzinfo).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def window_times(windows: Iterable[ServiceWindow], now: datetime) -> WindowTimes:
    """The last and next changes of all the windows together: windows that touch or overlap are one."""
    spans = list(_merged(span for window in windows for span in window.occurrences(now)))
    # Beyond the horizon a span may end for the lack of its next occurrence alone, and begin again.
    starts = [start for start, _ in spans if abs(start - now) < HORIZON]
    ends = [end for _, end in spans if abs(end - now) < HORIZON]
    return WindowTimes(
        in_window=any(start <= now < end for start, end in spans),
        last_start=max((start for start in starts if start <= now), default=None),
        last_end=max((end for end in ends if end <= now), default=None),
        next_start=min((start for start in starts if start > now), default=None),
        next_end=min((end for end in ends if end > now), default=None),
    )


def _merged(spans: Iterable[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    current = None
    for start, end in sorted(spans):
        if current and start <= current[1]:
            current = current[0], max(current[1], end)
        else:
            if current:
                yield current
            current = start, end
    if current:
        yield current
