"""Pembetulan setoran: what was typed wrong of a deposit."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from balai.documents import render_pending
from balai.views.attempt import attempt
from finance.corrections import correct_deposit, obstacle
from finance.deposits import Intent
from finance.forms import CorrectionForm
from finance.models import Deposit
from finance.views.access import insist_on_treasurer


@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """The number, the bank and the day of a deposit as they are right, with the reason."""
    insist_on_treasurer(request.user, "Pembetulan setoran")
    found = _deposit(pk)
    form = CorrectionForm(request.POST if request.method == "POST" else None, now=found.now)
    if made := attempt(form, lambda key: correct_deposit(Intent(request.user, key), pk, form.correction)):
        render_pending([made.paper_id])
        new, former = made.paper.printed_number, made.paper.replaces.printed_number
        messages.success(request, f"Setoran dibetulkan. Tanda setor {new} terbit; {former} menjadi BATAL.")
        return redirect("setoran-satu", pk)
    if form.is_bound:
        found = _deposit(pk)
        form.see(found.now.paper.printed_number)
    context = {"deposit": found, "form": form, "obstacle": obstacle(found)}
    context["errors"] = form.error_summary if form.is_bound else []
    return render(request, "finance/deposit_correction.html", context, status=form.status)


def _deposit(pk: int) -> Deposit:
    return get_object_or_404(Deposit.objects.select_related("now__paper"), pk=pk)
