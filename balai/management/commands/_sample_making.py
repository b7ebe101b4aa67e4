"""How the sample workshop works: steps done with their hours, holds, photos, what the work took, and what is left."""

import uuid
from decimal import Decimal
from random import Random

from balai.models import User
from orders import actions
from orders.actions import Intent
from orders.actions.production import FinishData, MaterialData
from orders.models import EstimateLine, JobStep, Order
from orders.stages import Stage

from ._sample_drawings import draw_result
from ._sample_plan import Plan
from ._sample_words import HOLDS

TODAY = 2  # orders that are finished on the day the sample is made, at whatever time that is
TENTH = Decimal("0.1")


def finish_step(order: Order, intent: Intent, plan: Plan) -> None:
    """The first open step, now and then with a photo."""
    step = _open_steps(order)[0]
    photo = draw_result(step.label, plan.rng) if plan.rng.random() < 0.4 else None
    actions.finish_step(order.pk, intent, step=step.pk, minutes=_took(step, plan.rng), photo=photo)


def hold(order: Order, intent: Intent, plan: Plan) -> None:
    """For one of the usual reasons."""
    kind, words = plan.rng.choice(HOLDS)
    actions.hold(order.pk, intent, kind=kind, words=words)


def finish(order: Order, intent: Intent, plan: Plan) -> None:
    """The rest of the work, with a photo of the goods."""
    _finish(order, intent, plan.rng)


def finish_today(by: User, rng: Random) -> None:
    """Some of the orders that are worked on are finished now, so that the board has them."""
    working = Order.objects.filter(stage=Stage.PRODUKSI, hold_reason="", change=None).select_related("estimate")
    for order in working.order_by("estimate__finish_on", "pk")[:TODAY]:
        _finish(order, Intent(by, uuid.uuid4(), order.version), rng)


def _finish(order: Order, intent: Intent, rng: Random) -> None:
    minutes = {step.pk: _took(step, rng) for step in _open_steps(order)}
    lines = order.estimate.lines.exclude(kind=EstimateLine.Kind.SERVICE)
    materials = tuple(_material(line, rng) for line in lines)
    data = FinishData(True, True, True, minutes=minutes, materials=materials)
    actions.finish(order.pk, intent, data, draw_result(order.title, rng))


def _open_steps(order: Order) -> list[JobStep]:
    return list(order.steps.filter(done_at=None).select_related("work_centre"))


def _took(step: JobStep, rng: Random) -> int:
    return max(1, step.minutes * rng.randrange(75, 150, 5) // 100)


def _material(line: EstimateLine, rng: Random) -> MaterialData:
    """As it was planned; of a customer's own now and then a tenth is left."""
    customers = line.kind == EstimateLine.Kind.CUSTOMER_MATERIAL
    left = line.quantity * TENTH if customers and rng.random() < 0.5 else Decimal(0)
    return MaterialData(line.label, customers, line.unit, line.quantity - left, left, line.quantity)
