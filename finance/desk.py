"""What the cashier's desk shows: who is to pay, what came in today, which order a typed or scanned number means."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.urls import reverse

from balai.clock import WIB
from balai.documents import find_by_code
from balai.formats import rupiah
from finance.models import Payment
from orders.deadlines import Deadlines
from orders.models import Order
from orders.queries import for_lists, search
from orders.stages import STAGES, Stage

ROWS = 50
NOBODY_WAITS = "Tidak ada yang menunggu pembayaran. Pesanan muncul di sini begitu bengkel menyelesaikannya."
NOTHING_MEANT = "Tidak ada yang cocok di antara pesanan yang menunggu pembayaran."


@dataclass(frozen=True)
class Takings:
    """Money of one way of paying on one day: receipts issued, receipts reversed, rupiah left."""

    label: str
    issued: int
    reversed: int
    amount: int


@dataclass(frozen=True)
class CashDay:
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


def cash_day(day: date) -> CashDay:
    """What was taken and given back on this WIB date, per way of paying. One query."""
    start = datetime.combine(day, time.min, WIB)
    kind = Payment.Kind
    rows = (
        Payment.objects.filter(paid_at__gte=start, paid_at__lt=start + timedelta(days=1))
        .order_by()
        .values("method")
        .annotate(
            issued=Count("id", filter=Q(kind=kind.PAYMENT)),
            reversed=Count("id", filter=Q(kind=kind.REVERSAL)),
            amount=Sum("amount"),
        )
    )
    found = {row["method"]: row for row in rows}
    nothing = {"issued": 0, "reversed": 0, "amount": 0}
    ways = []
    for method, label in Payment.Method.choices:
        row = found.get(method, nothing)
        ways.append(Takings(label, row["issued"], row["reversed"], row["amount"]))
    return CashDay(day, ways)


def waiting(deadlines: Deadlines, text: str) -> dict:
    """The card of those who are to pay, the longest waiting first, as components/queue.html wants it. One query.

    `text` keeps those it may mean. The count and the sum are of all, also of those below the last row.
    """
    orders = for_lists(Order.objects.filter(search(text), stage=Stage.PEMBAYARAN)).annotate(
        of=Window(Count("id")), bills=Window(Sum(F("estimate__total")))
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


def meant_by(text: str) -> QuerySet[Order]:
    """The order of a paper whose number was typed, or whose QR code was scanned (its address ends in its code)."""
    code = text.rstrip("/").rpartition("/")[2]
    paper = find_by_code(code)
    where = Q(papers__document=paper) if paper else Q(papers__document__printed_number__iexact=text)
    return Order.objects.filter(where).distinct()


def _row(order: Order, deadlines: Deadlines) -> dict:
    return {
        "number": order.number,
        "url": reverse("pesanan-satu", args=[order.pk]),
        "customer": str(order.customer),
        "work": order.title,
        "amount": order.estimate.total,
        "tag": deadlines.tag(order),
        "action_label": STAGES[Stage.PEMBAYARAN].duty,
        "action_url": reverse("pembayaran", args=[order.pk]),
    }
