"""Cash that was deposited and counted, and months closed, by the real actions."""

import uuid

from balai import clock
from balai.months import Month
from balai.roles import Role
from finance import cashday, monthclosing
from finance.books import receipts_book
from finance.cashday import CountData
from finance.corrections import CorrectionData, correct_deposit
from finance.deposits import Intent, add_slip, record_deposit
from finance.ledger import record_payment
from finance.models import CashDay, Deposit, DepositInForce, DepositSlip, MonthClosing, Payment
from finance.monthclosing import MonthData
from finance.papers import DepositData
from orders.models import Order
from tests.factories import clerk, fresh, intent, payment_data
from tests.typed import make_drawing, running


def pay(order: Order, **fields) -> Order:
    """The order, paid as `fields` say."""
    record_payment(order.pk, intent(clerk(Role.KEUANGAN), order), payment_data(order, **fields))
    return fresh(order)


def deposit_data(*orders: Order, **fields) -> DepositData:
    """The cash of these orders, brought to the bank today under a number of its own."""
    payments = Payment.objects.filter(order__in=orders, kind=Payment.Kind.PAYMENT, reversed_by__isnull=True)
    standard = {
        "payments": tuple(payments.order_by("id").values_list("pk", flat=True)),
        "sts_number": f"{next(running):04}/STS/CONTOH",
        "bank": "Bank Contoh, kas daerah",
        "deposited_on": clock.today(),
        "depositor": "Dewi Contohsari",
    }
    return DepositData(**standard | fields)


def make_deposit(*orders: Order, **fields) -> Deposit:
    return record_deposit(treasurer(), deposit_data(*orders, **fields))


def correction_data(deposit: Deposit, **fields) -> CorrectionData:
    """What the page of its correction begins with, with a reason."""
    now = DepositInForce.objects.select_related("paper").get(deposit=deposit)
    standard = {"sts_number": now.sts_number, "bank": now.bank, "deposited_on": now.deposited_on}
    return CorrectionData(**standard | {"reason": "Salah ketik (CONTOH).", "seen": now.paper.printed_number} | fields)


def correct(deposit: Deposit, **fields) -> Deposit:
    """The deposit, corrected as `fields` say."""
    correct_deposit(treasurer(), deposit.pk, correction_data(deposit, **fields))
    return Deposit.objects.select_related("now__paper").get(pk=deposit.pk)


def make_slip(deposit: Deposit) -> DepositSlip:
    return add_slip(treasurer(), deposit, make_drawing("SLIP CONTOH"))


def treasurer() -> Intent:
    """The treasurer with a fresh form."""
    return Intent(clerk(Role.KEUANGAN), uuid.uuid4())


def count_data(counted: int | None = None, **fields) -> CountData:
    """The till counted: all that must lie in it, or `counted` rupiah."""
    expected = cashday.today_tally().expected
    left, counts = expected if counted is None else counted, {}
    for note in cashday.NOTES:
        counts[note], left = divmod(left, note)
    return CountData(**{"counts": counts, "expected": expected} | fields)


def close_day(counted: int | None = None, **fields) -> CashDay:
    return cashday.close_day(cashday.Intent(clerk(Role.KEUANGAN), uuid.uuid4()), count_data(counted, **fields))


def month_data(month: Month, **fields) -> MonthData:
    """What the page of this month says it comes to."""
    book = receipts_book(month)
    standard = {"received": book.received, "deposited": book.deposited, "balance": book.balance}
    return MonthData(str(month), **standard | fields)


def close_month(month: Month, **fields) -> MonthClosing:
    intent = monthclosing.Intent(clerk(Role.KEUANGAN), uuid.uuid4())
    return monthclosing.close_month(intent, month_data(month, **fields))
