"""The past of an order in plain words: the timeline from its audit entries, and the seven-step stepper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from balai.formats import jam_kerja, rupiah, tanggal_pendek
from balai.models import AuditEntry
from orders.models import Order
from orders.papers import ANSWERED_VIA
from orders.stages import SOP_STEPS, STAGES, Stage

SENTENCES = {
    "note_contact": "Pembicaraan dengan pelanggan",
    "renew_link": "Tautan lacak diganti yang baru",
    "revoke_link": "Tautan lacak dicabut",
    "edit": "Permohonan diisi",
    "submit": "Permohonan diterima: {paper}",
    "discard": "Draf dihapus",
    "add_drawings": "Gambar ditambahkan: {names}",
    "phone_link": "Tautan HP untuk menambah gambar {state}",
    "see_drawing": "Gambar versi {drawing_version} dilihat bengkel: {drawing}",
    "revise_drawing": "Gambar diganti versi baru: {drawing}",
    "accept": "Identifikasi: bisa dikerjakan",
    "return_to_customer": "Dikembalikan ke pelanggan",
    "save_estimate": "Draf estimasi disimpan",
    "offer": "Estimasi versi {estimate} dikirim: {amount}",
    "decline": "Bengkel tidak sanggup",
    "agree": "Pelanggan sepakat: surat pesanan {paper}",
    "revise": "Pelanggan minta revisi",
    "disagree": "Pelanggan tidak sepakat",
    "start": "Mulai dikerjakan",
    "hold": "Pekerjaan ditunda",
    "resume": "Pekerjaan dilanjutkan",
    "finish_step": "Tahap {step} selesai, {hours}",
    "note_left": "Sisa tahap {step}: {hours}",
    "add_photo": "Foto hasil ditambahkan",
    "replan": "Rencana kerja diubah: surat perintah kerja {work_order}",
    "offer_change": "Perubahan ditawarkan, estimasi versi {estimate}: {amount}",
    "agree_change": "Pelanggan sepakat dengan perubahan: surat pesanan {paper}",
    "refuse_change": "Pelanggan menolak perubahan, pekerjaan lanjut seperti semula",
    "finish": "Selesai dikerjakan",
    "cancel": "Pesanan dibatalkan",
    "settle": "Lunas: bukti pembayaran {receipt}, {amount}",
    "remind": "Teguran ke-{ordinal} terbit: {paper}",
    "ask_reversal": "Pembatalan pembayaran diminta: bukti {receipt}",
    "unsettle": "Pembayaran dibatalkan: bukti {receipt} BATAL",
    "waive": "Keputusan {decision}: {kind} {amount}",
    "exempt": "Lunas tanpa pembayaran, {kind} {amount}: keputusan {decision}",
    "withdraw_waiver": "Keputusan {withdrawn} dicabut dengan {decision}: {amount} terutang lagi",
    "withdraw_exemption": "Keputusan {withdrawn} dicabut dengan {decision}: {amount} terutang lagi",
    "refund": "Uang dikembalikan {amount}: keputusan {decision}",
    "decline_reversal": "Pembatalan pembayaran ditolak: bukti {receipt} tetap berlaku",
    "hand_over_part": "Sebagian barang diserahkan: surat jalan {paper}",
    "hand_over": "Barang diserahkan kepada {collector}: surat jalan {paper}",
}

FORCED = ", selesainya mendahului antrean"

# The action that completes each SOP step, in the order of SOP_STEPS.
COMPLETED_BY = ("submit", "accept", "offer", "agree", "finish", "settle", "hand_over")
INSTEAD_OF = {"exempt": "settle"}  # what completes a step in the place of the usual


@dataclass(frozen=True)
class Event:
    sentence: str
    at: datetime
    by: str
    role: str
    via: str
    why: str


@dataclass(frozen=True)
class Step:
    number: int
    name: str
    state: str
    css: str  # done, now or todo


def timeline(entries: Sequence[AuditEntry]) -> list[Event]:
    """Newest first. Repeated saves of a draft count once, as they tell a reader nothing."""
    events: list[Event] = []
    previous = ""
    for entry in sorted(entries, key=lambda e: e.id):
        if entry.verb == previous and entry.verb in ("edit", "save_estimate"):
            events.pop()
        events.append(_event(entry))
        previous = entry.verb
    return events[::-1]


def stepper(order: Order, entries: Sequence[AuditEntry]) -> list[Step]:
    """Always seven steps. A closed order keeps the step where it stopped, with what happened."""
    stage = Stage(order.stage)
    current = _current_step(stage, entries)
    done_at = done(entries)
    steps = []
    for number, name in enumerate(SOP_STEPS, start=1):
        if number < current or stage == Stage.SELESAI:
            when = done_at.get(COMPLETED_BY[number - 1])
            steps.append(Step(number, name, f"Selesai {tanggal_pendek(when)}" if when else "Selesai", "done"))
        elif number == current:
            steps.append(Step(number, name, _state_now(order, stage), "now"))
        else:
            steps.append(Step(number, name, "Berikutnya" if number == current + 1 else "Belum", "todo"))
    return steps


def done(entries: Sequence[AuditEntry]) -> dict[str, datetime]:
    """When each of COMPLETED_BY, and any other verb, was done last."""
    ordered = sorted(entries, key=lambda e: e.id)
    return {INSTEAD_OF.get(entry.verb, entry.verb): entry.at for entry in ordered}


def _event(entry: AuditEntry) -> Event:
    facts = dict(entry.after)
    if "amount" in facts:
        facts["amount"] = rupiah(abs(facts["amount"]))
    if "minutes" in facts:
        facts["hours"] = jam_kerja(facts["minutes"])
    if "names" in facts:
        facts["names"] = ", ".join(facts["names"])
    return Event(
        sentence=SENTENCES[entry.verb].format(**facts) + (FORCED if "forced" in facts else ""),
        at=entry.at,
        by=entry.actor_name,
        role=entry.role,
        via=_way(facts),
        why=entry.note,
    )


def _way(facts: dict) -> str:
    """By which way, and who answered: `Siti Contoh lewat telepon`."""
    if "link" in facts and "names" in facts:
        return "lewat tautan HP"
    return " ".join(filter(None, [facts.get("who"), ANSWERED_VIA.get(facts.get("via"))]))


def _current_step(stage: Stage, entries: Sequence[AuditEntry]) -> int:
    if stage in (Stage.DIKEMBALIKAN, Stage.DIBATALKAN):
        last_move = max(
            (e for e in entries if e.after.get("stage") == stage != e.before.get("stage")), key=lambda e: e.id
        )
        return STAGES[Stage(last_move.before["stage"])].sop
    return STAGES[stage].sop


def _state_now(order: Order, stage: Stage) -> str:
    if stage in (Stage.DIKEMBALIKAN, Stage.DIBATALKAN):
        return f"{STAGES[stage].label}, {tanggal_pendek(order.closed_at)}"
    if order.change_id or order.hold_reason:
        return "Tertunda"
    return "Antre" if stage == Stage.PESANAN else "Sekarang"
