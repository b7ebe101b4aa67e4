"""Setoran: which cash was brought to the treasury under which STS, and the bank's slips."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from balai.documents import render_pending
from balai.roles import Role, roles_of
from balai.rows import unjudged
from balai.storage import file_response
from balai.views.attempt import attempt
from finance import desk
from finance.corrections import steps_of
from finance.deposits import Intent, add_slip, check_deposit, in_hand, record_deposit
from finance.forms import DepositForm, SlipForm
from finance.models import Deposit, DepositInForce, DepositSlip, Payment
from finance.views.access import insist_on_reader, insist_on_treasurer

WHAT = "Setoran"


@require_http_methods(["GET", "POST"])
def deposits(request: HttpRequest) -> HttpResponse:
    """The cash in hand, chosen and checked before it is noted as deposited; and the last deposits."""
    insist_on_treasurer(request.user, WHAT)
    payments = desk.in_hand_rows()
    form = _deposit_form(request, payments)
    step = request.POST.get("langkah", "periksa")
    if step == "ubah":
        unjudged(form)
    elif step == "catat":
        if saved := attempt(form, lambda key: record_deposit(Intent(request.user, key), form.deposit)):
            render_pending([saved.paper_id])
            messages.success(request, "Setoran tercatat di buku penerimaan dan penyetoran.")
            return redirect("setoran-satu", saved.pk)
    elif chosen := attempt(form, lambda key: check_deposit(request.user, form.deposit)):
        context = {"form": form, "chosen": chosen, "amount": sum(payment.amount for payment in chosen)}
        return render(request, "finance/deposit_check.html", context)
    context = {"form": form, "rows": desk.deposit_choices(payments, form.chosen), "in_hand": in_hand()}
    context |= {"last": desk.last_deposits(), "errors": form.error_summary if form.is_bound else []}
    return render(request, "finance/deposits.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
def deposit(request: HttpRequest, pk: int) -> HttpResponse:
    """One deposit with its receipts and slips; keuangan adds a slip."""
    insist_on_reader(request.user, WHAT)
    found = get_object_or_404(Deposit.objects.select_related("now__paper", "recorded_by"), pk=pk)
    form = SlipForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound:
        insist_on_treasurer(request.user, WHAT)
    if attempt(form, lambda key: add_slip(Intent(request.user, key), found, form.checked)):
        messages.success(request, "Slip tersimpan bersama setorannya.")
        return redirect("setoran-satu", pk)
    context = {
        "deposit": found,
        "steps": list(steps_of(found)),
        "payments": Payment.objects.filter(deposit_item__deposit=found).select_related("receipt", "order__customer"),
        "slips": found.slips.select_related("added_by"),
        "form": form if Role.KEUANGAN in roles_of(request.user) else None,
        "errors": form.error_summary if form.is_bound else [],
    }
    return render(request, "finance/deposit.html", context, status=form.status)


@require_GET
def slip(request: HttpRequest, pk: int) -> FileResponse:
    """The slip as it was kept."""
    insist_on_reader(request.user, WHAT)
    found = get_object_or_404(DepositSlip, pk=pk)
    try:
        found.file.open()
    except FileNotFoundError as error:
        raise Http404("Berkas slip ini tidak ada di penyimpanan. Hubungi admin balai.") from error
    return file_response(found.file, found.original_name, inline=True)


def _deposit_form(request: HttpRequest, payments: list[Payment]) -> DepositForm:
    last = DepositInForce.objects.order_by("-deposit").first()
    known = {"bank": last.bank if last else "", "depositor": request.user.full_name}
    return DepositForm(request.POST if request.method == "POST" else None, payments=payments, **known)
