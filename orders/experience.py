"""What the workshop learned: the time that finished orders really took, beside the time that was planned for them.

Only orders that are finished count, each with its steps together: per work centre, or as a whole. Reads only.
The one rule of the middle ("median"): of the sorted values the one in the middle; of an even number of them the mean of
the two in the middle, to the nearest whole, halves up. One odd job does not move it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Sum

from balai import clock
from orders.models import JobStep

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


def median(values: Iterable[int]) -> int:
    """The middle of some whole numbers by the rule above. Raises ValueError when there are none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("Nothing has no middle")
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle] + 1) // 2
