"""The buku penerimaan dan penyetoran: the ledger as bendahara keep it, in 11 columns (DOMAIN.md b), a page a month.

A transaction has one number and a row for each kode rekening. A reversal is a row of its own against the struck one, so
the sums are those of the ledger. The three columns of deposits stay empty until deposits are kept.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from balai.clock import local_date
from balai.formats import tanggal
from balai.months import Month
from finance.models import Payment, PaymentLine

Method = Payment.Method
# Column 4 says where the money lies.
WAYS = {Method.CASH: "Kas bendahara", Method.QRIS: "Bank, QRIS", Method.TRANSFER: "Bank, transfer"}


@dataclass(frozen=True)
class Row:
    """Columns 1 to 7 and 11. `place` is None on the further rows of a transaction; `css` is void, counter or empty."""

    place: int | None
    receipt: str
    on: date
    way: str
    account: str
    text: str
    amount: int
    note: str
    css: str


@dataclass(frozen=True)
class ReceiptsBook:
    """A month. `before` is the balance brought forward, `ways` the month's rupiah per way of paying."""

    month: Month
    rows: list[Row]
    ways: dict[str, int]
    before: int

    @property
    def received(self) -> int:
        return sum(row.amount for row in self.rows)

    @property
    def balance(self) -> int:
        """Received since the beginning, to the end of this month."""
        return self.before + self.received


def receipts_book(month: Month) -> ReceiptsBook:
    """What was received in this month. Two queries, however much it was."""
    lines = list(
        PaymentLine.objects.filter(payment__paid_at__gte=month.start, payment__paid_at__lt=month.end)
        .select_related("payment__receipt", "payment__order__customer", "payment__recorded_by", "payment__reversed_by")
        .defer("payment__receipt__payload")
        .order_by("payment__paid_at", "payment_id", "id")
    )
    before = Payment.objects.filter(paid_at__lt=month.start).aggregate(sum=Sum("amount"))["sum"] or 0
    ways = {
        label: sum(line.amount for line in lines if line.payment.method == method) for method, label in Method.choices
    }
    return ReceiptsBook(month, list(_rows(lines)), ways, before)


def _rows(lines: Iterable[PaymentLine]) -> Iterable[Row]:
    place, current = 0, None
    for line in lines:
        payment = line.payment
        first = payment.pk != current
        place, current = place + first, payment.pk
        reversal = payment.kind == Payment.Kind.REVERSAL
        yield Row(
            place=place if first else None,
            receipt=payment.receipt.printed_number,
            on=local_date(payment.paid_at),
            way=WAYS[payment.method],
            account=line.account_code,
            text=_text(payment),
            amount=line.amount,
            note=_note(payment) if first else "",
            css="counter" if reversal else "void" if hasattr(payment, "reversed_by") else "",
        )


def _text(payment: Payment) -> str:
    if payment.kind == Payment.Kind.REVERSAL:
        return f"Pembatalan bukti {payment.receipt.printed_number}"
    return f"{payment.order.customer}: {payment.order.title}"


def _note(payment: Payment) -> str:
    if payment.kind == Payment.Kind.REVERSAL:
        return f"Dibatalkan {payment.recorded_by}"
    if hasattr(payment, "reversed_by"):
        return f"BATAL {tanggal(payment.reversed_by.paid_at)}: {payment.reversed_by.reason}"
    return payment.reference
