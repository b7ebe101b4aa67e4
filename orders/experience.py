"""What the workshop learned: the time that finished orders really took, beside the time that was planned for them.

Only orders that are finished count, each with its steps together: per work centre, or as a whole. Reads only.
The one rule of the middle ("median"): of the sorted values the one in the middle; of an even number of them the mean of
the two in the middle, to the nearest whole, halves up. One odd job does not move it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Sum

from balai import clock
from balai.months import Month
from orders.models import JobKind, JobStep, Order, WorkCentre

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
    taken = defaultdict(list)
    for _, centre, minutes in (
        steps.order_by().values_list("order_id", "work_centre_id").annotate(minutes=Sum("actual_minutes"))
    ):
        taken[centre].append(minutes)
    return {centre: Typical(median(minutes), len(minutes)) for centre, minutes in taken.items()}


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


class _Done(NamedTuple):
    order: int
    kind: int | None
    centre: int
    planned: int
    actual: int


def learn(since: datetime, until: datetime) -> Experience:
    """What the orders finished from one moment until before another taught. Four queries, whatever their number."""
    finished = Order.objects.filter(finished_at__gte=since, finished_at__lt=until)
    steps = JobStep.objects.filter(order__in=finished, actual_minutes__isnull=False).order_by()
    rows = steps.values_list("order_id", "order__estimate__job_kind_id", "work_centre_id")
    done = [_Done(*row) for row in rows.annotate(planned=Sum("minutes"), actual=Sum("actual_minutes"))]
    kinds = dict(JobKind.objects.values_list("pk", "name"))
    centres = dict(WorkCentre.objects.values_list("pk", "name"))
    whole = _whole_orders(done)
    return Experience(
        centres=_by_name((centres[each.centre], each) for each in done),
        kinds=_by_name((kinds.get(each.kind, NO_KIND), each) for each in whole),
        misses=_worst(whole),
        months=_kept(finished),
    )


def _whole_orders(done: Iterable[_Done]) -> list[_Done]:
    """One for each order, all its work centres together."""
    orders: dict[int, _Done] = {}
    for each in done:
        so_far = orders.get(each.order)
        planned, actual = (so_far.planned, so_far.actual) if so_far else (0, 0)
        orders[each.order] = each._replace(planned=planned + each.planned, actual=actual + each.actual)
    return list(orders.values())


def _by_name(named: Iterable[tuple[str, _Done]]) -> list[Learnt]:
    """By name; what belongs to no kind comes last."""
    groups = defaultdict(list)
    for name, each in named:
        groups[name].append(each)
    return [
        Learnt(
            name,
            len(group),
            sum(each.planned for each in group),
            sum(each.actual for each in group),
            median(percent_of(each.actual, each.planned) for each in group),
        )
        for name, group in sorted(groups.items(), key=lambda item: (item[0] == NO_KIND, item[0]))
    ]


def _worst(orders: Iterable[_Done]) -> list[Miss]:
    misses = [Miss(each.order, each.planned, each.actual) for each in orders if each.actual != each.planned]
    return sorted(misses, key=lambda miss: (-abs(miss.minutes), -miss.order))[:WORST]


def _kept(finished: Iterable[Order]) -> list[Kept]:
    """Finished on its promised day (WIB) is kept."""
    months = defaultdict(list)
    for finished_at, promised in finished.order_by().values_list("finished_at", "estimate__finish_on"):
        day = clock.local_date(finished_at)
        months[Month.of(day)].append(day <= promised)
    return [Kept(month, len(kept), sum(kept)) for month, kept in sorted(months.items(), reverse=True)]


def percent_of(actual: int, planned: int) -> int:
    """What it took of its plan, in whole percent, halves up."""
    return (200 * actual + planned) // (2 * planned)


def median(values: Iterable[int]) -> int:
    """The middle of some whole numbers by the rule above. Raises ValueError when there are none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("Nothing has no middle")
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle] + 1) // 2
