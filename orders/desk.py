"""The desk: piles of orders that wait for the same work of the same role, the oldest duty first. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count, Min, Q
from django.urls import reverse

from balai.documents import KINDS
from balai.formats import rupiah
from balai.models import User
from balai.roles import Role
from orders.deadlines import BY_STANDARD, WAIT, Deadlines, Tag, entered, since, waits
from orders.models import Order
from orders.offers import ANSWERED
from orders.queries import for_lists, recent_papers, with_new_drawing
from orders.stages import FINAL, STAGES, Stage
from orders.steps import current_step

ROWS = 30  # of one section; more stand in the list
OTHERS = 10
PAPERS = 5


@dataclass(frozen=True)
class Pile:
    """Orders waiting for one kind of work. `where` picks them, `order` puts the oldest duty first."""

    key: str
    name: str
    title: str
    hint: str
    stage: Stage
    role: Role
    work: str
    where: Q
    order: tuple[str, ...] = ("stage_since", "id")
    with_value: bool = False
    with_phone: bool = False


def _pile(key: str, name: str, stage: Stage, title: str, hint: str, **more) -> Pile:
    info = STAGES[stage]
    standard = {"role": info.waits_for, "work": info.duty, "where": Q(stage=stage)}
    return Pile(key, name, title, hint, stage, **standard | more)


WORKING = Q(stage=Stage.PRODUKSI, change__isnull=True)
BY_PROMISE = ("estimate__finish_on", "id")

PILES = (
    _pile(
        "identifikasi",
        "identifikasi",
        Stage.PERMOHONAN,
        "Perlu diidentifikasi",
        "Putuskan bisa atau tidak bisa dikerjakan",
    ),
    _pile(
        "konfirmasi",
        "konfirmasi",
        Stage.KONFIRMASI,
        "Perlu dikonfirmasi ke pelanggan",
        "Estimasi sudah ada; tanyakan sepakat, minta revisi, atau tidak",
        with_value=True,
    ),
    _pile(
        "perubahan",
        "jawaban perubahan",
        Stage.PRODUKSI,
        "Perubahan menunggu jawaban pelanggan",
        "Bengkel menunggu; tanyakan setuju atau tidak dengan perubahan",
        role=Role.PELAYANAN,
        work="Catat jawaban",
        where=Q(stage=Stage.PRODUKSI, change__isnull=False),
        order=("change__offered_at", "id"),
        with_value=True,
    ),
    _pile(
        "siap_diambil",
        "pengambilan",
        Stage.SIAP_DIAMBIL,
        "Siap diambil",
        "Sudah lunas; serahkan barang bersama surat jalan",
        where=Q(stage=Stage.SIAP_DIAMBIL, reversal_reason=""),
    ),
    _pile(
        "pembatalan",
        "pembatalan pembayaran",
        Stage.SIAP_DIAMBIL,
        "Pembatalan pembayaran menunggu keputusan",
        "Keuangan meminta; setujui dengan kata sandi, atau tolak",
        role=Role.PIMPINAN,
        work="Periksa permintaan",
        where=Q(stage=Stage.SIAP_DIAMBIL) & ~Q(reversal_reason=""),
    ),
    _pile("draf", "draf", Stage.DRAF, "Draf permohonan", "Belum bernomor; lengkapi lalu ajukan", work="Lanjutkan"),
    _pile("estimasi", "estimasi", Stage.ESTIMASI, "Perlu diestimasi", "Perkirakan waktu dan biaya"),
    _pile(
        "produksi",
        "produksi",
        Stage.PRODUKSI,
        "Sedang dikerjakan",
        "Tenggatnya adalah janji kepada pelanggan",
        where=WORKING & Q(hold_reason=""),
        order=BY_PROMISE,
    ),
    _pile(
        "tertunda",
        "tertunda",
        Stage.PRODUKSI,
        "Tertunda",
        "Lanjutkan begitu hambatannya hilang",
        work="Lanjutkan",
        where=WORKING & ~Q(hold_reason=""),
        order=BY_PROMISE,
    ),
    _pile("antre", "antre produksi", Stage.PESANAN, "Antre", "Surat pesanan sudah terbit; mulai menurut tanggalnya"),
    _pile(
        "pembayaran",
        "pembayaran",
        Stage.PEMBAYARAN,
        "Perlu dibayar",
        "Barang selesai; terima retribusi",
        with_value=True,
    ),
)


def piles(deadlines: Deadlines) -> list[Pile]:
    """The piles of today: goods that nobody collects lie apart from those that are ready (DOMAIN.md e), and so do the
    offers whose customer answered on the tracking page, or is to be reminded, from the others that wait.
    """
    uncollected, silent = deadlines.uncollected(), deadlines.to_be_reminded()
    found = []
    for pile in PILES:
        if pile.key == "siap_diambil":
            found.append(_uncollected(deadlines.pickup_days, uncollected))
            pile = replace(pile, where=pile.where & ~uncollected)
        elif pile.key == "konfirmasi":
            found += [_answered(), _silent(deadlines.followup_days, silent)]
        if pile.key in ("konfirmasi", "perubahan"):
            pile = replace(pile, where=pile.where & ~ANSWERED & ~silent)
        found.append(pile)
    return found


def _uncollected(days: int, where: Q) -> Pile:
    title = f"Belum diambil lebih dari {days} hari"
    hint = "Hubungi pelanggannya; barangnya sudah lunas"
    return _pile(
        "belum_diambil",
        "belum diambil",
        Stage.SIAP_DIAMBIL,
        title,
        hint,
        where=where & Q(reversal_reason=""),
        with_phone=True,
    )


def _answered() -> Pile:
    title, hint = "Dijawab lewat tautan lacak", "Baca pesan pelanggan, lalu catat jawabannya"
    return _pile("dijawab", "jawaban lewat tautan", Stage.KONFIRMASI, title, hint, where=ANSWERED, with_value=True)


def _silent(days: int, where: Q) -> Pile:
    hint = f"{days} hari kerja tanpa kabar; hubungi, lalu catat pembicaraannya"
    more = {"where": where, "work": "Hubungi", "with_value": True, "with_phone": True}
    return _pile("ingatkan", "perlu diingatkan", Stage.KONFIRMASI, "Perlu diingatkan", hint, **more)


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
    """What waits in every pile, empty ones included, of the orders that are wanted. One query, whatever waits."""
    late, wanted, today = deadlines.late(), {}, piles(deadlines)
    for pile in today:
        wanted[f"{pile.key}_count"] = Count("id", filter=pile.where)
        wanted[f"{pile.key}_late"] = Count("id", filter=pile.where & late)
        wanted[f"{pile.key}_oldest"] = Min("stage_since", filter=pile.where)
    found = Order.objects.filter(wanted_only).exclude(stage__in=FINAL).aggregate(**wanted)
    return [Waiting(pile, *(found[f"{pile.key}_{what}"] for what in ("count", "late", "oldest"))) for pile in today]


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
    orders = list(for_lists(Order.objects.filter(deadlines.late() & wanted_only)).order_by("stage_since", "id")[:ROWS])
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
        for order in for_lists(Order.objects.filter(where & wanted_only)).order_by("stage_since", "id")[:OTHERS]
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
