"""SOP 1: the page of a request, new or still being edited. Every button is a submit, so it works without scripts.

What was typed stays on the page; files cannot, so those that are good go into the draft with whatever is pressed.
"""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from balai.forms import KeyedForm
from balai.keptforms import unsent, way_back
from balai.models import KeptForm
from orders import actions
from orders.actions import Intent, Outcome
from orders.actions.intake import RequestData
from orders.customer_search import find_customers
from orders.forms.drawings import check_all
from orders.forms.intake import ITEMS, NEW_CUSTOMER, UNITS, IntakeForm
from orders.intakebuttons import former_orders, rearranged
from orders.models import Customer, Order
from orders.stages import Stage
from orders.views.flow import attempt, onward, renew
from orders.views.page import access_order, not_now

SUBMIT, SAVE, SAVE_DRAFT = "ajukan", "simpan", "draf"


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A request that has no draft yet. `?pelanggan=12` chooses the customer."""
    not_now(request, Order(), ["edit"])
    if request.method == "POST":
        return _answer(request, None)
    pk = request.GET.get("pelanggan", "")
    customer = Customer.objects.filter(pk=pk).first() if pk.isdecimal() else None
    return _page(request, IntakeForm(customer=customer), None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft, or an application that nobody has identified yet."""
    if "buang" in request.POST:
        return _discard(request, pk)
    order = access_order(pk)
    refusal = not_now(request, order, ["edit"])
    if refusal or request.method == "POST":
        return refusal or _answer(request, order)
    return _page(request, IntakeForm(order=order), order)


def _answer(request: HttpRequest, order: Order | None) -> HttpResponse:
    data = rearranged(request.POST)
    button = next((name for name in (SUBMIT, SAVE, SAVE_DRAFT) if name in data), "")
    uploads = check_all(request.FILES.getlist("drawings"))
    form = IntakeForm(data, order=order, complete=button in (SUBMIT, SAVE), uploads=uploads)
    if button:
        outcome = _save(request, form, order)
        if outcome and form.status == 200:
            messages.success(request, "Draf disimpan." if button == SAVE_DRAFT else "Permohonan disimpan.")
            return redirect("gambar-hp", outcome.order_id) if "hp" in data.getlist(button) else onward(outcome)
        order = access_order(outcome.order_id) if outcome else order
    else:
        form.unjudge()
        if "hapus-gambar" in data:
            _remove_drawing(request, form, order)
    order = _keep_files(request, form, order)
    return _page(request, renew(form, order or Order()), order)


def _save(request: HttpRequest, form: IntakeForm, order: Order | None) -> Outcome | None:
    """Save, and with "Simpan dan cetak" submit; the outcome of saving stands when submitting was refused."""

    def save(intent: Intent) -> Outcome:
        intent = _with_own_key(intent, "simpan")
        if order:
            return actions.edit(order.pk, intent, form.request_data, form.good_files)
        return actions.open_draft(intent, form.request_data, form.good_files)

    def submit(intent: Intent) -> Outcome:
        intent = replace(_with_own_key(intent, "ajukan"), version=saved.version)
        return actions.submit(saved.order_id, intent, consent=form.cleaned_data["consent"])

    saved = attempt(request, form, save)
    if saved:
        form.good_files = ()
        if SUBMIT in form.data and form.asks_consent:
            return attempt(request, form, submit) or saved
    return saved


def _keep_files(request: HttpRequest, form: IntakeForm, order: Order | None) -> Order | None:
    """Put the good files of a page that is shown again into its draft. Returns the order as it is then."""
    if not form.good_files:
        return access_order(order.pk) if order else None

    def keep(intent: Intent) -> Outcome:
        intent = replace(_with_own_key(intent, "gambar"), version=order.version if order else 0)
        if order:
            return actions.add_drawings(order.pk, intent, form.good_files)
        return actions.open_draft(intent, RequestData(None, (), service=""), form.good_files)

    keyed = KeyedForm(form.data)
    outcome = attempt(request, keyed, keep)
    if outcome is None:
        form.add_error("drawings", " ".join(keyed.non_field_errors()))
        return order
    where = "permohonan" if order and order.stage == Stage.PERMOHONAN else "draf"
    names = ", ".join(checked.original_name for checked in form.good_files)
    messages.success(request, f"Sudah tersimpan di {where}: {names}.")
    return access_order(outcome.order_id)


def _remove_drawing(request: HttpRequest, form: IntakeForm, order: Order | None) -> None:
    try:
        drawing_id = uuid.UUID(form.data["hapus-gambar"])
    except ValueError as error:
        raise Http404 from error
    if order is None:
        raise Http404
    keyed = KeyedForm(form.data)
    removed = attempt(request, keyed, lambda i: actions.remove_drawing(order.pk, _with_own_key(i, "hapus"), drawing_id))
    if removed:
        messages.success(request, "Gambar dihapus.")
        return
    form.status = keyed.status
    for fault in keyed.error_summary:
        form.add_error(None, fault.message)


def _discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a draft. Nothing typed is worth keeping, so a refusal is told on the page it leads to."""
    keyed = KeyedForm(request.POST)
    if attempt(request, keyed, lambda intent: actions.discard(pk, _with_own_key(intent, "buang"))):
        messages.success(request, "Draf dihapus.")
        return redirect("meja")
    reason = " ".join(fault.message for fault in keyed.error_summary)
    if keyed.status == 403:
        raise PermissionDenied(reason)
    messages.warning(request, reason)
    return redirect("pesanan-satu", pk) if Order.objects.filter(pk=pk).exists() else redirect("meja")


def _with_own_key(intent: Intent, step: str) -> Intent:
    """One page may run several actions, each once: every step has its own key, the same when it is sent again."""
    return replace(intent, key=uuid.uuid5(intent.key, step))


def _page(request: HttpRequest, form: IntakeForm, order: Order | None) -> HttpResponse:
    customer = form.customer
    search = form.choice["find"].value() or ""
    form.lead_on(request.POST)
    context = {
        "form": form,
        "order": order,
        "customer": customer,
        "search": search,
        "matches": find_customers(search) if not customer else [],
        "duplicates": form.duplicates if form.is_bound else [],
        "former_orders": former_orders(customer.pk, order) if customer else [],
        "drawings": order.drawings.filter(replaced_by=None) if order else [],
        "errors": form.error_summary if form.is_bound else [],
        "is_draft": order is None or order.stage == Stage.DRAF,
        "units": UNITS,
        "unsent": [] if form.is_bound else _unsent(request, form),
    }
    return render(request, "orders/intake.html", context, status=form.status)


def _unsent(request: HttpRequest, form: IntakeForm) -> list[dict]:
    """What this clerk typed here earlier and did not send, without what the page shows now."""
    return [
        {"kept": kept, "about": _about(kept), "way_back": way_back(kept)}
        for kept in unsent(request.user, request.path)
        if kept.fields.get("isian") != [str(form["isian"].value())]
    ]


def _about(kept: KeptForm) -> str:
    names = (f"{NEW_CUSTOMER}-name", f"{NEW_CUSTOMER}-business", f"{ITEMS}-0-name", "find")
    return next((value for name in names for value in kept.fields.get(name, []) if value), "")
