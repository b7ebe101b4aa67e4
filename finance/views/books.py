"""The books of keuangan on screen, as they are printed, and for other programs."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from balai import clock
from balai.kinds import Register
from balai.months import choices
from balai.tables import csv_response, excel_response
from finance import books
from finance.exports import COLUMNS, receipts_rows
from finance.models import Payment
from finance.monthcheck import closing_of
from finance.register import receipts_register
from finance.views.access import insist_on_reader
from orders.views.books import asked_month, asked_months, printed_book

BOOK = "Buku penerimaan"
Method = Payment.Method


@require_GET
def receipts_book(request: HttpRequest) -> HttpResponse:
    """A month of the buku penerimaan, some days at a time, for keuangan, pimpinan and admin.

    With `?cara=qris` only what was paid so.
    """
    insist_on_reader(request.user, BOOK)
    month, way = asked_month(request), asked_way(request)
    part = Paginator(books.day_parts(month, way), 1).get_page(request.GET.get("halaman"))
    context = {"book": books.receipts_book(month, part.object_list[0], way), "page": part, "closed": closing_of(month)}
    context |= {"month": month, "months": choices(clock.today(), month), "way": way, "ways": Method.choices}
    return render(request, "finance/receipts_book.html", context)


@require_GET
def receipts_book_pdf(request: HttpRequest) -> HttpResponse:
    """The same month as it is printed: always whole, as it is signed."""
    insist_on_reader(request.user, BOOK)
    month = asked_month(request)
    return printed_book(request, Register.RECEIPTS, month, lambda: receipts_register(books.receipts_book(month)))


@require_GET
def receipts_book_excel(request: HttpRequest) -> FileResponse:
    """A month of it as an Excel file; with `?tahun=2026` the whole year, with `?cara=` only what was paid so."""
    insist_on_reader(request.user, BOOK)
    (months, label), way = asked_months(request), asked_way(request)
    title = f"Buku penerimaan dan penyetoran {label}" + (f", {Method(way).label}" if way else "")
    return excel_response(_file_name(label, way), title, COLUMNS, receipts_rows(months, way))


@require_GET
def receipts_book_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as CSV."""
    insist_on_reader(request.user, BOOK)
    (months, label), way = asked_months(request), asked_way(request)
    return csv_response(_file_name(label, way), COLUMNS, receipts_rows(months, way))


def asked_way(request: HttpRequest) -> str:
    """The way of paying of `?cara=`; empty, which means all of them, for anything else."""
    way = request.GET.get("cara", "")
    return way if way in Method.values else ""


def _file_name(label: str, way: str) -> str:
    return "-".join(filter(None, ("buku-penerimaan", label, way)))
