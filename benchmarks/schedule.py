"""How long the plan of a full workshop takes: a thousand open orders, read from the database and laid out in days."""

import random
from datetime import timedelta

from django.db import transaction
from django.db.models import OuterRef, Subquery

from balai import clock
from benchmarks.figure import at_most, seconds_of
from orders.models import Estimate, JobStep, Order, WorkCentre
from orders.schedule import Task
from orders.stages import Stage
from orders.workload import queue
from tests.copies import copy_row

OPEN = 1000
GOAL = 1000  # milliseconds
MARK = "UKUR-"


def measure() -> None:
    """Plan all that is open, propose a day for a new order, and say which promises it would break if it went first."""
    with transaction.atomic():
        _fill_up()
        today = clock.today()
        count = len(queue(today).jobs)
        work = [Task(centre.pk, 600) for centre in WorkCentre.objects.all()[:3]]
        for name, asked in (
            (f"plan of {count} open orders", lambda: queue(today).plan),
            ("a new promise proposed", lambda: queue(today).with_last(work, today)),
            ("promises it would break", lambda: queue(today).broken_by(work, today)),
        ):
            at_most(name, 1000 * seconds_of(asked), "ms", GOAL)
        transaction.set_rollback(True)


def _fill_up() -> None:
    """Copies of an agreed order, each with a promise and steps of its own."""
    rng = random.Random(1)
    pattern = Order.objects.select_related("estimate").filter(stage=Stage.PESANAN).first()
    wanted = OPEN - Order.objects.filter(stage__in=(Stage.PESANAN, Stage.PRODUKSI)).count()
    orders = Order.objects.bulk_create(
        copy_row(pattern, number=f"{MARK}{n}", estimate_id=None) for n in range(max(0, wanted))
    )
    Estimate.objects.bulk_create(
        copy_row(
            pattern.estimate,
            order_id=order.pk,
            answered_at=clock.now() - timedelta(minutes=rng.randrange(50_000)),
            finish_on=pattern.estimate.starts_on + timedelta(days=rng.randrange(300)),
        )
        for order in orders
    )
    Order.objects.filter(number__startswith=MARK).update(
        estimate=Subquery(Estimate.objects.filter(order=OuterRef("pk")).values("pk")[:1])
    )
    centres = list(WorkCentre.objects.values_list("pk", flat=True))
    JobStep.objects.bulk_create(
        JobStep(order=order, position=place, work_centre_id=rng.choice(centres), minutes=rng.randrange(30, 900))
        for order in orders
        for place in range(1, rng.randrange(2, 7))
    )
