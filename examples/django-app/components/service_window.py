"""Service windows: weekly times of service, in a time zone of their own. This module does not use Django.

When the clock changes, some wall-clock times are not one moment. A time that the clock skips in spring counts as the
moment of the change; a time that it shows twice in autumn counts as the first of the two. So a window never ends
before it starts, and a window inside the skipped hour does not take place on that day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# A window repeats within 7 days, or within 14 if a change of the clock skips it once.
HORIZON = timedelta(days=15)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class ServiceWindow:
    """A window on each of `days` (0 is Monday) from `start` to `end`; over midnight if `end` is not after `start`."""

    days: frozenset[int]
    start: time
    end: time
    zone: ZoneInfo

    def occurrences(self, around: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The start and end, in UTC, of each occurrence of the window within the horizon of `around`."""
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
    """The changes around one moment; None if there is none within the horizon, as in a service around the clock."""

    in_window: bool
    last_start: datetime | None
    last_end: datetime | None
    next_start: datetime | None
    next_end: datetime | None


def moment(day: date, wall: time, zone: ZoneInfo) -> datetime:
    """The moment in UTC when the clock of `zone` shows this day and time."""
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
    """The last and next changes of all windows together. Windows that touch or overlap count as one."""
    spans = list(_merged(span for window in windows for span in window.occurrences(now)))
    # A change beyond the horizon may be false: the adjacent occurrence is not computed.
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
