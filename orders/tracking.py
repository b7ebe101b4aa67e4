"""What the customer reads behind the secret link: where the order stands, what is asked of them, the estimate.

No name, address, phone number, NIK or drawing, and nothing that was written for the office alone.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from balai.formats import hari_tanggal, rupiah, tanggal
from balai.models import AuditEntry
from balai.office import get_office
from orders.actions.frame import SUBJECT
from orders.actions.tracking import LENGTH, LETTERS, MESSAGES
from orders.deadlines import payment_due
from orders.history import COMPLETED_BY, Step, done, stepper
from orders.models import ContactEntry, Estimate, Order, TrackingLink
from orders.orderpage import bills
from orders.stages import FINAL, ORDERED, Stage

_TOKEN = re.compile(f"[{LETTERS}]{{{LENGTH}}}")
NOTHING_TO_DO = "Anda tidak perlu berbuat apa-apa."

# Headline and request at each stage; {total} and {until} are those of the estimate.
NOW = {
    Stage.PERMOHONAN: ("Permohonan Anda sedang diperiksa", f"{NOTHING_TO_DO} Kami menghubungi Anda sesudahnya."),
    Stage.ESTIMASI: ("Bengkel menghitung waktu dan biaya", f"{NOTHING_TO_DO} Kami menghubungi Anda sesudahnya."),
    Stage.KONFIRMASI: (
        "Menunggu jawaban Anda",
        "Baca estimasi di bawah, lalu jawab paling lambat {until}. Tanpa jawaban pekerjaan tidak dimulai.",
    ),
    Stage.PESANAN: ("Antre di bengkel", f"{NOTHING_TO_DO} Kami menghubungi Anda bila barang selesai."),
    Stage.PRODUKSI: ("Sedang dikerjakan di bengkel", f"{NOTHING_TO_DO} Kami menghubungi Anda bila barang selesai."),
    Stage.PEMBAYARAN: (
        "Barang selesai, silakan membayar",
        "Datanglah ke balai dan bayar retribusi {total} kepada petugas keuangan, paling lambat {due}. Simpan bukti "
        "pembayarannya.",
    ),
    Stage.SIAP_DIAMBIL: (
        "Sudah lunas, silakan diambil",
        "Bawa bukti pembayaran ke bagian pelayanan. Bila diwakilkan, wakil Anda menyebut hubungannya dengan Anda.",
    ),
    Stage.SELESAI: ("Pesanan selesai", "Semua barang sudah diambil. Terima kasih."),
    Stage.DIKEMBALIKAN: ("Permohonan dikembalikan", "Alasannya tertulis di surat pengembalian dari balai."),
    Stage.DIBATALKAN: ("Pesanan dibatalkan", "Hubungi kami bila ada yang ingin Anda tanyakan."),
}
EXEMPT = (
    "Dibebaskan dari pembayaran, silakan diambil",
    "Sebutkan nomor keputusannya di bagian pelayanan: {decision}. Bila diwakilkan, wakil Anda menyebut hubungannya "
    "dengan Anda.",
)
CHANGED = (
    "Ada perubahan yang perlu Anda jawab",
    "Baca perubahan di bawah, lalu jawab paling lambat {until}. Pekerjaan menunggu jawaban Anda.",
)
LAPSED = ("Estimasi sudah lewat masa berlakunya", "Berlaku sampai {until}. Hubungi kami untuk estimasi yang baru.")
ON_HOLD = ("Pekerjaan tertunda sementara", "Kami menghubungi Anda bila ada yang diperlukan dari Anda.")

# The state of each step: once done, and before its turn.
DONE = ("Diterima", "Bisa dikerjakan,", "Dikirim", "Anda sepakat,", "Selesai", "Lunas", "Diambil")
TO_COME = (
    "",
    "Sesudah permohonan diterima",
    "Sesudah permohonan diperiksa",
    "Sesudah estimasi selesai",
    "Sesudah Anda sepakat",
    "Sesudah barang selesai",
    "Bawa bukti pembayaran",
)


def find_link(token: str) -> TrackingLink | None:
    """The link in force with this token, its order and estimates; None for an unknown, malformed or revoked one."""
    token = token.strip().lower()
    if not _TOKEN.fullmatch(token):
        return None
    links = TrackingLink.objects.select_related("order__estimate", "order__change")
    return links.filter(token=token, revoked_at=None).first()


def describe(order: Order) -> dict:
    """The context of the tracking page. Four queries, whatever the order has been through."""
    entries = list(AuditEntry.objects.filter(subject_kind=SUBJECT, subject_id=str(order.pk)).order_by("id"))
    offer, found = order.open_offer, bills(order, get_office())
    headline, asked = _now(order, offer)
    answers = list(offer.contacts.filter(way=ContactEntry.Way.LINK)) if offer else []
    steps = _steps(order, entries)
    return {
        "number": order.number,
        "headline": headline,
        "asked": asked,
        "promise": _promise(order),
        "steps": steps,
        "step_now": next((step.number for step in steps if step.css == "now"), len(steps)),
        "bill": found.get(order.estimate_id) if _is_shown(order) else None,
        "change_bill": found.get(order.change_id),
        "answers": answers,
        "may_answer": bool(offer) and not offer.lapsed and len(answers) < MESSAGES,
        "offer": offer,
    }


def _now(order: Order, offer: Estimate | None) -> tuple[str, str]:
    estimate = offer or order.estimate
    headline, asked = NOW[Stage(order.stage)]
    if offer and offer.lapsed:
        headline, asked = LAPSED
    elif order.change_id:
        headline, asked = CHANGED
    elif order.hold_reason:
        headline, asked = ON_HOLD
    elif order.stage == Stage.SIAP_DIAMBIL and order.is_exempt:
        headline, asked = EXEMPT
    if estimate:
        asked = asked.format(
            total=rupiah(order.bill),
            until=hari_tanggal(estimate.valid_until),
            due=hari_tanggal(payment_due(order, get_office())),
            decision=order.decisions and order.decisions[-1]["number"],
        )
    return headline, asked


def _promise(order: Order) -> date | None:
    """The promised day, while it is still to come true."""
    waits = order.stage in (Stage.PESANAN, Stage.PRODUKSI)
    return order.estimate.finish_on if waits else None


def _is_shown(order: Order) -> bool:
    return order.open_offer is not None or order.stage in ORDERED


def _steps(order: Order, entries: Sequence[AuditEntry]) -> list[Step]:
    done_at = done(entries)
    return [replace(step, state=_state(order, step, done_at)) for step in stepper(order, entries)]


def _state(order: Order, step: Step, done_at: dict[str, datetime]) -> str:
    if step.css == "todo":
        return TO_COME[step.number - 1]
    if step.css == "done":
        return f"{DONE[step.number - 1]} {tanggal(done_at.get(COMPLETED_BY[step.number - 1]))}".strip()
    return step.state if Stage(order.stage) in FINAL else NOW[Stage(order.stage)][0]
