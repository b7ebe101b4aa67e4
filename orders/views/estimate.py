"""SOP 3, memperkirakan waktu dan biaya: the workshop's worksheet, also for a change during production."""

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from balai.forms import summarise
from balai.keptforms import restored
from balai.text import single_line
from orders import actions
from orders.actions import Intent, Outcome
from orders.estimatepage import describe, versions_of
from orders.forms.estimate import Basis, DeclineForm, EstimateForm, basis_of
from orders.forms.estimate_open import like, opened, rearranged, with_proposal, with_steps, without_steps
from orders.models import Order
from orders.search import exact
from orders.stages import Stage
from orders.views.flow import attempt, renew
from orders.views.page import access_order, not_now


@require_http_methods(["GET", "POST"])
def estimate(request: HttpRequest, pk: int) -> HttpResponse:
    """The worksheet: opened, recomputed with a row more or less, kept as a draft, sent, or declined."""
    order = _order(pk)
    if refusal := not_now(request, order, ["offer_change" if _is_change(order) else "offer"]):
        return refusal
    if request.method == "GET":
        return _page(request, order, _opened(order))
    step = request.POST.get("langkah", "hitung")
    if step in ("draf", "kirim"):
        return _store(request, order, step)
    if step == "tidak-sanggup":
        return _decline(request, order)
    return _page(request, order, _worked_on(request, order))


def _store(request: HttpRequest, order: Order, step: str) -> HttpResponse:
    basis, sends = basis_of(order), step == "kirim"
    form = EstimateForm(request.POST, basis=basis, is_change=_is_change(order), sends=sends)

    def action(intent: Intent) -> Outcome:
        if not sends:
            return actions.save_estimate(order.pk, intent, form.estimate)
        if _is_change(order):
            return actions.offer_change(order.pk, intent, form.estimate, reason=form.cleaned_data["reason"])
        return actions.offer(order.pk, intent, form.estimate)

    if attempt(request, form, action) is None:
        order = _order(order.pk)
        return _page(request, order, renew(form, order))
    if not sends:
        messages.success(request, "Draf estimasi disimpan.")
        return redirect("estimasi", order.pk)
    messages.success(request, "Estimasi dikirim ke pelayanan untuk ditanyakan kepada pelanggan.")
    return redirect("pesanan-satu", order.pk)


def _decline(request: HttpRequest, order: Order) -> HttpResponse:
    declined = DeclineForm(request.POST)

    def action(intent: Intent) -> Outcome:
        return actions.decline(order.pk, intent, reason=declined.cleaned_data["decline_reason"])

    if attempt(request, declined, action) is None:
        order = _order(order.pk)
        form = renew(_preview(order, request.POST, basis_of(order)), order)
        return _page(request, order, form, declined)
    messages.success(request, "Pesanan dikembalikan ke pelayanan dengan alasan bengkel.")
    return redirect("pesanan-satu", order.pk)


def _worked_on(request: HttpRequest, order: Order) -> EstimateForm:
    """The worksheet with what a button asked for: rows, steps, the days that the queue allows, an earlier job."""
    sent, basis = request.POST, basis_of(order)
    form = _preview(order, rearranged(sent), basis)
    if "ubah-langkah" in sent:
        return _preview(order, with_steps(sent, form), basis)
    if "langkah-dari-jasa" in sent:
        return _preview(order, without_steps(sent), basis)
    if "pakai-usulan" in sent and form.outlook and form.outlook.proposal:
        return _preview(order, with_proposal(sent, form.outlook.proposal), basis)
    if "contoh" in sent:
        return _like_another(request, order, form)
    return form


def _like_another(request: HttpRequest, order: Order, form: EstimateForm) -> EstimateForm:
    """The work of the order that was chosen as an example; `contoh` is its key, or empty where its number was typed."""
    chosen, number = request.POST["contoh"], single_line(request.POST.get("nomor-contoh", ""))
    key = int(chosen) if chosen.isdecimal() else exact(number)
    example = Order.objects.select_related("estimate").filter(pk=key, estimate__isnull=False).first()
    if example is None:
        messages.warning(request, f"Tidak ada pesanan bernomor “{number}” yang sudah diestimasi.")
        return form
    messages.success(request, f"Jasa, bahan, dan langkah diisi seperti pesanan {example.number}.")
    return _preview(order, like(request.POST, example.estimate, form.basis), form.basis)


def _page(request: HttpRequest, order: Order, form: EstimateForm, declined: DeclineForm | None = None) -> HttpResponse:
    context = describe(order, form) | {
        "form": form,
        "declined": declined or DeclineForm(),
        "errors": (summarise(declined) if declined else []) + form.error_summary,
    }
    return render(request, "orders/estimate.html", context, status=(declined or form).status)


def _order(pk: int) -> Order:
    order = access_order(pk)
    prefetch_related_objects([order], "estimates__lines__tariff", "estimates__steps")
    return order


def _is_change(order: Order) -> bool:
    return order.stage == Stage.PRODUKSI


def _opened(order: Order) -> EstimateForm:
    """The worksheet as it was typed before the session ended, as the saved draft has it, or as the version in force."""
    versions, basis = versions_of(order), basis_of(order)
    return _preview(order, restored() or opened(versions.draft or versions.former, basis), basis)


def _preview(order: Order, data: QueryDict | dict[str, str], basis: Basis) -> EstimateForm:
    """The worksheet priced as far as it is complete; nothing is stored, so nothing is refused either.

    The script asks for it while rows are half written: another status than 200 would be an error in the console.
    """
    form = EstimateForm(data, basis=basis, is_change=_is_change(order), preview=True)
    form.is_valid()
    return form
