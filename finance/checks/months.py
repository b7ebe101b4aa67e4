"""Proofs of the closed months: none left out, nothing of theirs changed, and their papers say what they came to."""

import hashlib
from collections.abc import Iterator

from balai.checks import dig, fault
from balai.documents import as_json
from balai.guards import triggers
from balai.kinds import Kind
from balai.models import Document
from finance.guards import CORRECTED, DAYS, MONTH, trigger_of
from finance.models import MonthClosing
from finance.register import table_sheets
from finance.report import Report, month_report
from finance.sums import brought_forward, deposited, received
from finance.tally import month_seal

PAPERS = (Kind.CLOSED_BOOK, Kind.CLOSED_REPORT)


def months() -> Iterator[str]:
    """Every proof of every closed month, the oldest first."""
    standing = triggers()
    for table in (*DAYS, *CORRECTED):
        if trigger_of(table, MONTH) not in standing:
            yield f"{table}: penjaga bulan yang ditutup hilang di basis data"
    last = None
    for closing in MonthClosing.objects.select_related("book", "report").order_by("first_day").iterator(10):
        if last and last.next != closing.month:
            yield fault(MonthClosing, closing.month, f"ditutup langsung sesudah {last}, ada bulan yang terlewat")
        last = closing.month
        yield from _proofs(closing)
    held = MonthClosing.objects.values_list("book", "report")
    known = {paper for pair in held for paper in pair}
    for paper in Document.objects.filter(kind__in=PAPERS).defer("payload"):
        if paper.pk not in known:
            yield fault(Document, paper.printed_number, "surat tutup bulan tanpa bulan yang ditutup")


def _proofs(closing: MonthClosing) -> Iterator[str]:
    month = closing.month
    if (closing.first_day, closing.last_day) != (month.start.date(), month.last):
        yield fault(MonthClosing, month, "hari pertama dan terakhirnya bukan satu bulan")
    got, gone = received(month), deposited(month)
    found = (got, gone, brought_forward(month) + got - gone)
    if (closing.received, closing.deposited, closing.balance) != found:
        said = f"{closing.received} diterima, {closing.deposited} disetor, {closing.balance} tersisa"
        yield fault(MonthClosing, month, f"{said}; menurut buku {found[0]}, {found[1]}, {found[2]}")
    if month_seal(month) != closing.seal:
        yield fault(MonthClosing, month, "isi buku bulan yang sudah ditutup berubah: tidak sesuai sidik SHA-256")
    book, report = (dig(paper.payload, "body") for paper in (closing.book, closing.report))
    if hashlib.sha256(bytes(closing.excel)).hexdigest() != dig(book, "excel_sha256"):
        yield fault(MonthClosing, month, f"berkas Excel tidak sesuai sidiknya pada {closing.book.printed_number}")
    sums = dig(book, "closing") or {}
    if (dig(sums, "received"), dig(sums, "deposited"), dig(sums, "balance")) != found:
        yield fault(MonthClosing, month, f"jumlah berbeda dari buku {closing.book.printed_number}")
    if dig(report, "pages") != _pages(month_report(month)):
        yield fault(MonthClosing, month, f"isi berbeda dari laporan {closing.report.printed_number}")


def _pages(report: Report) -> list:
    return as_json(table_sheets(report.table, ""))["pages"]
