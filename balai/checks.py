"""Proofs of the office's own books: gapless registers, papers as they were issued, stored bytes as they were drawn.

A proof is a function that reads its table in a stream and yields one Indonesian line per fault. `manage.py
check_books` runs the proofs of all floors.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection
from django.db.models import Model

from balai import documents, pdf
from balai.guards import standing
from balai.kinds import KINDS
from balai.models import Document, DocumentFile, NumberSeries, Reprint

CHUNK = 2000
PDF_CHUNK = 50  # a paper has some 50 KB
# A server's clock may be set right by some minutes; a backdated paper is days away.
CLOCK_SLACK = timedelta(minutes=10)


def fault(model: type[Model], name: Any, what: str) -> str:
    """One line: the table, the number or key, what is wrong."""
    return f"{model._meta.db_table} {name}: {what}"


def dig(value: Any, *path: str) -> Any:
    """The value under these keys; None where a changed payload has no such key any more."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


@contextmanager
def snapshot() -> Iterator[None]:
    """All reads inside see one moment, while the office goes on working: no lock is taken."""
    if connection.in_atomic_block:
        yield
        return
    # Not atomic(): on SQLite that would take the write lock (settings: IMMEDIATE).
    begin = "BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def references() -> Iterator[str]:
    """No row names a row that is gone. PostgreSQL keeps this by itself; SQLite only when asked to."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        for table, row, parent, _ in cursor.execute("PRAGMA foreign_key_check"):
            yield f"{table} {row}: menunjuk baris {parent} yang tidak ada"


def guards(*books: type[Model]) -> Iterator[str]:
    """The database itself refuses to change or delete rows of these tables."""
    found = standing()
    for model in books:
        if model._meta.db_table not in found:
            yield f"{model._meta.db_table}: penjaga di basis data hilang, baris dapat diubah atau dihapus"


def registers() -> Iterator[str]:
    """Each register counts 1, 2, 3 … through its year in the order of time, and its counter stands at the last."""
    counters = {(series.register, series.year): series.last for series in NumberSeries.objects.all()}
    rows = Document.objects.order_by("register", "year", "number").values_list(
        "register", "year", "number", "printed_number", "issued_at"
    )
    for (register, year), papers in groupby(rows.iterator(CHUNK), key=itemgetter(0, 1)):
        last, before = 0, None
        for _, _, number, printed, issued_at in papers:
            if number != last + 1:
                missing = f"nomor {last + 1}" + (f" sampai {number - 1}" if number > last + 2 else "")
                yield fault(Document, f"{register} {year}", f"{missing} tidak ada")
            if before and issued_at < before - CLOCK_SLACK:
                yield fault(Document, printed, f"terbit lebih awal daripada nomor {number - 1} dalam {register} {year}")
            last, before = number, issued_at
        counter = counters.pop((register, year), 0)
        if counter != last:
            yield fault(NumberSeries, f"{register} {year}", f"pencacah {counter}, nomor terakhir {last}")
    for (register, year), last in counters.items():
        if last:
            yield fault(NumberSeries, f"{register} {year}", f"pencacah {last}, tetapi tidak ada dokumen")


def papers() -> Iterator[str]:
    """What each paper says is what was frozen, and its row says the same of it."""
    for paper in Document.objects.order_by().iterator(CHUNK):
        payload, name = paper.payload, paper.printed_number
        if documents.payload_hash(payload) != paper.payload_sha256:
            yield fault(Document, name, "isi berubah: tidak sesuai sidik SHA-256")
            continue
        said = {"kind": paper.kind, "number": name, "code": paper.code, "schema": paper.payload_version}
        for key, value in said.items():
            if dig(payload, key) != value:
                yield fault(Document, name, f"{key} {value} berbeda dari isi dokumen: {dig(payload, key)}")
        if str(dig(payload, "date"))[:4] != str(paper.year) or str(paper.number) not in name:
            yield fault(Document, name, f"nomor {paper.number} tahun {paper.year} tidak sesuai dengan cetakannya")
        if paper.kind not in KINDS or KINDS[paper.kind].register != paper.register:
            yield fault(Document, name, f"{paper.kind} tidak bernomor dalam register {paper.register}")


def stored_files() -> Iterator[str]:
    """The stored bytes of each paper are the bytes that were drawn."""
    rows = DocumentFile.objects.order_by().values_list(
        "document__printed_number", "document__voided_at", "variant", "pdf", "sha256"
    )
    for number, voided_at, variant, stored, sha256 in rows.iterator(PDF_CHUNK):
        if hashlib.sha256(stored).hexdigest() != sha256:
            yield fault(DocumentFile, f"{number} ({variant})", "berkas PDF berubah: tidak sesuai sidik SHA-256")
        if variant == DocumentFile.Variant.VOID and not voided_at:
            yield fault(DocumentFile, f"{number} ({variant})", "lembar BATAL dari dokumen yang masih berlaku")


def reprints() -> Iterator[str]:
    """The copies of each paper are counted 1, 2, 3 …"""
    rows = Reprint.objects.order_by("document_id", "ordinal").values_list("document__printed_number", "ordinal")
    for number, copies in groupby(rows.iterator(CHUNK), key=itemgetter(0)):
        ordinals = [ordinal for _, ordinal in copies]
        if ordinals != list(range(1, len(ordinals) + 1)):
            yield fault(Reprint, number, f"salinan tidak berurutan: {', '.join(map(str, ordinals))}")


def redrawn(count: int) -> Iterator[str]:
    """Some `count` stored papers, drawn anew from their payload, have the same bytes.

    Holds with the program and fonts that drew them: a newer template looks different, which is no fault of the books.
    """
    originals = DocumentFile.objects.filter(variant=DocumentFile.Variant.ORIGINAL).select_related("document")
    for file in originals.order_by("?")[:count]:
        paper = file.document
        if pdf.render(paper.payload, seconds=KINDS[paper.kind].seconds) != bytes(file.pdf):
            yield fault(DocumentFile, paper.printed_number, "digambar ulang, hasilnya berbeda dari yang tersimpan")
