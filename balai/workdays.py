"""Working days: Monday to Friday, less the holidays of the office's calendar, which the caller passes in."""

from collections.abc import Set
from datetime import date, timedelta


def is_workday(day: date, holidays: Set[date]) -> bool:
    """Whether the office works on `day`."""
    return day.isoweekday() <= 5 and day not in holidays


def add_workdays(day: date, count: int, holidays: Set[date]) -> date:
    """The date `count` working days after `day`; `day` itself is not counted and need not be a working day.

    `count` 0 is `day`. Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"Working days are counted forward: {count}")
    while count:
        day += timedelta(days=1)
        count -= is_workday(day, holidays)
    return day


def workdays_between(start: date, end: date, holidays: Set[date]) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies before `start`.

    So `workdays_between(day, add_workdays(day, n, holidays), holidays) == n`, and on a working day a duty
    that was due the day before is -1 working days away.
    """
    if end < start:
        return -workdays_between(end, start, holidays)
    off = sum(start < holiday <= end and holiday.isoweekday() <= 5 for holiday in holidays)
    return _weekdays_until(end) - _weekdays_until(start) - off


def _weekdays_until(day: date) -> int:
    # Day 1 of the calendar is a Monday.
    weeks, rest = divmod(day.toordinal(), 7)
    return weeks * 5 + min(rest, 5)
