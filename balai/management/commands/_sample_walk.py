"""The sample orders, made by walking the real actions on a movable clock.

The steps of all orders are put into one line of time and done in it, so that numbers and dates grow together as
in a real office.
"""

import uuid
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from itertools import groupby
from random import Random

from balai import clock
from balai.models import User
from balai.months import Month
from balai.office import holidays
from balai.roles import Role
from balai.uploads import Checked
from balai.workdays import add_workdays
from finance import decisions
from finance.ledger import PaymentData, record_payment
from finance.reminders import remind
from finance.reversals import ask_reversal, reverse_payment
from orders import actions
from orders.actions import Intent
from orders.actions.estimate import EstimateData
from orders.actions.handover import HandOverData, remaining
from orders.actions.intake import CustomerData, ItemData, LeftGoodsData, RequestData
from orders.actions.leftgoods import Account
from orders.models import Customer, Drawing, EstimateLine, JobKind, Order, Tariff
from orders.pricing import LineData
from orders.queries import valid_receipt_number
from orders.stages import Stage

from ._sample_cash import close_last_month, keep_cash
from ._sample_contacts import speak
from ._sample_decisions import decide
from ._sample_drawings import draw
from ._sample_making import finish, finish_step, finish_today, hold
from ._sample_plan import AFTER_HOURS, Plan, at, plans
from ._sample_statements import reconcile
from ._sample_words import LEFT, REASONS

ROLE_OF = {
    "pelayanan": [
        "open_draft",
        "submit",
        "accept",
        "return_to_customer",
        "agree",
        "revise",
        "disagree",
        "agree_change",
        "refuse_change",
        "hand_over",
    ],
    "bengkel": ["offer", "decline", "start", "finish_step", "hold", "finish", "offer_change"],
    "keuangan": ["pay", "remind", "ask_reversal"],
    "pimpinan": ["cancel", "reverse", "waive", "exempt", "refund"],
}
ACTOR = {verb: username for username, verbs in ROLE_OF.items() for verb in verbs}


def walk(people: dict[str, User], seed: int) -> int:
    """Make the orders; returns how many. The clock ends at the real now."""
    rng = Random(seed)
    orders = list(plans(rng))
    steps = sorted(
        ((moment, number, verb) for number, plan in enumerate(orders) for moment, verb in plan.moments),
    )
    days = {clock.local_date(moment) for moment, _, _ in steps}
    steps += [(at(day, AFTER_HOURS), len(orders), "keep_cash") for day in days if day < clock.today()]
    steps += [(at(day, 1), len(orders), "close_month") for day in _first_of_their_months(days)]
    for moment, number, verb in sorted(steps):
        with clock.at(moment):
            if verb == "close_month":
                close_last_month(people[Role.KEUANGAN])
            elif verb == "keep_cash":
                keep_cash(people[Role.KEUANGAN], rng)
            else:
                _do(verb, orders[number], people[ACTOR[verb]])
    reconcile(people[Role.KEUANGAN])
    speak(people["pelayanan"])
    _replace_a_drawing(people["pelayanan"], rng)
    finish_today(people["bengkel"], rng)
    return len(orders)


def _first_of_their_months(days: Iterable[date]) -> list[date]:
    """The first of these days in each month but the earliest."""
    return [min(of_month) for _, of_month in groupby(sorted(days), key=Month.of)][1:]


def _replace_a_drawing(by: User, rng: Random) -> None:
    """A customer whose order waits for production has brought a new version, which the workshop has yet to see."""
    waiting = Drawing.objects.select_related("order").filter(order__stage=Stage.PESANAN)
    for former in waiting.order_by("uploaded_at", "original_name")[:1]:
        order, new = former.order, draw(former.original_name.rpartition(".")[0], rng)
        actions.revise_drawing(order.pk, Intent(by, uuid.uuid4(), order.version), former, new)


def _do(verb: str, plan: Plan, by: User) -> None:
    if verb == "open_draft":
        intent = Intent(by, uuid.uuid4(), 0)
        plan.order_id = actions.open_draft(intent, _request(plan), _drawings(plan)).order_id
        return
    order = plan.order
    STEPS[verb](order, Intent(by, uuid.uuid4(), order.version), plan)


def _request(plan: Plan) -> RequestData:
    name, kind, business, phone, address = plan.customer
    known = Customer.objects.filter(phone=phone).first()
    return RequestData(
        customer=known.pk if known else CustomerData(name, kind, phone, address, business=business),
        items=tuple(ItemData(*item) for item in plan.job.items),
        left_goods=(LeftGoodsData(*plan.rng.choice(LEFT)),) if plan.rng.random() < 0.3 else (),
        service=plan.job.service,
        needed_on=add_workdays(clock.today(), plan.rng.randrange(8, 25), holidays()),
        note=plan.job.note,
        no_drawing_reason="" if plan.job.drawn else "Barang contoh dititipkan, dibuat sama persis.",
    )


def _drawings(plan: Plan) -> tuple[Checked, ...]:
    return tuple(draw(item.name, plan.rng) for item in _items(plan)) if plan.job.drawn else ()


def _items(plan: Plan) -> list[ItemData]:
    return [ItemData(*item) for item in plan.job.items]


def _estimate(plan: Plan, factor: Decimal = Decimal(1)) -> EstimateData:
    tariffs = {tariff.name: tariff for tariff in Tariff.objects.valid_on(clock.today())}
    services = [
        LineData(EstimateLine.Kind.SERVICE, quantity * factor, description, tariffs[service].pk)
        for service, description, quantity in plan.job.services
    ]
    materials = [
        LineData(EstimateLine.Kind.OFFICE_MATERIAL, quantity, name, None, unit, price, "Persediaan bengkel")
        if price
        else LineData(EstimateLine.Kind.CUSTOMER_MATERIAL, quantity, name, None, unit)
        for name, quantity, unit, price in plan.job.materials
    ]
    return EstimateData(
        lines=(*services, *materials),
        days=plan.rng.randrange(3, 10),
        starts_on=add_workdays(clock.today(), 2, holidays()),
        job_kind=JobKind.objects.filter(name=plan.job.job_kind).values_list("pk", flat=True).first(),
    )


def _offer(order: Order, intent: Intent, plan: Plan) -> None:
    actions.offer(order.pk, intent, _estimate(plan))


def _offer_change(order: Order, intent: Intent, plan: Plan) -> None:
    actions.offer_change(order.pk, intent, _estimate(plan, Decimal("1.5")), reason=REASONS["offer_change"])


def _pay(order: Order, intent: Intent, plan: Plan) -> None:
    bill = order.bill
    # Whoever has paid and not collected yet paid cash, so that some waits to be deposited.
    collected = plan.moments[-1][1] != "pay"
    method = plan.rng.choice(("tunai", "tunai", "qris", "transfer", "va")) if collected else "tunai"
    if method == "tunai":
        data = PaymentData(method, bill, received=-(-bill // 50_000) * 50_000)
    else:
        reference = f"CONTOH{plan.rng.randrange(10**9):09}"
        data = PaymentData(method, bill, reference=reference, settled_on=clock.today())
    record_payment(order.pk, intent, data)


def _hand_over(order: Order, intent: Intent, plan: Plan) -> None:
    data = HandOverData(
        remaining(order),
        valid_receipt_number(order),
        "pemesan",
        order.customer.name,
        left_goods=_all_given_back(order),
    )
    actions.hand_over(order.pk, intent, data)


def _close(action: Callable, verb: str, **facts: str) -> Callable[[Order, Intent, Plan], None]:
    def step(order: Order, intent: Intent, plan: Plan) -> None:
        action(order.pk, intent, reason=REASONS[verb], left_goods=_all_given_back(order), **facts)

    return step


def _disagree(order: Order, intent: Intent, plan: Plan) -> None:
    _close(actions.disagree, "disagree", via="whatsapp", who=order.customer.name)(order, intent, plan)


def _all_given_back(order: Order) -> dict[int, Account]:
    return {goods.pk: Account(given_back=True) for goods in order.left_goods.all()}


def _because(action: Callable, verb: str) -> Callable[[Order, Intent, Plan], None]:
    def step(order: Order, intent: Intent, plan: Plan) -> None:
        action(order.pk, intent, reason=REASONS[verb])

    return step


def _plain(action: Callable, **facts: str | bool) -> Callable[[Order, Intent, Plan], None]:
    def step(order: Order, intent: Intent, plan: Plan) -> None:
        action(order.pk, intent, **facts)

    return step


def _answered(action: Callable, **facts: str) -> Callable[[Order, Intent, Plan], None]:
    def step(order: Order, intent: Intent, plan: Plan) -> None:
        action(order.pk, intent, who=order.customer.name, **facts)

    return step


STEPS: dict[str, Callable[[Order, Intent, Plan], None]] = {
    "submit": _plain(actions.submit, consent=True),
    "accept": _plain(actions.accept),
    "return_to_customer": _close(actions.return_to_customer, "return_to_customer"),
    "offer": _offer,
    "decline": _because(actions.decline, "decline"),
    "agree": _answered(actions.agree, via="loket"),
    "revise": _answered(actions.revise, via="telepon", note=REASONS["revise"]),
    "disagree": _disagree,
    "start": _plain(actions.start),
    "finish_step": finish_step,
    "hold": hold,
    "offer_change": _offer_change,
    "agree_change": _answered(actions.agree_change, via="telepon"),
    "refuse_change": _answered(actions.refuse_change, via="loket", reason=REASONS["refuse_change"]),
    "finish": finish,
    "cancel": _close(actions.cancel, "cancel"),
    "pay": _pay,
    "waive": decide("pengurangan", decisions.waive),
    "exempt": decide("pembebasan", decisions.waive),
    "refund": decide("", decisions.refund),
    "remind": _plain(remind),
    "ask_reversal": _because(ask_reversal, "ask_reversal"),
    "reverse": _plain(reverse_payment),
    "hand_over": _hand_over,
}
