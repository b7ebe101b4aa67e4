"""The buku penerimaan dan penyetoran: the ledger as bendahara keep it, in 11 columns (DOMAIN.md b), a page a month.

A transaction has one number and a row for each kode rekening. A reversal is a row of its own against the struck one, so
the sums are those of the ledger. Cash is deposited by a row of its own; other money was paid to the treasury's account
and counts as deposited on the day it got there, in its own row where that is in the same month (finance/sums.py).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import Count, F, Max, Min, Sum

from balai.clock import local_date
from balai.formats import rupiah, tanggal
from balai.months import Days, Month, Stretch
from balai.wibdate import WibDate
from finance.models import Decision, Deposit, Payment, PaymentLine
from finance.report import month_ways
from finance.sums import PAYER, brought_forward, deposited, deposited_in, received_in, settled_later_in

Kind, Method = Payment.Kind, Payment.Method
# What a row says of its payment. Values, not objects: a year of 20,000 receipts is read at once for Excel.
OF_LINE = {
    "paid_at": F("payment__paid_at"),
    "kind": F("payment__kind"),
    "method": F("payment__method"),
    "reference": F("payment__reference"),
    "settled_on": F("payment__settled_on"),
    "receipt": F("payment__receipt__printed_number"),
    "title": F("payment__order__title"),
    "payer": PAYER,
    "recorded_by": F("payment__recorded_by__full_name"),
    "reversed_at": F("payment__reversed_by__paid_at"),
    "reversed_why": F("payment__reversed_by__reason"),
    "deposit_item": F("payment__deposit_item"),
}
IN_TIME = ("payment__paid_at", "payment_id", "id")
Line = Any  # a row of these, with payment_id, account_code and amount
COUNTER = "Pembatalan bukti"
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

    The sums are the month's also where `rows` are only those of some days. With `way` everything is of that one way.
    """

    month: Month
    rows: list[Row]
    ways: dict[str, int]
    before: int
    deposited: int
    way: str = ""

    @property
    def received(self) -> int:
        return sum(self.ways.values())

    @property
    def balance(self) -> int:
        """What was received and not deposited since the beginning, to the end of this month."""
        return self.before + self.received - self.deposited


def receipts_book(month: Month, days: Days | None = None, way: str = "") -> ReceiptsBook:
    """What was received and deposited in this month; its rows only those of `days` when asked. At most 14 queries.

    With `way` (a Payment.Method) only what was paid so; its rows keep the numbers that they have in the book.
    """
    part = days or month
    lines = PaymentLine.objects.filter(received_in(part, "payment__")).annotate(**OF_LINE).order_by(*IN_TIME)
    lines = lines.values_list("payment_id", "account_code", "amount", *OF_LINE, named=True)
    refunds: dict[int, list[Decision]] = defaultdict(list)
    for refund in Decision.objects.filter(received_in(part, "payment__")):
        refunds[refund.payment_id].append(refund)
    moves = [*_received(lines, refunds, month), *_settled_later(part, month), *_deposits(part)]
    rows = list(_numbered(moves, _transactions_before(part, month) if days else 0, way))
    if way:
        return _of_way(month, rows, way)
    by_method = dict(
        Payment.objects.filter(received_in(month)).order_by().values_list("method").annotate(Sum("amount"))
    )
    ways = {label: by_method.get(method, 0) for method, label in Method.choices}
    return ReceiptsBook(month, rows, ways, brought_forward(month), deposited(month))


def _of_way(month: Month, rows: list[Row], way: str) -> ReceiptsBook:
    label = Method(way).label
    [sums] = [each for each in month_ways(month) if each.label == label]
    before = sums.left - sums.received + sums.deposited
    return ReceiptsBook(month, rows, {label: sums.received}, before, sums.deposited, label)


def day_parts(month: Month, way: str = "") -> list[Days]:
    """The month cut into pages of whole days, each with about PER_PAGE transactions. Three queries.

    With `way` only those of this way of paying count.
    """
    on, paid = WibDate("paid_at"), {"method": way} if way else {}
    deposits = Deposit.objects.filter(deposited_in(month)) if way in ("", Method.CASH) else Deposit.objects.none()
    counts: Counter[date] = Counter()
    for rows in (
        Payment.objects.filter(received_in(month), **paid).annotate(on=on),
        Payment.objects.filter(settled_later_in(month), **paid).annotate(on=F("settled_on")),
        deposits.annotate(on=F("now__deposited_on")),
    ):
        counts += Counter(dict(rows.order_by().values_list("on").annotate(Count("id"))))
    parts, first, held = [], month.start.date(), 0
    for day in sorted(counts):
        if held and held + counts[day] > PER_PAGE:
            parts.append(Days(first, day - timedelta(days=1)))
            first, held = day, 0
        held += counts[day]
    return [*parts, Days(first, month.last)]


# A transaction with its place in time (the day, receipts before deposits, the moment) and its way of paying.
Move = tuple[tuple[date, int, datetime, int], str, list[Row]]


def _received(lines: Iterable[Line], refunds: dict[int, list[Decision]], month: Month) -> Iterable[Move]:
    for payment, own in groupby(lines, key=attrgetter("payment_id")):
        own = list(own)
        on, note = local_date(own[0].paid_at), _note(own[0], refunds.get(payment, []))
        yield (on, 0, own[0].paid_at, payment), own[0].method, [_row(line, on, note, month) for line in own]


def _row(line: Line, on: date, note: str, month: Month) -> Row:
    settled = line.settled_on is not None and line.settled_on <= month.last
    return Row(
        place=None,
        receipt=line.receipt,
        on=on,
        way=WAYS[line.method],
        account=line.account_code,
        text=f"{COUNTER} {line.receipt}" if line.kind == Kind.REVERSAL else f"{line.payer}: {line.title}",
        amount=line.amount,
        note=note,
        css=_css(line),
        sts="langsung" if settled else "",
        deposited_on=line.settled_on if settled else None,
        deposited=line.amount if settled else None,
    )


def _settled_later(part: Stretch, month: Month) -> Iterable[Move]:
    """Money of another month's receipts that reached the treasury in these days."""
    payments = Payment.objects.filter(settled_later_in(month), settled_on__gte=part.start.date())
    payments = payments.filter(settled_on__lt=part.end.date())
    for payment in payments.select_related("receipt").defer("receipt__payload"):
        text, on = f"Masuk kas daerah, bukti {payment.receipt.printed_number}", payment.settled_on
        row = _deposit_row(text, "langsung", on, payment.amount)
        yield (on, 1, payment.paid_at, payment.pk), payment.method, [row]


def _deposits(part: Stretch) -> Iterable[Move]:
    deposits = Deposit.objects.filter(deposited_in(part)).select_related("now")
    for deposit in deposits.annotate(since=Min("items__payment__paid_at"), until=Max("items__payment__paid_at")):
        since, until = local_date(deposit.since), local_date(deposit.until)
        of = tanggal(until) if since == until else f"{tanggal(since)} sampai {tanggal(until)}"
        on = deposit.now.deposited_on
        row = _deposit_row("Setor ke kas daerah", deposit.now.sts_number, on, deposit.amount, f"Tunai {of}")
        yield (on, 2, deposit.recorded_at, deposit.pk), Method.CASH, [row]


def _deposit_row(text: str, sts: str, on: date, amount: int, note: str = "") -> Row:
    return Row(None, "", None, "", "", text, None, note, "deposit", sts, on, amount)


def _numbered(moves: Iterable[Move], before: int, way: str) -> Iterable[Row]:
    """The rows in the order of time, the first of each transaction with its number and its note."""
    for place, (_, method, rows) in enumerate(sorted(moves, key=itemgetter(0)), start=before + 1):
        if way not in ("", method):
            continue
        yield replace(rows[0], place=place)
        yield from (replace(row, note="") for row in rows[1:])


def _transactions_before(part: Stretch, month: Month) -> int:
    before = part.start
    return (
        Payment.objects.filter(received_in(month), paid_at__lt=before).count()
        + Payment.objects.filter(settled_later_in(month), settled_on__lt=before.date()).count()
        + Deposit.objects.filter(deposited_in(month), now__deposited_on__lt=before.date()).count()
    )


def _note(line: Line, refunds: Iterable[Decision]) -> str:
    if line.kind == Kind.REVERSAL:
        return f"Dibatalkan {line.recorded_by}"
    if line.reversed_at:
        return f"BATAL {tanggal(line.reversed_at)}: {line.reversed_why}"
    notes = [line.reference]
    if line.method == Method.CASH and line.deposit_item is None:
        notes = ["Belum disetor"]
    notes += [f"dikembalikan {rupiah(refund.amount)}, keputusan {refund}" for refund in refunds]
    return "; ".join(filter(None, notes))


def _css(line: Line) -> str:
    if line.kind == Kind.REVERSAL:
        return "counter"
    return "void" if line.reversed_at else ""
