"""The papers of an order agree with its stage, its numbers, its estimate and its hand-overs."""

from collections.abc import Iterator
from decimal import Decimal

from balai.checks import dig, fault
from balai.kinds import Kind
from balai.models import Document
from orders.checks.orderfile import OrderFile, Row
from orders.models import Estimate, HandOver
from orders.stages import ORDERED, Stage

Status = Estimate.Status


def application(file: OrderFile) -> Iterator[str]:
    """A draft has no paper; every other order has the one application form whose number it bears."""
    order = file.order
    if order.stage == Stage.DRAF:
        if file.papers:
            yield file.fault(f"masih draf tetapi sudah memiliki {file.papers[0].printed_number}")
        return
    numbers = [form.printed_number for form in file.of_kind(Kind.APPLICATION_FORM) if not form.voided_at]
    if numbers != [order.number]:
        yield file.fault(f"nomor pesanan bukan nomor formulir permohonannya ({', '.join(numbers) or 'tidak ada'})")


def offers(file: OrderFile) -> Iterator[str]:
    """Each offered version has its lembar estimasi with the same total, and no other was issued."""
    totals = {estimate.version: estimate.total for estimate in file.estimates if estimate.status != Status.DRAFT}
    sheets = file.of_kind(Kind.ESTIMATE_SHEET)
    for sheet in sheets:
        version = dig(sheet.payload, "body", "version")
        if version not in totals or dig(sheet.payload, "body", "total") != totals.pop(version):
            yield fault(Document, sheet.printed_number, f"tidak sesuai dengan estimasi versi {version} ({file})")
    for version in totals:
        yield file.fault(f"estimasi versi {version} tanpa lembar estimasi")


def returns(file: OrderFile) -> Iterator[str]:
    """A returned request has its one surat pengembalian; no other order has one."""
    issued, expected = len(file.of_kind(Kind.RETURN_LETTER)), 1 if file.order.stage == Stage.DIKEMBALIKAN else 0
    if issued != expected:
        yield file.fault(f"{issued} surat pengembalian pada tahap {file.order.stage}, seharusnya {expected}")


def work_orders(file: OrderFile) -> Iterator[str]:
    """Every surat pesanan has its surat perintah kerja, the last BATAL together with it. A new plan replaces one."""
    letters = {letter.printed_number: letter for letter in file.of_kind(Kind.ORDER_LETTER)}
    ordered = {}
    for work in file.of_kind(Kind.WORK_ORDER):
        number = dig(work.payload, "body", "order_letter_number")
        if number not in letters:
            yield fault(Document, work.printed_number, f"tidak menyebut surat pesanan dari {file}")
        former = ordered.get(number)
        if former and work.replaces_id != former.document_id:
            yield fault(Document, work.printed_number, f"tidak menggantikan {former.printed_number}")
        ordered[number] = work
    for number, letter in letters.items():
        if number not in ordered:
            yield fault(Document, number, "surat pesanan tanpa surat perintah kerja")
        elif bool(letter.voided_at) != bool(ordered[number].voided_at):
            yield fault(Document, ordered[number].printed_number, f"tidak BATAL bersama {number}")


def letters(file: OrderFile) -> Iterator[str]:
    """An agreed order has exactly one surat pesanan in force, a cancelled one has none left, the others never had."""
    order, issued = file.order, file.of_kind(Kind.ORDER_LETTER)
    in_force = _in_force(issued)
    expected = 1 if order.stage in ORDERED else 0
    if len(in_force) != expected:
        yield file.fault(f"{len(in_force)} surat pesanan berlaku pada tahap {order.stage}, seharusnya {expected}")
    if bool(issued) != (order.stage in ORDERED or order.stage == Stage.DIBATALKAN):
        yield file.fault(f"{len(issued)} surat pesanan terbit, tidak sesuai dengan tahap {order.stage}")
    own = {letter.document_id for letter in issued}
    for letter in issued:
        if letter.replaces_id and letter.replaces_id not in own:
            yield fault(Document, letter.printed_number, f"menggantikan surat milik pesanan lain daripada {file}")
        if dig(letter.payload, "body", "application_number") != order.number:
            yield fault(Document, letter.printed_number, f"menyebut nomor permohonan lain daripada {file}")


def agreement(file: OrderFile) -> Iterator[str]:
    """The estimate in force is the order's own, answered as the stage says, and its total is the letter's."""
    order, versions = file.order, {estimate.id: estimate for estimate in file.estimates}
    estimate, change = versions.get(order.estimate_id), versions.get(order.change_id)
    if {order.estimate_id, order.change_id} - versions.keys() - {None}:
        yield file.fault("menunjuk estimasi milik pesanan lain")
    expected = _expected_status(order.stage)
    if expected and (estimate is None or estimate.status != expected):
        yield file.fault(f"tahap {order.stage} tanpa estimasi yang {Status(expected).label.lower()}")
    if change and (change.status != Status.OFFERED or not change.is_change):
        yield file.fault("perubahan yang ditunggu bukan estimasi perubahan yang sedang ditawarkan")
    for letter in _in_force(file.of_kind(Kind.ORDER_LETTER)):
        body = dig(letter.payload, "body")
        lines = sum(dig(line, "amount") or 0 for line in dig(body, "lines") or [])
        if estimate and not dig(body, "total") == lines == estimate.total:
            yield fault(
                Document,
                letter.printed_number,
                f"total {dig(body, 'total')} dan jumlah baris {lines}, estimasi yang disepakati {estimate.total}",
            )


def delivery_notes(file: OrderFile) -> Iterator[str]:
    """Each hand-over has its own surat jalan with the same quantities, against a receipt of this order."""
    notes = {note.document_id: note for note in file.of_kind(Kind.DELIVERY_NOTE) if not note.voided_at}
    receipts = {receipt.printed_number for receipt in file.of_kind(Kind.RECEIPT) if not receipt.voided_at}
    receipts |= {f"Keputusan {dig(decision, 'number')}" for decision in file.order.decisions}
    for handover in file.handovers:
        name = f"{handover.id} ({file})"
        note = notes.pop(handover.paper_id, None)
        if handover.receipt_number not in receipts:
            yield fault(HandOver, name, f"bukti pembayaran {handover.receipt_number} bukan bukti sah pesanan ini")
        if note is None:
            yield fault(HandOver, name, "tanpa surat jalan")
        elif _quantities_on(note) != sorted(line.quantity for line in file.handover_lines[handover.id]):
            yield fault(Document, note.printed_number, "jumlah barang berbeda dari yang dicatat diserahkan")
    for note in notes.values():
        yield fault(Document, note.printed_number, f"surat jalan tanpa serah terima ({file})")


def _in_force(issued: list[Row]) -> list[Row]:
    replaced = {letter.replaces_id for letter in issued}
    return [letter for letter in issued if not letter.voided_at and letter.document_id not in replaced]


def _expected_status(stage: str) -> str | None:
    if stage == Stage.KONFIRMASI:
        return Status.OFFERED
    return Status.AGREED if stage in ORDERED or stage == Stage.DIBATALKAN else None


def _quantities_on(note: Row) -> list[Decimal]:
    return sorted(Decimal(dig(line, "quantity") or 0) for line in dig(note.payload, "body", "lines") or [])
