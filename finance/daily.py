"""The rekapitulasi penerimaan harian: each day by way of paying and by kode rekening, and what is not yet deposited."""

from collections import Counter, defaultdict
from datetime import date

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Greatest

from balai.months import Period
from balai.tables import Column, Table
from balai.wibdate import WibDate
from finance.models import Deposit, Payment, PaymentLine
from finance.sums import brought_forward, deposited_in, received_in, settled_in

Kind, Method = Payment.Kind, Payment.Method
DAY = WibDate("paid_at")
DAY_OF_LINE = WibDate("payment__paid_at")


def daily_recap(period: Period) -> Table:
    """A row for each day on which money moved; rupiah. Seven queries."""
    payments = Payment.objects.filter(received_in(period)).annotate(on=DAY)
    lines = PaymentLine.objects.filter(received_in(period, "payment__")).annotate(on=DAY_OF_LINE)
    issued = dict(_per_day(payments, Count("id", filter=Q(kind=Kind.PAYMENT))))
    ways = _split(payments, "method")
    by_account = _split(lines, "account_code")
    accounts = sorted({account for amounts in by_account.values() for account in amounts})
    deposited = _deposited(period)
    before = balance = brought_forward(period)
    rows = []
    for day in sorted(issued.keys() | deposited.keys()):
        received = sum(ways[day].values())
        balance += received - deposited[day]
        rows.append(
            (
                day,
                issued.get(day, 0),
                *(ways[day][method] for method in Method.values),
                *(by_account[day][account] for account in accounts),
                received,
                deposited[day],
                balance,
            )
        )
    closing = (("Belum disetor sebelumnya", before), ("Belum disetor pada akhir masa ini", balance))
    return Table(_columns(accounts), rows, closing)


def _columns(accounts: list[str]) -> tuple[Column, ...]:
    return (
        Column("Tanggal", 13),
        Column("Bukti", 8, number=True),
        *(Column(label, 15, summed=True) for label in Method.labels),
        *(Column(account, 20, summed=True) for account in accounts),
        Column("Diterima (Rp)", 16, summed=True),
        Column("Disetor (Rp)", 16, summed=True),
        Column("Belum disetor (Rp)", 18, number=True),
    )


def _per_day(rows: QuerySet, what: Count | Sum, *by: str) -> QuerySet:
    return rows.order_by().values_list("on", *by).annotate(found=what)


def _split(rows: QuerySet, by: str) -> dict[date, Counter[str]]:
    found: dict[date, Counter[str]] = defaultdict(Counter)
    for day, key, amount in _per_day(rows, Sum("amount"), by):
        found[day][key] = amount
    return found


def _deposited(period: Period) -> Counter[date]:
    settled = Payment.objects.filter(settled_in(period)).annotate(on=Greatest("settled_on", DAY))
    deposits = Deposit.objects.filter(deposited_in(period)).annotate(on=F("now__deposited_on"))
    sums = Counter(dict(_per_day(settled, Sum("amount"))))
    for day, amount in _per_day(deposits, Sum("amount")):
        sums[day] += amount
    return sums
