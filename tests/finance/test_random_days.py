"""Random days at the till, drawn by Hypothesis: whatever is done or tried in whatever order, the books stay true.

`SCALE=500` makes 500 random days of it; the suite has fifty, the same every time.
"""

import os
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Max, Min, Q, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai import checks, clock
from balai.changes import Refused
from balai.clock import WIB, local_date
from balai.models import Document
from balai.months import Month
from finance import checks as finance_checks
from finance import decisions
from finance.books import receipts_book
from finance.cashday import today_tally
from finance.deposits import in_hand, undeposited
from finance.ledger import record_payment
from finance.models import (
    CashDay,
    Decision,
    Deposit,
    DepositCorrection,
    DepositInForce,
    MonthClosing,
    Payment,
    ReversalRequest,
)
from finance.till import is_closed
from orders.actions import ActionRefused
from orders.models import Order
from tests.copies import copies_of
from tests.deposited import close_day, close_month, correct, make_deposit
from tests.factories import act, clerk, fresh, intent, make_order, payment_data
from tests.typed import decision_data, make_drawing

DAYS = int(os.environ.get("SCALE", "50"))
DAYS_OF_ONE_OFFICE = 5
STEPS = 4  # of one day
START = datetime(2026, 11, 27, 10, tzinfo=WIB)  # a Friday; the month ends while the office works
VERBS = ("pay", "pay", "ask", "approve", "approve", "decline", "deposit", "deposit again", "close", "close month")
VERBS += ("reduce", "exempt", "withdraw", "refund", "correct")
NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)


@pytest.mark.django_db
@settings(
    max_examples=max(1, DAYS // DAYS_OF_ONE_OFFICE + 1),
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.data())
def test_the_books_of_random_days_stay_true(data):
    with transaction.atomic():
        with clock.at(START - timedelta(days=20)):
            first = make_order("pembayaran")
            orders = [first, *copies_of(first, 7)]
        for day in range(DAYS_OF_ONE_OFFICE):
            with clock.at(START + timedelta(days=day)):
                for _ in range(STEPS):
                    _step(data, orders)
                    _prove()
        transaction.set_rollback(True)


def _step(data: st.DataObject, orders: list[Order]) -> None:
    """Do or try one thing. What is refused must be refused for a reason, and everything else must succeed."""
    verb = data.draw(st.sampled_from(VERBS))
    order = fresh(data.draw(st.sampled_from(orders)))
    legal, do = TRIES[verb](data, order)
    before, refusal = _written(), None
    try:
        do()
    except (ActionRefused, Refused) as refused:
        refusal = refused.reason
    assert legal == (refusal is None), f"{verb} of {order}: {refusal or 'allowed'}"
    assert refusal is None or _written() == before, f"{verb} was refused and left something"


MONEY_TABLES = (Payment, Deposit, DepositCorrection, CashDay, MonthClosing, Document, Decision, ReversalRequest)


def _written() -> list[int]:
    return [model.objects.count() for model in MONEY_TABLES]


def _pay(data: st.DataObject, order: Order):
    method = data.draw(st.sampled_from(("tunai", "tunai", "qris", "transfer", "va")))
    off = data.draw(st.sampled_from((0, 0, 0, 0, -1, 1)))
    later = data.draw(st.integers(-3, 3))
    payment = payment_data(
        order,
        method=method,
        amount=order.bill + off,
        reference=f"REF-{order.pk}-{order.version}",
        settled_on=clock.today() + timedelta(days=later),
    )
    legal = order.stage == "pembayaran" and not off and not is_closed(clock.today())
    return legal, lambda: record_payment(order.pk, intent(clerk("keuangan"), order), payment)


def _ask(data: st.DataObject, order: Order):
    legal = order.stage == "siap_diambil" and not order.is_exempt and not order.reversal_reason and _money_here(order)
    return legal, lambda: act("ask_reversal", order)


def _approve(data: st.DataObject, order: Order):
    """Mostly the order whose reversal was asked for, and by pimpinan, who asked for nothing."""
    asked = Order.objects.exclude(reversal_reason="").order_by("pk").first()
    order = fresh(asked) if asked and data.draw(st.sampled_from((True, True, False))) else order
    legal = bool(order.reversal_reason) and _money_here(order) and not is_closed(clock.today())
    return legal, lambda: act("unsettle", order)


def _decline(data: st.DataObject, order: Order):
    return bool(order.reversal_reason), lambda: act("decline_reversal", order)


def _money_here(order: Order) -> bool:
    """Neither with the treasury nor refunded in part."""
    in_force = Payment.objects.filter(order=order, kind="bayar", reversed_by=None)
    return not in_force.filter(Q(deposit_item__isnull=False) | Q(refunds__isnull=False)).exists()


def _reduce(data: st.DataObject, order: Order):
    amount = data.draw(st.integers(0, 700_000))
    legal = order.stage == "pembayaran" and 0 < amount < order.bill
    return legal, lambda: _decide(order, "pengurangan", amount)


def _exempt(data: st.DataObject, order: Order):
    return order.stage == "pembayaran", lambda: _decide(order, "pembebasan")


def _decide(order: Order, kind: str, amount: int | None = None) -> None:
    by, scan = intent(clerk("pimpinan"), order), make_drawing("KEPUTUSAN CONTOH")
    decisions.waive(order.pk, by, decision_data(amount=amount), scan, kind=kind)


def _withdraw(data: st.DataObject, order: Order):
    if order.is_exempt:
        return order.stage == "siap_diambil", lambda: act("withdraw_exemption", order)
    return order.stage == "pembayaran" and order.reduction > 0, lambda: act("withdraw_waiver", order)


def _refund(data: st.DataObject, order: Order):
    paid = order.stage == "siap_diambil" and not order.is_exempt
    given = Decision.objects.filter(payment__order=order, payment__reversed_by=None).aggregate(sum=Sum("amount"))["sum"]
    legal = paid and not order.reversal_reason and order.bill - (given or 0) >= 50_000
    return legal, lambda: act("refund", order)


def _deposit(data: st.DataObject, order: Order):
    held = list(undeposited().values_list("pk", flat=True))
    chosen = tuple(data.draw(st.lists(st.sampled_from(held), unique=True))) if held else ()
    legal = bool(chosen) and not is_closed(clock.today())
    return legal, lambda: make_deposit(payments=chosen)


def _deposit_again(data: st.DataObject, order: Order):
    gone = Payment.objects.exclude(pk__in=undeposited().values("pk")).values_list("pk", flat=True)
    return False, lambda: make_deposit(payments=tuple(gone[:1]))


def _correct(data: st.DataObject, order: Order):
    deposit = Deposit.objects.select_related("now").first()
    if deposit is None:
        return False, lambda: make_deposit(payments=())
    day = clock.today() - timedelta(days=data.draw(st.integers(-1, 4)))
    number = f"B-{deposit.pk}" if data.draw(st.booleans()) else deposit.now.sts_number
    received = deposit.items.aggregate(last=Max("payment__paid_at"))["last"]
    closed = MonthClosing.objects.aggregate(last=Max("last_day"))["last"] or date.min
    counted = [
        CashDay.objects.filter(day__gte=each).aggregate(on=Min("day")) for each in (day, deposit.now.deposited_on)
    ]
    legal = (
        closed < min(day, deposit.now.deposited_on)
        and local_date(received) <= day <= clock.today()
        and counted[0] == counted[1]
        and (day, number) != (deposit.now.deposited_on, deposit.now.sts_number)
    )
    return legal, lambda: correct(deposit, deposited_on=day, sts_number=number)


def _close(data: st.DataObject, order: Order):
    expected, explained = today_tally().expected, data.draw(st.booleans())
    counted = max(0, expected + data.draw(st.sampled_from((0, 0, 100, -100))))
    counted -= counted % 100  # no smaller coin is counted, and a reduced bill may end in single rupiah
    legal = not is_closed(clock.today()) and (explained or counted == expected)
    explanation = "Dicari." if explained else ""
    return legal, lambda: close_day(counts={100: counted // 100}, explanation=explanation)


def _close_month(data: st.DataObject, order: Order):
    last = CashDay.objects.aggregate(last=Max("day"))["last"] or date.min
    moved = [local_date(at) for at in Payment.objects.values_list("paid_at", flat=True)]
    moved += DepositInForce.objects.values_list("deposited_on", flat=True)
    cash_is_closed = all(day <= last for day in moved if Month.of(day) == NOVEMBER)
    over = clock.today() > NOVEMBER.last
    return over and cash_is_closed and not MonthClosing.objects.exists(), lambda: close_month(NOVEMBER)


TRIES = {
    "pay": _pay,
    "ask": _ask,
    "approve": _approve,
    "decline": _decline,
    "reduce": _reduce,
    "exempt": _exempt,
    "withdraw": _withdraw,
    "refund": _refund,
    "deposit": _deposit,
    "deposit again": _deposit_again,
    "correct": _correct,
    "close": _close,
}
TRIES["close month"] = _close_month


def _prove() -> None:
    """What check_books proves of the till, and that ledger, receipts, book and drawer are one sum."""
    for proof in (
        checks.registers,
        finance_checks.ledger,
        finance_checks.reversals,
        finance_checks.decisions,
        finance_checks.deposits,
        finance_checks.cash_days,
        finance_checks.months,
    ):
        assert list(proof()) == []
    ledger = Payment.objects.aggregate(sum=Sum("amount"))["sum"] or 0
    valid = Document.objects.filter(kind="bukti_pembayaran", voided_at=None)
    assert ledger == sum(receipt.payload["body"]["amount"] for receipt in valid)
    november, december = receipts_book(NOVEMBER), receipts_book(DECEMBER)
    assert november.received + december.received == ledger
    assert december.before == november.balance
    assert in_hand().amount == _cash() - (Deposit.objects.aggregate(sum=Sum("amount"))["sum"] or 0)


def _cash() -> int:
    return Payment.objects.filter(method="tunai").aggregate(sum=Sum("amount"))["sum"] or 0
