"""The buku pesanan on screen; how every book is asked for a month."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from balai import clock
from balai.months import Month, choices
from balai.roles import insist_on_role
from orders.books import order_book as read_book


@require_GET
def order_book(request: HttpRequest) -> HttpResponse:
    """A month of the buku pesanan, for everybody of the office."""
    insist_on_role(request.user)
    month = asked_month(request)
    context = {"book": read_book(month), "month": month, "months": choices(clock.today(), month)}
    return render(request, "orders/order_book.html", context)


def asked_month(request: HttpRequest) -> Month:
    """The month of `?bulan=2026-11`; this month without it, and with a word about it where it is none."""
    this_month = Month.of(clock.today())
    try:
        return Month.parse(request.GET.get("bulan") or str(this_month))
    except ValueError:
        messages.warning(request, f"Bulan itu tidak ada. Yang tampil adalah {this_month.label}.")
        return this_month
