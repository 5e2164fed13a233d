"""Tests of the computation of service windows: a table of cases, and properties of all windows."""

import unittest
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given
from hypothesis import strategies as st

from components.service_window import ServiceWindow, window_times

AMSTERDAM, NEW_YORK, APIA = ZoneInfo("Europe/Amsterdam"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Apia")
LORD_HOWE, KATHMANDU, UTC_ZONE = ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("UTC")
MONDAY, WORKDAYS, SATURDAY, DAILY = frozenset([0]), frozenset(range(5)), frozenset([5]), frozenset(range(7))


def window(days, start, end, zone=AMSTERDAM):
    return ServiceWindow(days, time.fromisoformat(start), time.fromisoformat(end), zone)


OFFICE = [window(WORKDAYS, "08:00", "18:00")]
NIGHT = [window(WORKDAYS, "22:00", "06:00")]

# Name, windows, now; then the expected in_window, last start, last end, next start, next end: all in UTC.
CASES = [
    ("before the first window of the week", OFFICE, "2026-01-12 06:59", False,
     "2026-01-09 07:00", "2026-01-09 17:00", "2026-01-12 07:00", "2026-01-12 17:00"),
    ("at the very start", OFFICE, "2026-01-12 07:00", True,
     "2026-01-12 07:00", "2026-01-09 17:00", "2026-01-13 07:00", "2026-01-12 17:00"),
    ("at the very end", OFFICE, "2026-01-12 17:00", False,
     "2026-01-12 07:00", "2026-01-12 17:00", "2026-01-13 07:00", "2026-01-13 17:00"),
    ("in summer the same hours are an hour earlier", OFFICE, "2026-07-13 06:00", True,
     "2026-07-13 06:00", "2026-07-10 16:00", "2026-07-14 06:00", "2026-07-13 16:00"),
    ("over the weekend in which the clock jumps ahead", OFFICE, "2026-03-28 12:00", False,
     "2026-03-27 07:00", "2026-03-27 17:00", "2026-03-30 06:00", "2026-03-30 16:00"),
    ("over midnight, after it", NIGHT, "2026-01-13 03:00", True,
     "2026-01-12 21:00", "2026-01-10 05:00", "2026-01-13 21:00", "2026-01-13 05:00"),
    ("over midnight, the end of Friday's window on Saturday", NIGHT, "2026-01-17 04:59", True,
     "2026-01-16 21:00", "2026-01-16 05:00", "2026-01-19 21:00", "2026-01-17 05:00"),
    ("over the midnight in which the clock jumps ahead, an hour shorter", [window(SATURDAY, "22:00", "06:00")],
     "2026-03-29 00:00", True, "2026-03-28 21:00", "2026-03-22 05:00", "2026-04-04 20:00", "2026-03-29 04:00"),
    ("a start that the clock skips is the moment of the jump", [window(DAILY, "02:30", "04:00")],
     "2026-03-29 01:00", True, "2026-03-29 01:00", "2026-03-28 03:00", "2026-03-30 00:30", "2026-03-29 02:00"),
    ("an end that the clock skips is the moment of the jump", [window(DAILY, "01:00", "02:30")],
     "2026-03-29 00:59", True, "2026-03-29 00:00", "2026-03-28 01:30", "2026-03-29 23:00", "2026-03-29 01:00"),
    ("a window inside the skipped hour does not take place", [window(DAILY, "02:10", "02:50")],
     "2026-03-29 01:10", False, "2026-03-28 01:10", "2026-03-28 01:50", "2026-03-30 00:10", "2026-03-30 00:50"),
    ("a start that the clock shows twice is the first", [window(DAILY, "02:30", "04:00")],
     "2026-10-25 00:30", True, "2026-10-25 00:30", "2026-10-24 02:00", "2026-10-26 01:30", "2026-10-25 03:00"),
    ("an end that the clock shows twice is the first", [window(DAILY, "01:00", "02:30")],
     "2026-10-25 00:30", False, "2026-10-24 23:00", "2026-10-25 00:30", "2026-10-26 00:00", "2026-10-26 01:30"),
    ("a whole day that the calendar skips", [window(frozenset([4]), "09:00", "17:00", APIA)],
     "2011-12-30 20:00", False, "2011-12-23 19:00", "2011-12-24 03:00", "2012-01-05 19:00", "2012-01-06 03:00"),
    ("a change of the clock of half an hour", [window(DAILY, "02:15", "05:00", LORD_HOWE)],
     "2026-10-03 15:30", True, "2026-10-03 15:30", "2026-10-02 18:30", "2026-10-04 15:15", "2026-10-03 18:00"),
    ("an offset of three quarters of an hour", [window(DAILY, "09:00", "17:00", KATHMANDU)],
     "2026-01-12 03:15", True, "2026-01-12 03:15", "2026-01-11 11:15", "2026-01-13 03:15", "2026-01-12 11:15"),
    ("windows that overlap are one", [window(WORKDAYS, "08:00", "12:00"), window(WORKDAYS, "11:00", "18:00")],
     "2026-01-12 08:00", True, "2026-01-12 07:00", "2026-01-09 17:00", "2026-01-13 07:00", "2026-01-12 17:00"),
    ("windows that touch are one, in two time zones",
     [window(WORKDAYS, "08:00", "18:00"), window(WORKDAYS, "12:00", "18:00", NEW_YORK)],
     "2026-01-12 18:00", True, "2026-01-12 07:00", "2026-01-09 23:00", "2026-01-13 07:00", "2026-01-12 23:00"),
    ("around the clock one day a week", [window(SATURDAY, "00:00", "00:00", UTC_ZONE)],
     "2026-01-10 12:00", True, "2026-01-10 00:00", "2026-01-04 00:00", "2026-01-17 00:00", "2026-01-11 00:00"),
    ("around the clock every day never changes", [window(DAILY, "00:00", "00:00")],
     "2026-03-29 12:00", True, None, None, None, None),
    ("around the clock every day beside another, which begins anew where the horizon of the first ends",
     [window(MONDAY, "06:00:01", "00:00"), window(DAILY, "00:00", "00:00", NEW_YORK)],
     "2005-01-01 00:00", True, None, None, None, None),
    ("no window at all", [], "2026-01-12 12:00", False, None, None, None, None),
]  # fmt: skip


def utc(text):
    return text and datetime.fromisoformat(text).replace(tzinfo=UTC)


class WindowTimesOfTheTable(unittest.TestCase):
    def test_each_case(self):
        for name, windows, now, in_window, *changes in CASES:
            with self.subTest(name):
                times = window_times(windows, utc(now))
                self.assertEqual(
                    (times.in_window, times.last_start, times.last_end, times.next_start, times.next_end),
                    (in_window, *map(utc, changes)),
                )


ZONES = st.sampled_from([AMSTERDAM, NEW_YORK, APIA, LORD_HOWE, KATHMANDU, UTC_ZONE, ZoneInfo("Africa/Casablanca")])
TIMES = st.times().map(lambda moment: moment.replace(microsecond=0))
WINDOWS = st.lists(
    st.builds(ServiceWindow, st.frozensets(st.integers(0, 6), min_size=1), TIMES, TIMES, ZONES), min_size=1, max_size=3
)
MOMENTS = st.datetimes(datetime(2005, 1, 1), datetime(2036, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))
INSTANT = timedelta(microseconds=1)


class WindowTimesOfAnyWindows(unittest.TestCase):
    @given(WINDOWS, MOMENTS)
    def test_what_is_last_is_past_and_what_is_next_is_to_come(self, windows, now):
        times = window_times(windows, now)
        self.assertTrue(all(past is None or past <= now for past in (times.last_start, times.last_end)))
        self.assertTrue(all(coming is None or coming > now for coming in (times.next_start, times.next_end)))

    @given(WINDOWS, MOMENTS)
    def test_in_window_is_what_the_last_and_the_next_change_say(self, windows, now):
        times = window_times(windows, now)
        assume(None not in (times.last_start, times.last_end, times.next_start, times.next_end))
        self.assertEqual(times.in_window, times.last_start > times.last_end)
        self.assertEqual(times.in_window, times.next_end < times.next_start)

    @given(WINDOWS, MOMENTS)
    def test_nothing_changes_before_the_next_change_and_then_it_does(self, windows, now):
        times = window_times(windows, now)
        changes = [change for change in (times.next_start, times.next_end) if change]
        assume(changes)
        first = min(changes)
        before, at = window_times(windows, first - INSTANT), window_times(windows, first)
        self.assertEqual(before.in_window, times.in_window)
        self.assertEqual(at.in_window, not times.in_window)
        self.assertIn(first, (at.last_start, at.last_end))

    @given(WINDOWS, MOMENTS)
    def test_far_from_a_change_of_the_clock_the_wall_clock_alone_decides(self, windows, now):
        days = [timedelta(days=days) for days in range(-3, 4)]
        for weekly in windows:
            assume(len({(now + days).astimezone(weekly.zone).utcoffset() for days in days}) == 1)
        self.assertEqual(window_times(windows, now).in_window, any(shows(weekly, now) for weekly in windows))


def shows(weekly, now):
    """Whether the wall-clock time is inside the window."""
    wall = now.astimezone(weekly.zone)
    today, yesterday = wall.weekday() in weekly.days, (wall.weekday() - 1) % 7 in weekly.days
    if weekly.end > weekly.start:
        return today and weekly.start <= wall.time() < weekly.end
    return (today and wall.time() >= weekly.start) or (yesterday and wall.time() < weekly.end)
