"""The desk: the piles of today as cards, the oldest duty first. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Case, Count, Min, Q, QuerySet, Sum, Value, When
from django.urls import reverse

from balai.documents import KINDS
from balai.formats import rupiah
from balai.models import User
from balai.roles import Role
from orders.deadlines import BY_STANDARD, WAIT, Deadlines, Tag, entered, since, waits
from orders.models import Order
from orders.piles import Pile, piles
from orders.queries import for_lists, recent_papers, with_new_drawing
from orders.stages import OPEN
from orders.steps import current_step

ROWS = 30  # of one section; more stand in the list
OTHERS = 10
PAPERS = 5


@dataclass(frozen=True)
class Waiting:
    """How much a pile holds: orders, late ones among them, and since when the oldest is at its stage."""

    pile: Pile
    count: int
    late: int
    oldest: datetime | None

    @property
    def url(self) -> str:
        """The list of orders at the pile's stage."""
        return f"{reverse('pesanan')}?tahap={self.pile.stage}"


def tally(deadlines: Deadlines, wanted_only: Q) -> list[Waiting]:
    """What waits in every pile, empty ones included, of the orders that are wanted. One query, whatever waits.

    No order lies in two piles, so each is put where it lies and counted there.
    """
    today = piles(deadlines)
    lies = Case(*(When(pile.where, then=Value(pile.key)) for pile in today))
    is_late = Case(When(deadlines.late(), then=1), default=0)
    by_pile = _open(wanted_only).order_by().annotate(pile=lies, is_late=is_late).values("pile")
    found = {
        row["pile"]: (row["count"], row["late"], row["oldest"])
        for row in by_pile.annotate(count=Count("id"), late=Sum("is_late"), oldest=Min("stage_since"))
    }
    return [Waiting(pile, *found.get(pile.key, (0, 0, None))) for pile in today]


def section(waiting: Waiting, deadlines: Deadlines, wanted_only: Q) -> dict:
    """A card of the desk: the first rows of a pile, as components/queue.html wants them. One query."""
    pile = waiting.pile
    orders = with_new_drawing(for_lists(Order.objects.filter(pile.where & wanted_only))).order_by(*pile.order)[:ROWS]
    return {
        "id": f"tumpukan-{pile.key}",
        "title": pile.title,
        "hint": f"{pile.hint}, paling lambat {deadlines.days[pile.stage]} hari kerja"
        if pile.stage in BY_STANDARD
        else pile.hint,
        "caption": f"{pile.title}, paling mendesak di atas",
        "work_label": "Pekerjaan dan estimasi" if pile.with_value else "Pekerjaan",
        "count": waiting.count,
        "more_url": waiting.url if waiting.count > ROWS else "",
        "rows": [_row(order, deadlines.tag(order), pile) for order in orders],
    }


def late_section(count: int, deadlines: Deadlines, wanted_only: Q) -> dict:
    """Every late order, whoever must act, the longest waiting first. One query."""
    orders = list(for_lists(_open(deadlines.late() & wanted_only)).order_by("stage_since", "id")[:ROWS])
    orders.sort(key=deadlines.due)
    return {
        "id": "terlambat",
        "title": "Terlambat",
        "hint": f"{ROWS} yang paling lama dari {count}" if count > ROWS else "Lewat tenggat, paling lama di atas",
        "caption": "Pesanan yang terlambat",
        "count": count,
        "rows": [_row(order, replace(deadlines.tag(order), note=waits(order))) for order in orders],
        "empty": "Tidak ada pesanan yang lewat tenggat.",
    }


def others(theirs: Iterable[Pile], deadlines: Deadlines, wanted_only: Q) -> list[dict]:
    """The orders that have waited longest for somebody else. One query."""
    where = Q(pk__in=[])
    for pile in theirs:
        where |= pile.where
    return [
        {
            "number": order.number,
            "url": reverse("pesanan-satu", args=[order.pk]),
            "customer": _customer(order),
            "work": order.title,
            "tag": Tag(WAIT, f"{waits(order)}, sejak {since(entered(order), deadlines.today)}"),
        }
        for order in for_lists(_open(where & wanted_only)).order_by("stage_since", "id")[:OTHERS]
    ]


def recent_work(user: User) -> list[dict]:
    """The papers this user issued last, newest first, to be printed again. One query."""
    return [
        {
            "at": paper.document.issued_at,
            "name": f"{KINDS[paper.document.kind].title} {paper.document.printed_number}",
            "customer": _customer(paper.order),
            "void": paper.document.voided_at is not None,
            "url": reverse("dokumen-lihat", args=[paper.document.pk]),
            "reprint_url": reverse("dokumen-cetak-ulang", args=[paper.document.pk]),
        }
        for paper in recent_papers(user, PAPERS)
    ]


def _open(where: Q) -> QuerySet[Order]:
    """Named by their stages, the open orders are found by the index; the many closed ones are not looked at."""
    return Order.objects.filter(where, stage__in=OPEN)


def in_words(waiting: Iterable[Waiting]) -> str:
    """`Bengkel: 3 estimasi, 11 produksi · Keuangan: 5 pembayaran`, without what is empty."""
    by_role: dict[Role, list[str]] = {}
    for pile in waiting:
        if pile.count:
            by_role.setdefault(pile.pile.role, []).append(f"{pile.count} {pile.pile.name}")
    return " · ".join(f"{role.capitalize()}: {', '.join(piles)}" for role, piles in by_role.items())


def _row(order: Order, tag: Tag, pile: Pile | None = None) -> dict:
    value = rupiah(order.change.total if order.change else order.bill) if pile and pile.with_value else ""
    news = "gambar baru, belum dibuka" if pile and pile.role == Role.BENGKEL and order.has_new_drawing else ""
    return {
        "number": order.number,
        "url": reverse("pesanan-satu", args=[order.pk]),
        "customer": _customer(order),
        "work": " · ".join(filter(None, [order.title or "Belum diisi", value, news])),
        "phone": order.customer.phone if pile and pile.with_phone else "",
        "tag": tag,
        "action_label": pile.work if pile else "Lihat pesanan",
        "action_url": _action_url(order),
    }


def _action_url(order: Order) -> str:
    step = current_step(order)[1]
    return f"{reverse('pesanan-satu', args=[order.pk])}#berikut" if step.inline else reverse(step.url, args=[order.pk])


def _customer(order: Order) -> str:
    return str(order.customer or "Belum dipilih")
