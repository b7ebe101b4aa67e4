"""The workshop's load as it is now: what was promised, what of it is left to do, and what the work centres can do.

`queue()` reads it all; `orders.schedule` makes the plan of it. Reads only.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models.functions import Coalesce

from balai.office import holidays
from balai.workdays import is_workday
from orders.models import JobStep, Order, Outage, WorkCentre
from orders.schedule import Capacity, Job, Planned, Task, plan
from orders.stages import Stage

HORIZON = 730  # calendar days that are planned ahead
ASKED = 0  # the key of a job that nobody promised yet; orders count from 1


@dataclass(frozen=True)
class Promise:
    """An agreed order that is not finished: its number, and the day that was promised to its customer."""

    order: int
    number: str
    finish_on: date


@dataclass(frozen=True)
class Queue:
    """The jobs under promise, the first promised first, and the capacity they are planned into, from today on."""

    today: date
    jobs: tuple[Job, ...]
    promises: dict[int, Promise]
    centres: tuple[WorkCentre, ...]
    capacity: Capacity

    @cached_property
    def plan(self) -> dict[int, Planned]:
        """The plan of what was promised, by order key."""
        return plan(self.jobs, self.capacity)

    def with_last(self, tasks: Iterable[Task], not_before: date) -> Planned:
        """Where new work would stand: after everything that was promised already."""
        new = Job(ASKED, not_before, tuple(tasks))
        return plan((*self.jobs, new), self.capacity)[ASKED]

    def broken_by(self, tasks: Iterable[Task], not_before: date) -> list[tuple[Promise, Planned]]:
        """The promises that would no longer be kept if new work went first, with where those orders would stand.

        Only promises that the queue keeps as it is.
        """
        first = Job(ASKED, not_before, tuple(tasks))
        forced = plan((first, *self.jobs), self.capacity)
        return [
            (promise, forced[key])
            for key, promise in self.promises.items()
            if _kept(self.plan[key], promise) and not _kept(forced[key], promise)
        ]

    def at_risk(self) -> set[int]:
        """Keys of the orders that the plan finishes after the promised day."""
        return {key for key, promise in self.promises.items() if not _kept(self.plan[key], promise)}


def queue(today: date, *, without: int | None = None, spared: int | None = None) -> Queue:
    """The queue on a WIB date, `without` one order that is being estimated anew. Five queries.

    `spared` is an outage that is left out, to see what it does.
    """
    orders = Order.objects.filter(stage__in=(Stage.PESANAN, Stage.PRODUKSI)).exclude(pk=without)
    orders = orders.order_by("estimate__answered_at", "id")
    rows = list(orders.values_list("id", "number", "estimate__starts_on", "estimate__finish_on"))
    left = defaultdict(list)
    steps = JobStep.objects.filter(order__stage__in=(Stage.PESANAN, Stage.PRODUKSI), done_at=None)
    for order, centre, minutes in steps.order_by("order", "position").values_list(
        "order_id", "work_centre_id", Coalesce("left_minutes", "minutes")
    ):
        left[order].append(Task(centre, minutes))
    centres = tuple(WorkCentre.objects.all())
    return Queue(
        today,
        tuple(Job(key, starts_on, tuple(left[key])) for key, _, starts_on, _ in rows),
        {key: Promise(key, number, finish_on) for key, number, _, finish_on in rows},
        centres,
        capacity(centres, today, holidays(), spared),
    )


def capacity(
    centres: Sequence[WorkCentre], today: date, closed: frozenset[date], spared: int | None = None
) -> Capacity:
    """What the work centres can do on each working day from this WIB date on. One query.

    Places out of service count for the days of their outage.
    """
    days = [day for n in range(HORIZON) if is_workday(day := today + timedelta(days=n), closed)]
    outages = defaultdict(list)
    for outage in Outage.objects.exclude(last_day__lt=today).exclude(pk=spared):
        outages[outage.work_centre_id].append(outage)
    return Capacity(days, {centre.pk: _minutes(centre, days, outages[centre.pk]) for centre in centres})


def _minutes(centre: WorkCentre, days: Sequence[date], outages: Sequence[Outage]) -> list[int]:
    places = dict.fromkeys(days, centre.places if centre.is_active else 0)
    for outage in outages:
        for day in days:
            if outage.first_day <= day and (outage.last_day is None or day <= outage.last_day):
                places[day] = max(0, places[day] - outage.places)
    return [places[day] * centre.minutes_per_day for day in days]


def _kept(planned: Planned, promise: Promise) -> bool:
    return planned.fits and (planned.ends is None or planned.ends <= promise.finish_on)
