"""Working days: weekend and holidays are not counted, whichever way one counts."""

import random
from datetime import date, timedelta

import pytest

from balai.workdays import add_workdays, is_workday, workdays_between

FRIDAY = date(2026, 11, 20)
MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)


def test_workdays_are_monday_to_friday_less_holidays():
    week = [MONDAY + timedelta(days=n) for n in range(7)]
    assert [is_workday(day, set()) for day in week] == [True] * 5 + [False] * 2
    assert not is_workday(MONDAY, {MONDAY})


@pytest.mark.parametrize(
    ("start", "count", "holidays", "end"),
    [
        (FRIDAY, 0, set(), FRIDAY),
        (FRIDAY, 1, set(), MONDAY),
        (FRIDAY, 1, {MONDAY}, TUESDAY),
        (date(2026, 11, 21), 1, set(), MONDAY),
        (MONDAY, 5, set(), date(2026, 11, 30)),
        (MONDAY, 9, {date(2026, 12, 1)}, date(2026, 12, 7)),
        (date(2026, 12, 31), 1, {date(2027, 1, 1)}, date(2027, 1, 4)),
    ],
)
def test_add_workdays(start, count, holidays, end):
    assert add_workdays(start, count, holidays) == end


def test_add_workdays_counts_forward_only():
    with pytest.raises(ValueError, match="forward"):
        add_workdays(MONDAY, -1, set())


@pytest.mark.parametrize(
    ("start", "end", "holidays", "count"),
    [
        (MONDAY, MONDAY, set(), 0),
        (FRIDAY, MONDAY, set(), 1),
        (FRIDAY, MONDAY, {MONDAY}, 0),
        (FRIDAY, date(2026, 11, 22), set(), 0),
        (MONDAY, FRIDAY, set(), -1),
        (MONDAY, date(2026, 11, 27), {date(2026, 11, 28)}, 4),
    ],
)
def test_workdays_between(start, end, holidays, count):
    assert workdays_between(start, end, holidays) == count


def test_between_agrees_with_counting_day_by_day():
    chance = random.Random(2)
    for _ in range(300):
        start = date(2026, 1, 1) + timedelta(days=chance.randrange(400))
        end = start + timedelta(days=chance.randrange(100))
        holidays = {start + timedelta(days=chance.randrange(-5, 110)) for _ in range(12)}
        slow = sum(is_workday(start + timedelta(days=n), holidays) for n in range(1, (end - start).days + 1))
        assert workdays_between(start, end, holidays) == slow
        assert workdays_between(end, start, holidays) == -slow
        count = chance.randrange(60)
        assert workdays_between(start, add_workdays(start, count, holidays), holidays) == count
