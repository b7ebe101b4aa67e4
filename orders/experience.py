"""What the workshop learned: the time that finished orders really took, beside the time that was planned for them.

Only orders that are finished count, each with its steps together: per work centre, or as a whole. Reads only.
What is typical is the value in the middle (orders.spread.median), so one odd job does not move it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Abs

from balai import clock
from balai.months import Month
from balai.wibdate import WibDate
from orders.models import JobKind, JobStep, Order, WorkCentre
from orders.spread import ACTUAL, PERCENT, Spread, of_orders, spread

NO_KIND = "Tanpa jenis"
WORST = 10
RECENT = timedelta(days=730)  # machines and people change: what is older tells little about the next job


@dataclass(frozen=True)
class Typical:
    """The middle of the minutes that so many finished orders took at a work centre."""

    minutes: int
    orders: int


def typical_minutes(job_kind: int | None, service: str) -> dict[int, Typical]:
    """What orders of a kind took at each work centre (by its key) in the last two years; minutes. One query.

    Without a kind it is all orders of that workshop.
    """
    steps = JobStep.objects.filter(
        order__service=service, order__finished_at__gte=clock.now() - RECENT, actual_minutes__isnull=False
    )
    if job_kind is not None:
        steps = steps.filter(order__estimate__job_kind=job_kind)
    taken = spread(steps, "work_centre", ACTUAL)
    return {centre: Typical(those.median, those.orders) for centre, those in taken.items()}


@dataclass(frozen=True)
class Learnt:
    """Plan against fact of some orders, in minutes; `percent` is the median of what each took of its plan."""

    name: str
    orders: int
    planned: int
    actual: int
    percent: int


@dataclass(frozen=True)
class Miss:
    """An order and how far its plan was out, in minutes: more than planned, or less (negative)."""

    order: int
    planned: int
    actual: int

    @property
    def minutes(self) -> int:
        return self.actual - self.planned


@dataclass(frozen=True)
class Kept:
    """The orders that were finished in a month, and how many of them by their promised day."""

    month: Month
    orders: int
    kept: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all of them."""
        return 100 * self.kept // self.orders


@dataclass(frozen=True)
class Experience:
    """What some months taught; the greatest misses first, the newest month first."""

    centres: list[Learnt]
    kinds: list[Learnt]
    misses: list[Miss]
    months: list[Kept]


def learn(since: datetime, until: datetime) -> Experience:
    """What the orders finished from one moment until before another taught. Six queries, whatever their number."""
    finished = Order.objects.filter(finished_at__gte=since, finished_at__lt=until)
    steps = JobStep.objects.filter(
        order__finished_at__gte=since, order__finished_at__lt=until, actual_minutes__isnull=False
    )
    centres = dict(WorkCentre.objects.values_list("pk", "name"))
    kinds = dict(JobKind.objects.values_list("pk", "name")) | {None: NO_KIND}
    return Experience(
        centres=_by_name(centres, spread(steps, "work_centre", PERCENT)),
        kinds=_by_name(kinds, spread(steps, "order__estimate__job_kind", PERCENT)),
        misses=_worst(steps),
        months=_kept(finished),
    )


def _by_name(names: Mapping[int | None, str], groups: Mapping[int | None, Spread]) -> list[Learnt]:
    """By name; what belongs to no kind comes last."""
    learnt = [
        Learnt(names[key], those.orders, those.planned, those.actual, those.median) for key, those in groups.items()
    ]
    return sorted(learnt, key=lambda each: (each.name == NO_KIND, each.name))


def _worst(steps: QuerySet) -> list[Miss]:
    """The orders whose plan was furthest out, of two alike the newer."""
    out = of_orders(steps).annotate(out=Abs(F("actual") - F("planned"))).filter(out__gt=0)
    rows = out.order_by("-out", "-order_id")[:WORST]
    return [Miss(row["order_id"], row["planned"], row["actual"]) for row in rows]


def _kept(finished: QuerySet) -> list[Kept]:
    """Finished on its promised day (WIB) is kept."""
    day = WibDate("finished_at")
    days = finished.order_by().values(day=day)
    months: dict[Month, Kept] = {}
    for row in days.annotate(orders=Count("id"), kept=Count("id", filter=Q(estimate__finish_on__gte=day))):
        month = Month.of(row["day"])
        so_far = months.get(month, Kept(month, 0, 0))
        months[month] = Kept(month, so_far.orders + row["orders"], so_far.kept + row["kept"])
    return sorted(months.values(), key=lambda each: each.month, reverse=True)
