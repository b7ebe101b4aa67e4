"""The buku pembantu of one kode rekening: what was received and deposited under it, with the balance row by row."""

from collections.abc import Iterable
from datetime import date, datetime
from operator import itemgetter

from django.db.models import QuerySet, Sum

from balai.clock import local_date
from balai.months import Period
from balai.tables import Column, Table
from finance.models import Payment, PaymentLine
from finance.sums import PAYER, TO_DEPOSIT, brought_forward_by_account, deposited_in, received_in, settled_later_in

COLUMNS = (
    Column("No", 6, number=True),
    Column("Tanggal", 13),
    Column("No bukti atau STS", 22),
    Column("Uraian", 56),
    Column("Penerimaan (Rp)", 17, summed=True),
    Column("Penyetoran (Rp)", 17, summed=True),
    Column("Belum disetor (Rp)", 18, number=True),
)
COUNTER = "Pembatalan bukti {}"
DIRECT = "Masuk kas daerah, bukti {}"

# The place in time (the day, receipts before deposits, the moment), then number, text, received and deposited.
Entry = tuple[tuple[date, int, datetime | None, int], str, str, int | None, int | None]


def subsidiary_book(period: Period, account: str) -> Table:
    """The rows of this kode rekening, the oldest first; rupiah. Four queries."""
    before = balance = brought_forward_by_account(period)[account]
    lines = PaymentLine.objects.filter(account_code=account)
    entries = [*_received(lines, period), *_settled_later(lines, period), *_deposits(lines, period)]
    rows = []
    for place, (when, number, text, received, deposited) in enumerate(sorted(entries, key=itemgetter(0)), start=1):
        balance += (received or 0) - (deposited or 0)
        rows.append((place, when[0], number, text, received, deposited, balance))
    closing = (("Belum disetor sebelumnya", before), ("Belum disetor pada akhir masa ini", balance))
    return Table(COLUMNS, rows, closing)


def _received(lines: QuerySet[PaymentLine], period: Period) -> Iterable[Entry]:
    last = period.end.date()
    found = lines.filter(received_in(period, "payment__")).annotate(payer=PAYER)
    for pk, at, kind, settled_on, number, payer, title, amount in found.values_list(
        "payment_id",
        "payment__paid_at",
        "payment__kind",
        "payment__settled_on",
        "payment__receipt__printed_number",
        "payer",
        "payment__order__title",
        "amount",
    ):
        text = f"{payer}: {title}" if kind == Payment.Kind.PAYMENT else COUNTER.format(number)
        day = local_date(at)
        reached = settled_on and max(settled_on, day)
        here = reached == day
        yield (day, 0, at, pk), number, text, amount, amount if here else None
        if reached and not here and reached < last:
            yield (reached, 1, at, pk), number, DIRECT.format(number), None, amount


def _settled_later(lines: QuerySet[PaymentLine], period: Period) -> Iterable[Entry]:
    """Money received before the period."""
    for pk, at, on, number, amount in lines.filter(settled_later_in(period, "payment__")).values_list(
        "payment_id", "payment__paid_at", "payment__settled_on", "payment__receipt__printed_number", "amount"
    ):
        yield (on, 1, at, pk), number, DIRECT.format(number), None, amount


def _deposits(lines: QuerySet[PaymentLine], period: Period) -> Iterable[Entry]:
    deposits = lines.filter(deposited_in(period, TO_DEPOSIT)).order_by()
    for pk, on, at, number, amount in deposits.values_list(
        f"{TO_DEPOSIT}id", f"{TO_DEPOSIT}now__deposited_on", f"{TO_DEPOSIT}recorded_at", f"{TO_DEPOSIT}now__sts_number"
    ).annotate(Sum("amount")):
        yield (on, 2, at, pk), number, "Setor ke kas daerah", None, amount
