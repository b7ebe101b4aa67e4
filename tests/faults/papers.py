"""Faults in the registers and the papers."""

from datetime import timedelta

from balai import documents
from balai.kinds import Kind
from balai.models import Document, DocumentFile, NumberSeries, Reprint
from tests.faults.planting import Books, Words, change, forge, paper


def gap_in_a_register(books: Books) -> Words:
    last = Document.objects.filter(register="surat_jalan").latest("year", "number")
    change(last, number=last.number + 2)
    return "balai_document", "surat_jalan", f"nomor {last.number} sampai {last.number + 1} tidak ada"


def counter_ahead_of_its_register(books: Books) -> Words:
    series = NumberSeries.objects.filter(register="bukti_pembayaran").latest("year")
    change(series, last=series.last + 1)
    return "balai_numberseries", "bukti_pembayaran", f"pencacah {series.last + 1}"


def counter_without_papers(books: Books) -> Words:
    NumberSeries.objects.create(register="surat_jalan", year=2001, last=3)
    return "balai_numberseries", "surat_jalan 2001", "tidak ada dokumen"


def backdated_paper(books: Books) -> Words:
    late = Document.objects.filter(register="permohonan").latest("year", "number")
    change(late, issued_at=late.issued_at - timedelta(days=30))
    return late.printed_number, "terbit lebih awal"


def changed_pdf_byte(books: Books) -> Words:
    document = paper(books.done, Kind.RECEIPT)
    data = bytearray(documents.pdf_bytes(document))
    data[-1] ^= 1
    change(DocumentFile.objects.get(document=document), pdf=bytes(data))
    return "balai_documentfile", document.printed_number, "PDF berubah"


def void_rendering_of_a_valid_paper(books: Books) -> Words:
    document = paper(books.done, Kind.RECEIPT)
    documents.pdf_bytes(document)
    change(DocumentFile.objects.get(document=document), variant="batal")
    return "balai_documentfile", document.printed_number, "masih berlaku"


def copy_left_out(books: Books) -> Words:
    document = paper(books.done, Kind.RECEIPT)
    facts = {"made_at": document.issued_at, "made_by": document.issued_by, "reason": "Hilang."}
    Reprint.objects.create(document=document, ordinal=2, **facts)
    return "balai_reprint", document.printed_number, "salinan tidak berurutan"


def changed_payload(books: Books) -> Words:
    document = paper(books.done, Kind.ORDER_LETTER)
    body = document.payload["body"] | {"total": 1}
    change(document, payload=document.payload | {"body": body})
    return "balai_document", document.printed_number, "isi berubah"


def forged_payload_with_its_hash(books: Books) -> Words:
    document = paper(books.done, Kind.ORDER_LETTER)
    forge(document, lambda body: body.update(total=1))
    return document.printed_number, "total 1", f"{books.done.estimate.total}"


def payload_without_its_body(books: Books) -> Words:
    document = paper(books.done, Kind.RECEIPT)
    payload = {key: value for key, value in document.payload.items() if key != "body"}
    change(document, payload=payload, payload_sha256=documents.payload_hash(payload))
    return f"{books.done}", f"pada bukti {document.printed_number} None"


def edited_printed_number(books: Books) -> Words:
    document = paper(books.done, Kind.DELIVERY_NOTE)
    change(document, printed_number="9999/SJ/I/2026")
    return "balai_document", "9999/SJ/I/2026", document.printed_number


def swapped_verification_code(books: Books) -> Words:
    document, code = paper(books.done, Kind.DELIVERY_NOTE), documents.new_code()
    change(document, code=code)
    return document.printed_number, code, document.code


def paper_in_another_register(books: Books) -> Words:
    document = paper(books.done, Kind.DELIVERY_NOTE)
    change(document, register="lain", number=1)
    return document.printed_number, "register lain"
