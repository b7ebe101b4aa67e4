"""The buku penerimaan dan penyetoran: the ledger as bendahara keep it, in 11 columns (DOMAIN.md b), a page a month.

A transaction has one number and a row for each kode rekening. A reversal is a row of its own against the struck one, so
the sums are those of the ledger. Cash is deposited by a row of its own; other money was paid to the treasury's account
and counts as deposited on the day it got there, in its own row where that is in the same month.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter, itemgetter

from django.db.models import Max, Min, Q, Sum

from balai.clock import local_date
from balai.formats import tanggal
from balai.months import Month
from finance.models import Deposit, Payment, PaymentLine

Method = Payment.Method
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
    """A month. `before` is the balance brought forward, `ways` the month's rupiah per way of paying."""

    month: Month
    rows: list[Row]
    ways: dict[str, int]
    before: int

    @property
    def received(self) -> int:
        return sum(row.amount or 0 for row in self.rows)

    @property
    def deposited(self) -> int:
        return sum(row.deposited or 0 for row in self.rows)

    @property
    def balance(self) -> int:
        """What was received and not deposited since the beginning, to the end of this month."""
        return self.before + self.received - self.deposited


def receipts_book(month: Month) -> ReceiptsBook:
    """What was received and deposited in this month. Five queries, however much it was."""
    lines = list(
        PaymentLine.objects.filter(payment__paid_at__gte=month.start, payment__paid_at__lt=month.end)
        .select_related("payment__receipt", "payment__order__customer", "payment__recorded_by", "payment__reversed_by")
        .select_related("payment__deposit_item")
        .defer("payment__receipt__payload")
        .order_by("payment__paid_at", "payment_id", "id")
    )
    moves = [*_received(lines, month), *_settled_later(month), *_deposits(month)]
    ways = {
        label: sum(line.amount for line in lines if line.payment.method == method) for method, label in Method.choices
    }
    return ReceiptsBook(month, list(_numbered(moves)), ways, _brought_forward(month))


@dataclass(frozen=True)
class DepositsRegister:
    """The register STS of a month (DOMAIN.md b): its deposits, the oldest first."""

    month: Month
    deposits: list[Deposit]

    @property
    def amount(self) -> int:
        return sum(deposit.amount for deposit in self.deposits)


def deposits_register(month: Month) -> DepositsRegister:
    """The deposits of this month with their `accounts` (rupiah per kode rekening). Two queries."""
    within = {"deposited_on__gte": month.start.date(), "deposited_on__lt": month.end.date()}
    deposits = list(Deposit.objects.filter(**within).order_by("deposited_on", "id"))
    lines = PaymentLine.objects.filter(payment__deposit_item__deposit__in=deposits).order_by("account_code")
    sums = lines.values_list("payment__deposit_item__deposit", "account_code").annotate(Sum("amount"))
    accounts: dict[int, dict[str, int]] = {deposit.pk: {} for deposit in deposits}
    for deposit, account, amount in sums:
        accounts[deposit][account] = amount
    for deposit in deposits:
        deposit.accounts = accounts[deposit.pk]
    return DepositsRegister(month, deposits)


# A transaction with its place in time: the day, receipts before deposits, the moment.
Move = tuple[tuple[date, int, datetime, int], list[Row]]


def _received(lines: Iterable[PaymentLine], month: Month) -> Iterable[Move]:
    for payment, own in groupby(lines, key=attrgetter("payment")):
        on = local_date(payment.paid_at)
        yield (on, 0, payment.paid_at, payment.pk), [_row(payment, line, month) for line in own]


def _row(payment: Payment, line: PaymentLine, month: Month) -> Row:
    settled = payment.settled_on is not None and Month.of(payment.settled_on) == month
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


def _settled_later(month: Month) -> Iterable[Move]:
    """Money of another month's receipts that reached the treasury in this one."""
    first, last = month.start.date(), month.end.date()
    payments = Payment.objects.filter(settled_on__gte=first, settled_on__lt=last).exclude(
        paid_at__gte=month.start, paid_at__lt=month.end
    )
    for payment in payments.select_related("receipt").defer("receipt__payload"):
        text, on = f"Masuk kas daerah, bukti {payment.receipt.printed_number}", payment.settled_on
        row = _deposit_row(text, "langsung", on, payment.amount)
        yield (on, 1, payment.paid_at, payment.pk), [row]


def _deposits(month: Month) -> Iterable[Move]:
    first, last = month.start.date(), month.end.date()
    deposits = Deposit.objects.filter(deposited_on__gte=first, deposited_on__lt=last)
    for deposit in deposits.annotate(since=Min("items__payment__paid_at"), until=Max("items__payment__paid_at")):
        since, until = local_date(deposit.since), local_date(deposit.until)
        of = tanggal(until) if since == until else f"{tanggal(since)} sampai {tanggal(until)}"
        on = deposit.deposited_on
        row = _deposit_row("Setor ke kas daerah", deposit.sts_number, on, deposit.amount, f"Tunai {of}")
        yield (on, 2, deposit.recorded_at, deposit.pk), [row]


def _deposit_row(text: str, sts: str, on: date, amount: int, note: str = "") -> Row:
    return Row(None, "", None, "", "", text, None, note, "deposit", sts, on, amount)


def _numbered(moves: Iterable[Move]) -> Iterable[Row]:
    """The rows in the order of time, the first of each transaction with its number and its note."""
    for place, (_, rows) in enumerate(sorted(moves, key=itemgetter(0)), start=1):
        yield replace(rows[0], place=place)
        yield from (replace(row, note="") for row in rows[1:])


def _brought_forward(month: Month) -> int:
    first = month.start.date()
    ledger = Payment.objects.aggregate(
        received=Sum("amount", filter=Q(paid_at__lt=month.start)),
        settled=Sum("amount", filter=Q(settled_on__lt=first)),
    )
    deposited = Deposit.objects.filter(deposited_on__lt=first).aggregate(sum=Sum("amount"))["sum"]
    return (ledger["received"] or 0) - (ledger["settled"] or 0) - (deposited or 0)


def _text(payment: Payment) -> str:
    if payment.kind == Payment.Kind.REVERSAL:
        return f"Pembatalan bukti {payment.receipt.printed_number}"
    return f"{payment.order.customer}: {payment.order.title}"


def _note(payment: Payment) -> str:
    if payment.kind == Payment.Kind.REVERSAL:
        return f"Dibatalkan {payment.recorded_by}"
    if hasattr(payment, "reversed_by"):
        return f"BATAL {tanggal(payment.reversed_by.paid_at)}: {payment.reversed_by.reason}"
    if payment.method == Method.CASH:
        return "" if hasattr(payment, "deposit_item") else "Belum disetor"
    return payment.reference


def _css(payment: Payment) -> str:
    if payment.kind == Payment.Kind.REVERSAL:
        return "counter"
    return "void" if hasattr(payment, "reversed_by") else ""
