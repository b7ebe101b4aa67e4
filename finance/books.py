"""The buku penerimaan dan penyetoran: the ledger as bendahara keep it, in 11 columns (DOMAIN.md b), a page a month.

A transaction has one number and a row for each kode rekening. A reversal is a row of its own against the struck one, so
the sums are those of the ledger. Cash is deposited by a row of its own; other money was paid to the treasury's account
and counts as deposited on the day it got there, in its own row where that is in the same month (finance/sums.py).
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter

from django.db.models import Count, F, Max, Min, Sum
from django.db.models.functions import TruncDate

from balai.clock import WIB, local_date
from balai.formats import rupiah, tanggal
from balai.months import Days, Month, Stretch
from finance.models import Deposit, Payment, PaymentLine
from finance.sums import brought_forward, deposited, deposited_in, received_in, settled_later_in

Method = Payment.Method
PER_PAGE = 60  # transactions on a page of the screen; a day is never cut in two
# Column 4 says where the money lies.
WAYS = {
    Method.CASH: "Kas bendahara",
    Method.QRIS: "Bank, QRIS",
    Method.TRANSFER: "Bank, transfer",
    Method.VIRTUAL: "Bank, VA",
}


@dataclass(frozen=True)
class Row:
    """The 11 columns. `place` is None on the further rows of a transaction; `css` is void, counter, deposit or empty.

    `amount` is None in a row that only deposits, `deposited` in one that only receives.
    """

    place: int | None
    receipt: str
    on: date | None
    way: str
    account: str
    text: str
    amount: int | None
    note: str
    css: str
    sts: str = ""
    deposited_on: date | None = None
    deposited: int | None = None


@dataclass(frozen=True)
class ReceiptsBook:
    """A month. `before` is the balance brought forward, `ways` the month's rupiah per way of paying.

    The sums are the month's also where `rows` are only those of some days.
    """

    month: Month
    rows: list[Row]
    ways: dict[str, int]
    before: int
    deposited: int

    @property
    def received(self) -> int:
        return sum(self.ways.values())

    @property
    def balance(self) -> int:
        """What was received and not deposited since the beginning, to the end of this month."""
        return self.before + self.received - self.deposited


def receipts_book(month: Month, days: Days | None = None) -> ReceiptsBook:
    """What was received and deposited in this month; its rows only those of `days` when asked. At most 13 queries."""
    part = days or month
    lines = (
        PaymentLine.objects.filter(received_in(part, "payment__"))
        .select_related("payment__receipt", "payment__order__customer", "payment__recorded_by", "payment__reversed_by")
        .select_related("payment__deposit_item")
        .prefetch_related("payment__refunds")
        .defer("payment__receipt__payload")
        .order_by("payment__paid_at", "payment_id", "id")
    )
    moves = [*_received(lines, month), *_settled_later(part, month), *_deposits(part)]
    rows = list(_numbered(moves, _transactions_before(part, month) if days else 0))
    by_method = dict(
        Payment.objects.filter(received_in(month)).order_by().values_list("method").annotate(Sum("amount"))
    )
    ways = {label: by_method.get(method, 0) for method, label in Method.choices}
    return ReceiptsBook(month, rows, ways, brought_forward(month), deposited(month))


def day_parts(month: Month) -> list[Days]:
    """The month cut into pages of whole days, each with about PER_PAGE transactions. Three queries."""
    on = TruncDate("paid_at", tzinfo=WIB)
    counts: Counter[date] = Counter()
    for rows in (
        Payment.objects.filter(received_in(month)).annotate(on=on),
        Payment.objects.filter(settled_later_in(month)).annotate(on=F("settled_on")),
        Deposit.objects.filter(deposited_in(month)).annotate(on=F("deposited_on")),
    ):
        counts += Counter(dict(rows.order_by().values_list("on").annotate(Count("id"))))
    parts, first, held = [], month.start.date(), 0
    for day in sorted(counts):
        if held and held + counts[day] > PER_PAGE:
            parts.append(Days(first, day - timedelta(days=1)))
            first, held = day, 0
        held += counts[day]
    return [*parts, Days(first, month.last)]


# A transaction with its place in time: the day, receipts before deposits, the moment.
Move = tuple[tuple[date, int, datetime, int], list[Row]]


def _received(lines: Iterable[PaymentLine], month: Month) -> Iterable[Move]:
    for payment, own in groupby(lines, key=attrgetter("payment")):
        on = local_date(payment.paid_at)
        yield (on, 0, payment.paid_at, payment.pk), [_row(payment, line, month) for line in own]


def _row(payment: Payment, line: PaymentLine, month: Month) -> Row:
    settled = payment.settled_on is not None and payment.settled_on <= month.last
    return Row(
        place=None,
        receipt=payment.receipt.printed_number,
        on=local_date(payment.paid_at),
        way=WAYS[payment.method],
        account=line.account_code,
        text=_text(payment),
        amount=line.amount,
        note=_note(payment),
        css=_css(payment),
        sts="langsung" if settled else "",
        deposited_on=payment.settled_on if settled else None,
        deposited=line.amount if settled else None,
    )


def _settled_later(part: Stretch, month: Month) -> Iterable[Move]:
    """Money of another month's receipts that reached the treasury in these days."""
    payments = Payment.objects.filter(settled_later_in(month), settled_on__gte=part.start.date())
    payments = payments.filter(settled_on__lt=part.end.date())
    for payment in payments.select_related("receipt").defer("receipt__payload"):
        text, on = f"Masuk kas daerah, bukti {payment.receipt.printed_number}", payment.settled_on
        row = _deposit_row(text, "langsung", on, payment.amount)
        yield (on, 1, payment.paid_at, payment.pk), [row]


def _deposits(part: Stretch) -> Iterable[Move]:
    deposits = Deposit.objects.filter(deposited_in(part))
    for deposit in deposits.annotate(since=Min("items__payment__paid_at"), until=Max("items__payment__paid_at")):
        since, until = local_date(deposit.since), local_date(deposit.until)
        of = tanggal(until) if since == until else f"{tanggal(since)} sampai {tanggal(until)}"
        on = deposit.deposited_on
        row = _deposit_row("Setor ke kas daerah", deposit.sts_number, on, deposit.amount, f"Tunai {of}")
        yield (on, 2, deposit.recorded_at, deposit.pk), [row]


def _deposit_row(text: str, sts: str, on: date, amount: int, note: str = "") -> Row:
    return Row(None, "", None, "", "", text, None, note, "deposit", sts, on, amount)


def _numbered(moves: Iterable[Move], before: int) -> Iterable[Row]:
    """The rows in the order of time, the first of each transaction with its number and its note."""
    for place, (_, rows) in enumerate(sorted(moves, key=itemgetter(0)), start=before + 1):
        yield replace(rows[0], place=place)
        yield from (replace(row, note="") for row in rows[1:])


def _transactions_before(part: Stretch, month: Month) -> int:
    before = part.start
    return (
        Payment.objects.filter(received_in(month), paid_at__lt=before).count()
        + Payment.objects.filter(settled_later_in(month), settled_on__lt=before.date()).count()
        + Deposit.objects.filter(deposited_in(month), deposited_on__lt=before.date()).count()
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
    notes = [payment.reference]
    if payment.method == Method.CASH and not hasattr(payment, "deposit_item"):
        notes = ["Belum disetor"]
    notes += [f"dikembalikan {rupiah(refund.amount)}, keputusan {refund}" for refund in payment.refunds.all()]
    return "; ".join(filter(None, notes))


def _css(payment: Payment) -> str:
    if payment.kind == Payment.Kind.REVERSAL:
        return "counter"
    return "void" if hasattr(payment, "reversed_by") else ""
