"""What a page of keuangan says when the order has left its step meanwhile."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from balai.forms import KeyedForm
from orders.models import Order


def moved_on(request: HttpRequest, order: Order, form: KeyedForm) -> HttpResponse:
    """HTTP 409: says who moved the order, and leads to it."""
    context = {
        "reason": " ".join(form.non_field_errors()),
        "url": reverse("pesanan-satu", args=[order.pk]),
        "label": "Lihat pesanan",
    }
    return render(request, "409.html", context, status=409)
