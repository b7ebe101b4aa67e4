"""The monthly laporan pertanggungjawaban penerimaan (DOMAIN.md b): per kode rekening the target, what was received and
deposited to last month, this month and to date, and what is left of the target. Rupiah of one tahun anggaran.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property

from django.db.models import Count, Q, Sum

from balai import clock
from balai.formats import angka
from balai.months import Days, Month, Year
from balai.office import get_office
from balai.tables import Column, Table
from finance.accounts import targets_of
from finance.models import Deposit, MonthClosing, Payment
from finance.sums import (
    brought_forward_by_account,
    deposited_by_account,
    deposited_in,
    received_by_account,
    received_in,
    settled_before,
    settled_in,
)

Method = Payment.Method
GROUPS = ("S.d. bulan lalu", "Bulan ini", "S.d. bulan ini")
MONEY = 15
COLUMNS = (
    Column("Kode rekening", 20),
    Column("Uraian", 30),
    Column("Target (Rp)", MONEY, summed=True),
    *(
        Column(f"{group}: {what} (Rp)", MONEY, summed=True)
        for group in GROUPS
        for what in ("terima", "setor", "belum disetor")
    ),
    Column("Persen target", 9, number=True),
    Column("Sisa target (Rp)", MONEY, summed=True),
)


@dataclass(frozen=True)
class Sums:
    """What was received and deposited in some time; `left` is what was not deposited at its end."""

    received: int
    deposited: int
    left: int


@dataclass(frozen=True)
class Row:
    """One kode rekening. `carried` is what of former years was not deposited when this one began."""

    account: str
    name: str
    target: int
    carried: int
    before: Sums
    now: Sums

    @property
    def to_date(self) -> Sums:
        received, deposited = self.before.received + self.now.received, self.before.deposited + self.now.deposited
        return Sums(received, deposited, self.before.left + self.now.left)

    @property
    def remaining(self) -> int:
        """What is left of the target; negative when more came in."""
        return self.target - self.to_date.received

    @property
    def percent(self) -> str:
        """Of the target, such as `86,0%`; empty where there is none."""
        return percent(self.to_date.received, self.target)


@dataclass(frozen=True)
class Way:
    """The month by one way of paying; `left` is what was not deposited at its end."""

    label: str
    issued: int
    received: int
    deposited: int
    left: int


@dataclass(frozen=True)
class Report:
    month: Month
    rows: list[Row]

    @cached_property
    def total(self) -> Row:
        """All kode rekening together."""

        def sums(of: str) -> Sums:
            parts = [getattr(row, of) for row in self.rows]
            return Sums(*(sum(getattr(part, name) for part in parts) for name in ("received", "deposited", "left")))

        target, carried = sum(row.target for row in self.rows), sum(row.carried for row in self.rows)
        return Row("", "Jumlah", target, carried, sums("before"), sums("now"))

    @property
    def table(self) -> Table:
        """The report for paper and for other programs."""
        closing = [("Diterima bulan ini", self.total.now.received), ("Disetor bulan ini", self.total.now.deposited)]
        if self.total.carried:
            closing.append(("Dari tahun lalu belum disetor", self.total.carried))
        closing.append(("Belum disetor", self.total.to_date.left))
        return Table(COLUMNS, [_cells(row) for row in self.rows], tuple(closing))


def month_report(month: Month) -> Report:
    """The report of this month by the ledger, with the targets it was closed with once it is. Nine queries."""
    year = Year(month.year)
    earlier = Days(year.start.date(), month.start.date() - timedelta(days=1))
    targets, carried = targets_in(month), brought_forward_by_account(year)
    before = received_by_account(earlier), deposited_by_account(earlier)
    now = received_by_account(month), deposited_by_account(month)
    accounts = {*targets, *(code for sums in (carried, *before, *now) for code, amount in sums.items() if amount)}
    rows = []
    for code in sorted(accounts):
        name, amount = targets.get(code, ("", 0))
        rows.append(Row(code, name, amount, carried[code], _sums(code, before, carried[code]), _sums(code, now)))
    return Report(month, rows)


def targets_in(month: Month) -> dict[str, tuple[str, int]]:
    """The words and rupiah of each kode rekening: those of its closing, or those in force. At most two queries."""
    if frozen := MonthClosing.objects.filter(first_day=month.start.date()).values_list("targets", flat=True).first():
        return {code: (name, amount) for code, (name, amount) in frozen.items()}
    return {code: (target.name, target.amount) for code, target in targets_of(month.year).items()}


def month_ways(month: Month) -> list[Way]:
    """The month by way of paying, every way named. Two queries."""
    before = Q(paid_at__lt=month.end)
    by_method = Payment.objects.order_by().values("method")
    ledger = {
        row["method"]: row
        for row in by_method.annotate(
            issued=Count("id", filter=received_in(month) & Q(kind=Payment.Kind.PAYMENT)),
            received=Sum("amount", filter=received_in(month), default=0),
            deposited=Sum("amount", filter=settled_in(month), default=0),
            ever=Sum("amount", filter=before, default=0),
            settled=Sum("amount", filter=settled_before(month.next), default=0),
        )
    }
    cash = Deposit.objects.aggregate(
        deposited=Sum("amount", filter=deposited_in(month), default=0),
        settled=Sum("amount", filter=Q(now__deposited_on__lte=month.last), default=0),
    )
    ways = []
    for method, label in Method.choices:
        row = Counter(ledger.get(method, {}))
        banked = cash if method == Method.CASH else row
        ways.append(Way(label, row["issued"], row["received"], banked["deposited"], row["ever"] - banked["settled"]))
    return ways


def due_on(month: Month) -> date:
    """The day by which the report is to be handed in (DOMAIN.md b; the office's setting)."""
    return month.next.start.date().replace(day=get_office().report_day)


def days_left(month: Month) -> int:
    """Calendar days until then; negative when it is past."""
    return (due_on(month) - clock.today()).days


def percent(part: int, whole: int) -> str:
    """`86,0%`; empty where there is no whole."""
    if not whole:
        return ""
    tenths = (Decimal(1000 * part) / whole).quantize(Decimal(1))
    text = angka(tenths / 10)
    return f"{text}%" if "," in text else f"{text},0%"


def _sums(code: str, moved: tuple[Counter[str], Counter[str]], carried: int = 0) -> Sums:
    received, deposited = (sums[code] for sums in moved)
    return Sums(received, deposited, carried + received - deposited)


def _cells(row: Row) -> tuple:
    money = [(sums.received, sums.deposited, sums.left) for sums in (row.before, row.now, row.to_date)]
    return (row.account, row.name, row.target, *(each for group in money for each in group), row.percent, row.remaining)
