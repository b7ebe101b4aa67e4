"""SOP 6, pembayaran retribusi: the ledger row, the receipt and the order's step are one transaction.

Retribution is paid at once and in full (DOMAIN.md a). A wrong payment is undone by a counter-entry
(`finance.reversals`), never edited.
"""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from django.db import IntegrityError
from django.db.models import QuerySet, Value

from balai.clock import local_date
from balai.documents import Kind
from balai.formats import tanggal
from balai.office import get_office
from finance import papers
from finance.models import AsReference, Payment, PaymentLine
from finance.till import is_closed, lock_till
from orders.actions import ActionRefused, Intent, Outcome, settle
from orders.actions.frame import Acting, begin
from orders.actions.settlement import MoneyMoved
from orders.actions.wording import required
from orders.models import Estimate, Order
from orders.pricing import bill_accounts

Method = Payment.Method
SETTLED_BEFORE, SETTLED_AFTER = timedelta(days=31), timedelta(days=7)  # a bank takes days, never months
REFERENCE_MISSING = "Isi nomor referensi seperti pada bukti QRIS, transfer, atau virtual account."
REFERENCE_USED = (
    "Nomor referensi {typed} sudah dipakai: bukti {receipt} tanggal {day}, {method}, pesanan {order}. "
    "Satu referensi hanya untuk satu pembayaran. Periksa bukti transfer atau QRIS-nya."
)


@dataclass(frozen=True)
class PaymentData:
    """A payment as the cashier typed it; rupiah. `received` counts for cash only, the last two for the others.

    `settled_on` is the WIB date on which the money reached the treasury's account.
    """

    method: str
    amount: int
    received: int | None = None
    reference: str = ""
    settled_on: date | None = None


def record_payment(order_id: int, intent: Intent, data: PaymentData) -> Outcome:
    """Take the full amount, issue the bukti pembayaran and make the order ready for collection.

    Raises ActionRefused for another amount than the bill, too little cash, a missing or used reference, on a closed
    day, or when the cashier made the estimate and the office has not allowed that (DESIGN.md 4).
    """

    def take_money(acting: Acting) -> MoneyMoved:
        lock_till()
        _check(acting, data)
        payment = _write_payment(acting, data)
        return MoneyMoved(payment.receipt.printed_number, payment.amount)

    try:
        return settle(order_id, intent, asdict(data), take_money)
    except IntegrityError as error:
        if "reference" not in str(error):
            raise
        # Two cashiers typed the same reference for two orders at the same moment.
        _insist_on_free(data.reference)
        raise


def check_payment(order: Order, intent: Intent, data: PaymentData) -> Outcome:
    """For the page that is read before the receipt: refuses what `record_payment` would refuse, writes nothing."""
    _check(begin("settle", order, intent), data)
    return Outcome(order.pk)


def current_payment(order: Order) -> Payment:
    """The order's payment that was not reversed. Raises Payment.DoesNotExist when there is none."""
    return Payment.objects.select_related("receipt").get(
        order=order, kind=Payment.Kind.PAYMENT, reversed_by__isnull=True
    )


def _check(acting: Acting, data: PaymentData) -> None:
    order, bill = acting.order, acting.order.bill
    insist_on_open_day(acting)
    if Estimate.objects.filter(order=order, made_by=acting.by).exists() and not get_office().estimator_may_cash:
        raise ActionRefused("Penyusun estimasi tidak boleh menerima pembayarannya. Minta petugas keuangan lain.")
    if data.amount != bill:
        raise ActionRefused("Retribusi dibayar sekaligus dan penuh. Jumlahnya harus sama dengan tagihan.")
    if data.method not in Method.values:
        raise ActionRefused("Pilih cara pembayaran.")
    if data.method == Method.CASH:
        if data.received is None or data.received < bill:
            raise ActionRefused("Uang diterima kurang dari tagihan.")
    else:
        _insist_on_free(required(data.reference, REFERENCE_MISSING))
        if data.settled_on is None:
            raise ActionRefused("Isi tanggal uang masuk kas daerah.")
        if not acting.today - SETTLED_BEFORE <= data.settled_on <= acting.today + SETTLED_AFTER:
            raise ActionRefused("Tanggal masuk kas daerah paling lama sebulan lalu dan paling jauh seminggu lagi.")


def _insist_on_free(reference: str) -> None:
    """Raises ActionRefused when a payment in force has this reference, whatever its way of paying."""
    if not any(map(str.isalnum, reference)):
        raise ActionRefused(REFERENCE_MISSING)
    uses = _with_reference(reference).filter(kind=Payment.Kind.PAYMENT, reversed_by__isnull=True)
    if used := uses.select_related("receipt", "order").first():
        facts = {"receipt": used.receipt.printed_number, "day": tanggal(local_date(used.paid_at))}
        facts |= {"method": used.get_method_display(), "order": used.order.number}
        raise ActionRefused(REFERENCE_USED.format(typed=reference, **facts))


def _with_reference(reference: str) -> QuerySet[Payment]:
    """The ledger's rows with this reference, however it was typed."""
    return Payment.objects.alias(known=AsReference("reference")).filter(known=AsReference(Value(reference)))


def insist_on_open_day(acting: Acting) -> None:
    """Raises ActionRefused when the cash of today is closed."""
    if is_closed(acting.today):
        raise ActionRefused("Kas hari ini sudah ditutup. Catat pada hari berikutnya.")


def _write_payment(acting: Acting, data: PaymentData) -> Payment:
    order = acting.order
    cash = data.method == Method.CASH
    lines = bill_accounts(order)
    reference = "" if cash else data.reference.strip()
    payment = Payment(
        order=order,
        turn=order.payments.filter(kind=Payment.Kind.REVERSAL).count() + 1,
        kind=Payment.Kind.PAYMENT,
        amount=data.amount,
        method=data.method,
        reference=reference,
        reference_turn=_turn_of(reference) if reference else 1,
        received=data.received if cash else None,
        change_given=data.received - data.amount if cash else None,
        settled_on=None if cash else data.settled_on,
        paid_at=acting.at,
        recorded_by=acting.by,
    )
    payment.receipt = acting.issue(Kind.RECEIPT, papers.receipt(payment, lines))
    payment.save()
    write_lines(payment, lines, sign=1)
    return payment


def _turn_of(reference: str) -> int:
    return _with_reference(reference).filter(kind=Payment.Kind.REVERSAL).count() + 1


def write_lines(payment: Payment, lines: dict[str, int], *, sign: int) -> None:
    """The rows per kode rekening of a payment (sign 1) or its counter-entry (-1); `lines` are rupiah."""
    PaymentLine.objects.bulk_create(
        PaymentLine(payment=payment, account_code=account, amount=sign * amount) for account, amount in lines.items()
    )
