"""The buku pesanan on screen; how every book is asked for a month."""

import logging
from collections.abc import Callable
from contextlib import suppress

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from balai import clock, pdf, registers
from balai.formats import angka
from balai.kinds import Register
from balai.months import Month, Period, Year, choices
from balai.roles import insist_on_role
from balai.tables import excel_response
from balai.views.papers import not_drawn, pdf_response
from orders.books import order_book as read_book
from orders.exports import COLUMNS, order_rows
from orders.papers.register import order_register

logger = logging.getLogger(__name__)

ROWS = 100  # on a page of the screen
TOO_LONG = f"terlalu panjang untuk PDF (paling banyak {angka(registers.MAX_ROWS)} baris). Buku ini dibaca di layar."


@require_GET
def order_book(request: HttpRequest) -> HttpResponse:
    """A month of the buku pesanan, so many rows at a time, for everybody of the office."""
    insist_on_role(request.user)
    month = asked_month(request)
    book = read_book(month)
    page = Paginator(book.rows, ROWS).get_page(request.GET.get("halaman"))
    context = {"book": book, "page": page, "month": month, "months": choices(clock.today(), month)}
    return render(request, "orders/order_book.html", context)


@require_GET
def order_book_pdf(request: HttpRequest) -> HttpResponse:
    """The same month as it is printed."""
    insist_on_role(request.user)
    month = asked_month(request)
    return printed_book(request, Register.ORDERS, month, lambda: order_register(read_book(month), by=request.user))


@require_GET
def order_book_excel(request: HttpRequest) -> FileResponse:
    """A month of it as an Excel file; with `?tahun=2026` the whole year."""
    insist_on_role(request.user)
    months, label = asked_months(request)
    return excel_response(f"buku-pesanan-{label}", f"Buku pesanan {label}", COLUMNS, order_rows(months))


def printed_book(request: HttpRequest, register: Register, period: Period, body: Callable[[], dict]) -> HttpResponse:
    """The PDF of a book's month or year; back to the book with a word when it is too long for one."""
    try:
        return pdf_response(registers.draw(register, period, body(), by=request.user), f"{register}-{period}")
    except registers.TooLong as too_long:
        messages.warning(request, f"{period.label} berisi {angka(too_long.rows)} baris, {TOO_LONG}")
        return redirect(f"{reverse(register.replace('_', '-'))}?{request.GET.urlencode()}")
    except pdf.RenderError:
        logger.exception("%s %s cannot be drawn", register, period)
        return not_drawn(request)


def asked_months(request: HttpRequest) -> tuple[list[Month], str]:
    """The months of `?tahun=2026`, or the one of `?bulan=`; and how to call them in the name of a file."""
    with suppress(ValueError):
        year = Year.parse(request.GET.get("tahun", ""))
        return year.months, str(year)
    month = asked_month(request)
    return [month], str(month)


def asked_month(request: HttpRequest) -> Month:
    """The month of `?bulan=2026-11`; this month without it, and with a word about it where it is none."""
    this_month = Month.of(clock.today())
    try:
        return Month.parse(request.GET.get("bulan") or str(this_month))
    except ValueError:
        messages.warning(request, f"Bulan itu tidak ada. Yang tampil adalah {this_month.label}.")
        return this_month
