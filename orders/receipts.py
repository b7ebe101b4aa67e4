"""The bukti pembayaran a customer shows at the counter: scanned, or typed by its code or number (SOP 7)."""

import re

from balai import documents
from balai.formats import tanggal
from balai.kinds import KINDS, Kind
from balai.models import Document
from orders.models import Order, OrderPaper
from orders.queries import valid_receipt_number

_VERIFY_LINK = re.compile(r"/verifikasi/([^/\s]+)/?\s*$")

UNKNOWN = "Bukti pembayaran ini tidak ditemukan. Pindai kode QR-nya, atau ketik nomornya seperti di lembar pelanggan."


def refusal(order: Order, shown: str) -> str:
    """Why nothing may be handed over against what was shown; empty for the order's valid receipt.

    For an order that owes nothing, the number of a decision that says so stands in its place.
    """
    if order.is_exempt:
        return _of_exempt(order, shown)
    paper = _meant(shown)
    if paper is None:
        return UNKNOWN
    name = f"{KINDS[paper.kind].title} {paper.printed_number}"
    if paper.kind != Kind.RECEIPT:
        return f"{name} bukan bukti pembayaran. Minta lembar bukti pembayaran kepada pelanggan."
    owner = OrderPaper.objects.select_related("order").get(document=paper).order
    if owner.pk != order.pk:
        return f"{name} milik pesanan lain, yaitu {owner.number}. Minta bukti untuk pesanan {order.number}."
    if paper.voided_at:
        return f"{name} sudah BATAL sejak {tanggal(paper.voided_at)}. Minta bukti yang berlaku: {_valid(order)}."
    return ""


def _of_exempt(order: Order, shown: str) -> str:
    numbers = [decision["number"] for decision in order.decisions]
    if _spelled(shown).removeprefix("KEPUTUSAN") in map(_spelled, numbers):
        return ""
    return f"Pesanan ini dibebaskan dari pembayaran. Isi nomor keputusannya: {' atau '.join(numbers)}."


def _valid(order: Order) -> str:
    return valid_receipt_number(order) or "belum ada"


def _meant(shown: str) -> Document | None:
    """The paper behind the link of a scanned QR, a verification code, or a printed number however it is spelled."""
    link = _VERIFY_LINK.search(shown)
    if paper := documents.find_by_code(link[1] if link else shown):
        return paper
    number = _spelled(shown)
    registers = [KINDS[Kind.RECEIPT].register, *(info.register for info in KINDS.values())]
    found = {paper.register: paper for paper in Document.objects.filter(register__in=registers, printed_number=number)}
    return next((found[register] for register in registers if register in found), None)


def _spelled(number: str) -> str:
    return "".join(number.split()).upper()
