"""What the cashier's desk shows: who is to pay, what came in, what is to be deposited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Min, Sum, Window
from django.urls import reverse

from balai import clock
from balai.clock import local_date
from balai.formats import rupiah, tanggal
from balai.office import get_office, holidays
from balai.workdays import add_workdays, workdays_between
from finance.deposits import undeposited
from finance.models import Deposit, Payment
from finance.tally import Takings, payments_between, takings
from orders.deadlines import Deadlines, Tag
from orders.models import Order
from orders.queries import for_lists
from orders.search import means
from orders.stages import STAGES, Stage

ROWS = 50
DEPOSIT_ROWS = 200
LAST = 12
NOBODY_WAITS = "Tidak ada yang menunggu pembayaran. Pesanan muncul di sini begitu bengkel menyelesaikannya."
NOTHING_MEANT = "Tidak ada yang cocok di antara pesanan yang menunggu pembayaran."


@dataclass(frozen=True)
class TodaysCash:
    day: date
    ways: list[Takings]

    @property
    def issued(self) -> int:
        return sum(way.issued for way in self.ways)

    @property
    def reversed(self) -> int:
        return sum(way.reversed for way in self.ways)

    @property
    def amount(self) -> int:
        return sum(way.amount for way in self.ways)


def cash_day(day: date) -> TodaysCash:
    """What was taken and given back on this WIB date, per way of paying. One query."""
    return TodaysCash(day, takings(payments_between(day - timedelta(days=1), day)))


def waiting(deadlines: Deadlines, text: str) -> dict:
    """The card of those who are to pay, the longest waiting first, as components/queue.html wants it. One query.

    `text` keeps those it may mean. The count and the sum are of all, also of those below the last row.
    """
    orders = for_lists(Order.objects.filter(means(text), stage=Stage.PEMBAYARAN)).annotate(
        of=Window(Count("id")), bills=Window(Sum(F("estimate__total") - F("reduction")))
    )
    rows = list(orders.order_by("stage_since", "id")[:ROWS])
    count = rows[0].of if rows else 0
    listed = f"{reverse('pesanan')}?tahap={Stage.PEMBAYARAN}"
    return {
        "rows": [_row(order, deadlines) for order in rows],
        "count": count,
        "hint": f"Jumlah {rupiah(rows[0].bills)}" if rows else "",
        "more_url": listed if count > ROWS else "",
        "empty": NOTHING_MEANT if text else NOBODY_WAITS,
    }


def in_hand_rows() -> list[Payment]:
    """The receipts whose cash is still in the office, the oldest first; no more than fit on a page."""
    payments = undeposited().select_related("receipt", "order__customer").defer("receipt__payload")
    return list(payments[:DEPOSIT_ROWS])


def deposit_choices(payments: Iterable[Payment], chosen: set[str]) -> list[dict]:
    """The rows of receipts to deposit, with their deadline; ticked are those `chosen` (ids as sent). Two queries."""
    closed, today, limit = holidays(), clock.today(), get_office().deposit_days
    rows = []
    for payment in payments:
        due = add_workdays(local_date(payment.paid_at), limit, closed)
        rows.append({"payment": payment, "chosen": str(payment.pk) in chosen, "tag": _due_tag(due, today, closed)})
    return rows


def last_deposits() -> list[dict]:
    """The deposits noted last, with how many receipts and slips each has and whether it was in time. Three queries."""
    closed, limit = holidays(), get_office().deposit_days
    found = Deposit.objects.select_related("now").annotate(
        receipts=Count("items", distinct=True),
        since=Min("items__payment__paid_at"),
        slip_count=Count("slips", distinct=True),
    )
    rows = []
    for deposit in found.order_by("-now__deposited_on", "-id")[:LAST]:
        due = add_workdays(local_date(deposit.since), limit, closed)
        late = workdays_between(due, deposit.now.deposited_on, closed)
        tag = Tag("late", f"Terlambat {late} hari kerja") if late > 0 else Tag("ok", "Tepat waktu")
        rows.append({"deposit": deposit, "tag": tag})
    return rows


def _due_tag(due: date, today: date, closed: frozenset[date]) -> Tag:
    late = workdays_between(due, today, closed)
    if late > 0:
        return Tag("late", f"Terlambat {late} hari kerja")
    return Tag("soon", "Setor hari ini") if due <= today else Tag("ok", f"Paling lambat {tanggal(due)}")


def _row(order: Order, deadlines: Deadlines) -> dict:
    return {
        "number": order.number,
        "url": reverse("pesanan-satu", args=[order.pk]),
        "customer": str(order.customer),
        "work": order.title,
        "amount": order.bill,
        "tag": deadlines.tag(order),
        "action_label": STAGES[Stage.PEMBAYARAN].duty,
        "action_url": reverse("pembayaran", args=[order.pk]),
    }
