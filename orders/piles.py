"""The piles of the desk: which open orders wait for the same work of the same role, and how each pile is called."""

from dataclasses import dataclass, replace

from django.db.models import Q

from balai.roles import Role
from orders.deadlines import Deadlines
from orders.offers import ANSWERED
from orders.stages import STAGES, Stage


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
