"""The plan of the workshop week by week: what the work centres can do, what is planned there, what a new job adds.

Pure: it adds up what `orders.workload` read. Minutes throughout; a week begins on its Monday.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from orders.schedule import Planned
from orders.workload import Queue

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Week:
    """A week of some work centres, in minutes. Of the week that has begun only the days from today on are counted."""

    begins: date
    capacity: int
    queued: int
    added: int = 0

    @property
    def planned(self) -> int:
        return self.queued + self.added

    @property
    def percent(self) -> int:
        """How much of the capacity is planned, rounded down, so that 100 means full."""
        return 100 * self.planned // self.capacity if self.capacity else 0


def week_loads(queue: Queue, added: Planned | None, weeks: int, centres: Collection[int]) -> list[Week]:
    """The load of these work centres from this week on, with what a new job would add.

    A job that ends after these weeks is shown from the week in which it begins.
    """
    capacity, queued, more = Counter(), Counter(), Counter()
    for centre in centres:
        for day, minutes in zip(queue.capacity.days, queue.capacity.minutes[centre], strict=True):
            capacity[monday(day)] += minutes
    for planned in queue.plan.values():
        _add(queued, planned, centres)
    if added:
        _add(more, added, centres)
    begins = _first_week(queue, added, weeks)
    mondays = [begins + WEEK * n for n in range(weeks)]
    return [Week(day, capacity[day], queued[day], more[day]) for day in mondays]


def monday(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def _first_week(queue: Queue, added: Planned | None, weeks: int) -> date:
    days = queue.capacity.days
    this = monday(days[0] if days else queue.today)  # at a weekend, the week to come
    if added and added.blocks and monday(added.blocks[-1].day) >= this + WEEK * weeks:
        return monday(added.blocks[0].day)
    return this


def _add(into: Counter, planned: Planned, centres: Collection[int]) -> None:
    for block in planned.blocks:
        if block.centre in centres:
            into[monday(block.day)] += block.minutes
