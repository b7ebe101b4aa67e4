"""The buku pesanan on screen; how every book is asked for a month."""

import logging
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from balai import clock, pdf, registers
from balai.formats import angka
from balai.kinds import Register
from balai.months import Month, choices
from balai.roles import insist_on_role
from balai.views.papers import not_drawn, pdf_response
from orders.books import order_book as read_book
from orders.papers.register import order_register

logger = logging.getLogger(__name__)

TOO_LONG = f"terlalu panjang untuk PDF (paling banyak {angka(registers.MAX_ROWS)} baris). Buku ini dibaca di layar."


@require_GET
def order_book(request: HttpRequest) -> HttpResponse:
    """A month of the buku pesanan, for everybody of the office."""
    insist_on_role(request.user)
    month = asked_month(request)
    context = {"book": read_book(month), "month": month, "months": choices(clock.today(), month)}
    return render(request, "orders/order_book.html", context)


@require_GET
def order_book_pdf(request: HttpRequest) -> HttpResponse:
    """The same month as it is printed."""
    insist_on_role(request.user)
    month = asked_month(request)
    return printed_book(request, Register.ORDERS, month, lambda: order_register(read_book(month), by=request.user))


def printed_book(request: HttpRequest, register: Register, month: Month, body: Callable[[], dict]) -> HttpResponse:
    """The PDF of a book's month; back to the book with a word when it is too long for one."""
    try:
        return pdf_response(registers.draw(register, month, body(), by=request.user), f"{register}-{month}")
    except registers.TooLong as too_long:
        messages.warning(request, f"{month.label} berisi {angka(too_long.rows)} baris, {TOO_LONG}")
        return redirect(f"{reverse(register.replace('_', '-'))}?bulan={month}")
    except pdf.RenderError:
        logger.exception("%s %s cannot be drawn", register, month)
        return not_drawn(request)


def asked_month(request: HttpRequest) -> Month:
    """The month of `?bulan=2026-11`; this month without it, and with a word about it where it is none."""
    this_month = Month.of(clock.today())
    try:
        return Month.parse(request.GET.get("bulan") or str(this_month))
    except ValueError:
        messages.warning(request, f"Bulan itu tidak ada. Yang tampil adalah {this_month.label}.")
        return this_month
