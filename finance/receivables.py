"""Piutang: finished work that is not paid yet, how old it is, and what the delay would come to.

When a bill falls due is `orders.deadlines.payment_due`, here as on every desk. Interest is a draft for a
decision: the office sets its rate, and nothing is ever charged from here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from balai import clock
from balai.clock import WIB, local_date
from balai.models import Office
from balai.tables import Cell, Column
from orders.deadlines import Tag, days_overdue, payment_due
from orders.models import Order
from orders.queries import for_lists
from orders.stages import Stage

# Days since the work was finished: the last of each age, and its name.
AGES = ((30, "0–30 hari"), (60, "31–60 hari"), (90, "61–90 hari"), (None, "Lebih dari 90 hari"))
OWED = F("estimate__total") - F("reduction")  # Order.bill
COLUMNS = (
    Column("Nomor", 18),
    Column("Pelanggan", 34),
    Column("Pekerjaan", 44),
    Column("Selesai", 12),
    Column("Jatuh tempo", 13),
    Column("Umur (hari)", 12),
    Column("Lewat (hari)", 12),
    Column("Tagihan (Rp)", 16, summed=True),
    Column("Bunga, rancangan (Rp)", 22, summed=True),
)


@dataclass(frozen=True)
class Age:
    """The bills of one age: how many, and their rupiah."""

    label: str
    count: int
    amount: int


@dataclass(frozen=True)
class Receivable:
    """An unpaid bill. Days are calendar days; `interest` is rupiah, None while the office has set no rate."""

    order: Order
    finished: date
    due: date
    age: int
    overdue: int
    interest: int | None
    to_remind: bool

    @property
    def tag(self) -> Tag:
        """How it stands, in words."""
        if not self.overdue:
            return Tag("ok", "Belum jatuh tempo")
        note = "Perlu ditegur" if self.to_remind else ""
        return Tag("late", f"Lewat {self.overdue} hari", note)


def unpaid() -> QuerySet[Order]:
    """Orders whose bill is open, the oldest first."""
    return for_lists(Order.objects.filter(stage=Stage.PEMBAYARAN)).order_by("finished_at", "id")


def ages(today: date) -> list[Age]:
    """All open bills by age. One query."""
    asked, newest = {}, today + timedelta(days=1)
    for place, (last, _) in enumerate(AGES):
        within = Q(finished_at__lt=_start(newest))
        if last is not None:
            newest = today - timedelta(days=last)
            within &= Q(finished_at__gte=_start(newest))
        asked |= {f"count{place}": Count("id", filter=within), f"sum{place}": Sum(OWED, filter=within)}
    found = Order.objects.filter(stage=Stage.PEMBAYARAN).aggregate(**asked)
    return [Age(label, found[f"count{place}"], found[f"sum{place}"] or 0) for place, (_, label) in enumerate(AGES)]


def receivable(order: Order, office: Office, today: date) -> Receivable:
    """How this open bill stands on a WIB date."""
    finished = local_date(order.finished_at)
    due = payment_due(order, office)
    overdue = days_overdue(due, today)
    interest = None
    if office.late_interest is not None:
        interest = interest_of(order.bill, office.late_interest, months_begun(due, today))
    to_remind = overdue >= office.reminder_days
    return Receivable(order, finished, due, (today - finished).days, overdue, interest, to_remind)


def months_begun(due: date, today: date) -> int:
    """The months of delay, a begun one counting as whole; 0 until the due date has passed."""
    if today <= due:
        return 0
    whole = (today.year - due.year) * 12 + today.month - due.month
    return whole + (today.day > due.day)


def interest_of(amount: int, percent: int, months: int) -> int:
    """Rupiah of `percent` a month on `amount`, rounded to the whole rupiah."""
    return int((Decimal(amount) * percent * months / 100).quantize(Decimal(1), ROUND_HALF_UP))


def table_rows(office: Office) -> Iterator[tuple[Cell, ...]]:
    """Every open bill for other programs."""
    today = clock.today()
    for order in unpaid().iterator(500):
        bill = receivable(order, office, today)
        amounts = (order.bill, bill.interest)
        days = (bill.finished, bill.due, bill.age, bill.overdue)
        yield (order.number, str(order.customer), order.title, *days, *amounts)


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, WIB)
