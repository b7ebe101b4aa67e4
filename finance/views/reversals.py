"""SOP 6: a payment is taken back. Keuangan asks; pimpinan reads what it means, and approves or declines."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from balai import clock
from balai.forms import KeyedForm
from finance.ledger import current_payment
from finance.reversalforms import ApprovalForm, RefusalForm, ReversalForm
from finance.reversals import (
    ask_reversal,
    decline_reversal,
    insist_on_reversible,
    open_request,
    reverse_payment,
)
from finance.till import is_closed
from finance.views.moved import moved_on
from orders.actions import ActionRefused
from orders.models import Order
from orders.permissions import can
from orders.views.flow import attempt, renew
from orders.views.page import access_order, not_now


@require_http_methods(["GET", "POST"])
def reversal(request: HttpRequest, pk: int) -> HttpResponse:
    """The request for keuangan; once it was made, the decision for pimpinan."""
    order = access_order(pk)
    if request.method == "POST":
        return STEPS.get(request.POST.get("langkah"), _approve)(request, order)
    if refusal := not_now(request, order, ["ask_reversal", "unsettle"]):
        return refusal
    if can(request.user, "unsettle", order).ok:
        return _decision_page(request, order)
    return _request_page(request, order, ReversalForm(version=order.version))


def _ask(request: HttpRequest, order: Order) -> HttpResponse:
    not_now(request, order, ["ask_reversal"])
    form = ReversalForm(request.POST, version=order.version)
    if attempt(request, form, lambda intent: ask_reversal(order.pk, intent, reason=form.cleaned_data["reason"])):
        messages.success(request, "Permintaan terkirim. Pimpinan memutuskannya.")
        return redirect("pesanan-satu", order.pk)
    order = access_order(order.pk)
    if not can(request.user, "ask_reversal", order).ok:
        return moved_on(request, order, form)
    return _request_page(request, order, renew(form, order))


def _approve(request: HttpRequest, order: Order) -> HttpResponse:
    not_now(request, order, ["unsettle"])
    form = ApprovalForm(request.POST, request=request, version=order.version)
    if attempt(request, form, lambda intent: reverse_payment(order.pk, intent)):
        messages.success(request, "Pembayaran dibatalkan. Pesanan kembali menunggu pembayaran.")
        return redirect("pesanan-satu", order.pk)
    return _decided_or_again(request, order, form, "approval")


def _decline(request: HttpRequest, order: Order) -> HttpResponse:
    not_now(request, order, ["decline_reversal"])
    form = RefusalForm(request.POST, version=order.version)
    if attempt(request, form, lambda intent: decline_reversal(order.pk, intent, reason=form.cleaned_data["reason"])):
        messages.success(request, "Permintaan ditolak. Pembayaran tetap berlaku.")
        return redirect("pesanan-satu", order.pk)
    return _decided_or_again(request, order, form, "refusal")


STEPS = {"minta": _ask, "setujui": _approve, "tolak": _decline}


def _decided_or_again(request: HttpRequest, order: Order, form: KeyedForm, name: str) -> HttpResponse:
    order = access_order(order.pk)
    if not can(request.user, "unsettle", order).ok:
        return moved_on(request, order, form)
    return _decision_page(request, order, renew(form, order), **{name: form})


def _request_page(request: HttpRequest, order: Order, form: ReversalForm) -> HttpResponse:
    context = {"order": order, "form": form, "payment": current_payment(order)}
    return render(request, "finance/reversal.html", context, status=form.status)


def _decision_page(
    request: HttpRequest, order: Order, sent: KeyedForm | None = None, **forms: KeyedForm
) -> HttpResponse:
    asked = open_request(order)
    fresh = {
        "approval": ApprovalForm(request=request, version=order.version),
        "refusal": RefusalForm(version=order.version, auto_id="id_tolak_%s"),
    }
    context = {"order": order, "asked": asked, "payment": asked.payment, "obstacle": _obstacle(request, asked)}
    context |= {"errors": sent.error_summary if sent else []} | fresh | forms
    return render(request, "finance/reversal_check.html", context, status=sent.status if sent else 200)


def _obstacle(request: HttpRequest, asked) -> str:
    """Why this user cannot approve now; empty when nothing stands in the way."""
    if is_closed(clock.today()):
        return "Kas hari ini sudah ditutup. Setujui pada hari berikutnya."
    try:
        insist_on_reversible(asked, request.user)
    except ActionRefused as refused:
        return refused.reason
    return ""
