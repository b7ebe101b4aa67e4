"""Orders in the workshop as tests need them: promised on a day, with so many minutes where, and done in so many."""

from datetime import date, datetime, time

from balai import clock
from balai.clock import WIB
from balai.roles import Role
from orders.models import Estimate, JobKind, JobStep, Order, Outage, WorkCentre
from orders.stages import Stage
from tests.factories import clerk, make_order

Minutes = list[tuple[WorkCentre, int]]


def make_kind(name: str, service: str = "logam") -> JobKind:
    """A kind of job; the same one for the same name."""
    return JobKind.objects.get_or_create(name=name, defaults={"service": service})[0]


def promised_order(steps: Minutes, stage: Stage = Stage.PESANAN, *, kind: JobKind | None = None, **promise) -> Order:
    """An agreed order whose steps take so many minutes; `promise` are fields of its estimate, e.g. `finish_on`."""
    order = make_order(stage)
    Estimate.objects.filter(order=order).update(job_kind=kind, **promise)
    set_steps(order, steps)
    return order


def set_steps(order: Order, steps: Minutes) -> None:
    """The order is to be done in these steps."""
    order.steps.all().delete()
    order.steps.bulk_create(
        JobStep(order=order, position=place, work_centre=centre, minutes=minutes)
        for place, (centre, minutes) in enumerate(steps, start=1)
    )


def finished_order(
    steps: list[tuple[WorkCentre, int, int]], *, finished_on: date | None = None, kind: JobKind | None = None, **promise
) -> Order:
    """An order that was finished at noon of a day (today), with the planned and the actual minutes of its steps."""
    order = promised_order([(centre, planned) for centre, planned, _ in steps], Stage.PEMBAYARAN, kind=kind, **promise)
    at = datetime.combine(finished_on or clock.today(), time(12), WIB)
    for step, (_, _, actual) in zip(order.steps.order_by("position"), steps, strict=True):
        JobStep.objects.filter(pk=step.pk).update(actual_minutes=actual, done_at=at, done_by=order.created_by)
    Order.objects.filter(pk=order.pk).update(finished_at=at)
    return order


def out_of_service(centre: WorkCentre, first: date, last: date | None = None, places: int = 1) -> Outage:
    """An outage; without a last day it is until further notice."""
    return Outage.objects.create(
        work_centre=centre,
        places=places,
        first_day=first,
        last_day=last,
        reason="Mesin rusak",
        noted_by=clerk(Role.BENGKEL),
        noted_at=clock.now(),
    )
