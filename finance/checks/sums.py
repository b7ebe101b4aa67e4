"""Proofs of the whole: ledger, parts, receipts in force and book come to one sum, and receipts say it in words."""

from collections.abc import Iterator

import pypdfium2
from django.db.models import Max, Min

from balai.checks import PDF_CHUNK, dig, fault
from balai.clock import local_date
from balai.kinds import Kind
from balai.models import Document, DocumentFile
from balai.money import terbilang
from balai.months import Month
from finance.books import receipts_book
from finance.models import DepositInForce, Payment, PaymentLine
from finance.sums import brought_forward, brought_forward_by_account, total


def sums() -> Iterator[str]:
    """The ledger as a whole, then month by month as the book has it."""
    ledger, parts = total(Payment.objects), total(PaymentLine.objects)
    receipts = Document.objects.filter(kind=Kind.RECEIPT, voided_at__isnull=True)
    papers = sum(amount or 0 for amount in receipts.values_list("payload__body__amount", flat=True).iterator())
    if not ledger == parts == papers:
        said = f"jumlah {ledger}, rinciannya {parts}, bukti yang berlaku {papers}"
        yield fault(Payment, "seluruhnya", said)
    for month in _months():
        yield from _book(month)


def receipt_words() -> Iterator[str]:
    """Each receipt that was drawn says its amount in words."""
    files = DocumentFile.objects.filter(document__kind=Kind.RECEIPT, variant=DocumentFile.Variant.ORIGINAL)
    for file in files.select_related("document").order_by().iterator(PDF_CHUNK):
        amount = dig(file.document.payload, "body", "amount")
        if not isinstance(amount, int) or _squeezed(terbilang(amount)) not in _words_of(bytes(file.pdf)):
            yield fault(DocumentFile, file.document.printed_number, f"terbilangnya bukan {amount}")


def _months() -> Iterator[Month]:
    """Every month with money."""
    paid = Payment.objects.aggregate(first=Min("paid_at"), last=Max("paid_at"), settled=Max("settled_on"))
    if paid["first"] is None:
        return
    banked = DepositInForce.objects.aggregate(last=Max("deposited_on"))["last"]
    last = max(filter(None, (local_date(paid["last"]), paid["settled"], banked)))
    month = Month.of(local_date(paid["first"]))
    while month <= Month.of(last):
        yield month
        month = month.next


def _book(month: Month) -> Iterator[str]:
    book = receipts_book(month)
    rows = tuple(sum(getattr(row, name) or 0 for row in book.rows) for name in ("amount", "deposited"))
    if rows != (book.received, book.deposited):
        said = f"barisnya {rows[0]} dan {rows[1]}, menurut pembayaran {book.received} dan {book.deposited}"
        yield fault(Payment, f"buku penerimaan {month}", said)
    if book.balance != brought_forward(month.next):
        yield fault(Payment, f"buku penerimaan {month}", f"sisa {book.balance} tidak dipindahkan ke bulan berikutnya")
    by_account = sum(brought_forward_by_account(month.next).values())
    if by_account != book.balance:
        yield fault(Payment, f"buku pembantu {month}", f"sisa {by_account}, menurut buku penerimaan {book.balance}")


def _words_of(pdf: bytes) -> str:
    try:
        with pypdfium2.PdfDocument(pdf) as document:
            return _squeezed("".join(page.get_textpage().get_text_range() for page in document))
    except pypdfium2.PdfiumError:
        return ""


def _squeezed(text: str) -> str:
    return "".join(text.split())
