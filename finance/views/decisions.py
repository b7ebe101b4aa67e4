"""SOP 6: decisions that reduce or waive a bill, withdraw such a decision, or refund what was paid."""

from collections.abc import Callable

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from balai.storage import file_response
from finance import decisions
from finance.decisionforms import DecisionForm, RefundForm, WaiverForm
from finance.ledger import current_payment
from finance.models import Decision
from finance.views.access import insist_on_reader
from finance.views.moved import moved_on
from orders.actions import Intent, Outcome
from orders.models import Order
from orders.permissions import can
from orders.views.flow import attempt, renew
from orders.views.page import access_order, not_now


@require_http_methods(["GET", "POST"])
def waiver(request: HttpRequest, pk: int) -> HttpResponse:
    """The decisions that reduce this bill, and the form for the next one while something is owed."""
    order = access_order(pk)
    if refusal := not_now(request, order, ["waive", "withdraw_exemption"]):
        return refusal
    form = _form(request, WaiverForm, order)

    def record(intent: Intent) -> Outcome:
        return decisions.waive(pk, intent, form.decision, form.checked, kind=form.cleaned_data["kind"])

    done = "Keputusan tercatat. Tagihan pesanan ini mengikuti keputusan itu."
    return _answer(request, order, form, record, "waive", "finance/waiver.html", done)


@require_http_methods(["GET", "POST"])
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """A mistaken decision taken back by another one."""
    mistaken = get_object_or_404(Decision.objects.filter(kind__in=decisions.REDUCING), pk=pk)
    order = access_order(mistaken.order_id)
    if refusal := not_now(request, order, ["withdraw_waiver", "withdraw_exemption"]):
        return refusal
    form = _form(request, DecisionForm, order)
    verb = "withdraw_exemption" if order.is_exempt else "withdraw_waiver"

    def record(intent: Intent) -> Outcome:
        action = getattr(decisions, verb)
        return action(order.pk, intent, form.decision, form.checked, decision_id=mistaken.pk)

    done = f"Keputusan {mistaken} dicabut."
    return _answer(request, order, form, record, verb, "finance/withdrawal.html", done, mistaken=mistaken)


@require_http_methods(["GET", "POST"])
def refund(request: HttpRequest, pk: int) -> HttpResponse:
    """Money that the treasury gives back, noted with its decision."""
    order = access_order(pk)
    if refusal := not_now(request, order, ["refund"]):
        return refusal
    form = _form(request, RefundForm, order)

    def record(intent: Intent) -> Outcome:
        return decisions.refund(pk, intent, form.decision, form.checked)

    payment = current_payment(order) if can(request.user, "refund", order).ok else None
    done = "Pengembalian tercatat di keterangan buku penerimaan."
    return _answer(request, order, form, record, "refund", "finance/refund.html", done, payment=payment)


@require_GET
def scan(request: HttpRequest, pk: int) -> FileResponse:
    """The scan as it was kept, for keuangan, pimpinan and admin."""
    insist_on_reader(request.user, "Keputusan")
    found = get_object_or_404(Decision, pk=pk)
    try:
        found.file.open()
    except FileNotFoundError as error:
        raise Http404("Pindaian ini tidak ada di penyimpanan. Hubungi admin balai.") from error
    return file_response(found.file, found.original_name, inline=True)


def _form(request: HttpRequest, kind: type[DecisionForm], order: Order) -> DecisionForm:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return kind(*sent, version=order.version)


def _answer(
    request: HttpRequest,
    order: Order,
    form: DecisionForm,
    record: Callable[[Intent], Outcome],
    verb: str,
    template: str,
    done: str,
    **more: object,
) -> HttpResponse:
    if form.is_bound:
        if attempt(request, form, record):
            messages.success(request, done)
            return redirect("pesanan-satu", order.pk)
        order = access_order(order.pk)
        if not can(request.user, verb, order).ok:
            return moved_on(request, order, form)
        renew(form, order)
    context = {"order": order, "form": form, "may_enter": can(request.user, verb, order).ok}
    context |= {"in_force": decisions.in_force(order), "errors": form.error_summary if form.is_bound else []} | more
    return render(request, template, context, status=form.status)
