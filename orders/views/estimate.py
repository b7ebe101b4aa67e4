"""SOP 3, memperkirakan waktu dan biaya: the workshop's worksheet, also for a change during production."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from balai import clock
from balai.formats import angka, tanggal
from balai.forms import summarise
from balai.keptforms import restored
from balai.models import AuditEntry
from balai.office import get_office, holidays
from balai.workdays import workdays_between
from orders import actions
from orders.actions import Intent, Outcome
from orders.actions.estimate import finish_date
from orders.actions.frame import SUBJECT
from orders.deadlines import LATE, OK, SOON, Tag
from orders.forms.estimate import MATERIAL_UNITS, Basis, DeclineForm, EstimateForm, opened, rearranged
from orders.models import Estimate, Order, Tariff
from orders.papers import ANSWERED_VIA
from orders.stages import Stage
from orders.views.flow import attempt, renew
from orders.views.page import access_order, not_now

# Whose words the workshop should read before it prices: the latest of these, by stage.
WORDS = {
    Stage.ESTIMASI: {"revise": "Permintaan revisi pelanggan", "accept": "Catatan pelayanan"},
    Stage.PRODUKSI: {"refuse_change": "Alasan pelanggan menolak perubahan"},
}


@dataclass(frozen=True)
class Versions:
    """The saved draft, the version last sent or agreed, and the number of the one being written."""

    draft: Estimate | None
    former: Estimate | None
    number: int


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
    return _page(request, order, _preview(order, rearranged(request.POST), _basis()))


def _store(request: HttpRequest, order: Order, step: str) -> HttpResponse:
    form = EstimateForm(request.POST, basis=_basis(), is_change=_is_change(order))

    def action(intent: Intent) -> Outcome:
        if step == "draf":
            return actions.save_estimate(order.pk, intent, form.estimate)
        if _is_change(order):
            return actions.offer_change(order.pk, intent, form.estimate, reason=form.cleaned_data["reason"])
        return actions.offer(order.pk, intent, form.estimate)

    if attempt(request, form, action) is None:
        order = _order(order.pk)
        return _page(request, order, renew(form, order))
    if step == "draf":
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
        form = renew(_preview(order, request.POST, _basis()), order)
        return _page(request, order, form, declined)
    messages.success(request, "Pesanan dikembalikan ke pelayanan dengan alasan bengkel.")
    return redirect("pesanan-satu", order.pk)


def _page(request: HttpRequest, order: Order, form: EstimateForm, declined: DeclineForm | None = None) -> HttpResponse:
    versions = _versions(order)
    context = {
        "order": order,
        "form": form,
        "declined": declined or DeclineForm(),
        "errors": (summarise(declined) if declined else []) + form.error_summary,
        "office": form.basis.office,
        "versions": versions,
        "is_change": _is_change(order),
        "finish": _finish(form, order),
        "difference": _difference(form.total - versions.former.total) if versions.former else "",
        "words": _words(order),
        "units": MATERIAL_UNITS,
    }
    return render(request, "orders/estimate.html", context, status=(declined or form).status)


def _order(pk: int) -> Order:
    order = access_order(pk)
    prefetch_related_objects([order], "estimates__lines__tariff")
    return order


def _is_change(order: Order) -> bool:
    return order.stage == Stage.PRODUKSI


def _basis() -> Basis:
    today = clock.today()
    return Basis(today, holidays(), list(Tariff.objects.valid_on(today)), get_office())


def _opened(order: Order) -> EstimateForm:
    """The worksheet as it was typed before the session ended, as the saved draft has it, or as the version in force."""
    versions, basis = _versions(order), _basis()
    return _preview(order, restored() or opened(order, versions.draft or versions.former, basis), basis)


def _preview(order: Order, data: QueryDict | dict[str, str], basis: Basis) -> EstimateForm:
    """The worksheet priced as far as it is complete; nothing is stored, so nothing is refused either.

    The script asks for it while rows are half written: another status than 200 would be an error in the console.
    """
    form = EstimateForm(data, basis=basis, is_change=_is_change(order), preview=True)
    form.is_valid()
    return form


def _versions(order: Order) -> Versions:
    kept = order.estimates.all()
    draft = next((version for version in kept if version.status == Estimate.Status.DRAFT), None)
    former = next((version for version in kept if version.pk == order.estimate_id), None)
    number = draft.version if draft else max((version.version for version in kept), default=0) + 1
    return Versions(draft, former, number)


def _finish(form: EstimateForm, order: Order) -> dict | None:
    """The day on which the job would be done, and how it lies to the day it is needed; None until both are typed."""
    days, starts_on = form.cleaned_data.get("days"), form.cleaned_data.get("starts_on")
    if not (days and starts_on):
        return None
    closed = form.basis.holidays
    day = finish_date(starts_on, days, closed)
    if order.needed_on is None:
        return {"day": day}
    spare = workdays_between(day, order.needed_on, closed)
    if day > order.needed_on:
        return {"day": day, "tag": Tag(LATE, f"Lewat dari yang dibutuhkan, {tanggal(order.needed_on)}")}
    if spare == 0:
        return {"day": day, "tag": Tag(SOON, "Tepat pada hari dibutuhkan")}
    return {"day": day, "tag": Tag(OK, f"{spare} hari kerja sebelum dibutuhkan")}


def _difference(rupiah: int) -> str:
    if rupiah == 0:
        return "sama"
    return f"{'naik' if rupiah > 0 else 'turun'} {angka(abs(rupiah))}"


def _words(order: Order) -> dict | None:
    headings = WORDS.get(Stage(order.stage), {})
    said = AuditEntry.objects.filter(subject_kind=SUBJECT, subject_id=str(order.pk), verb__in=headings)
    entry = said.order_by("-id").first()
    if entry is None or not entry.note:
        return None
    return {"heading": headings[entry.verb], "entry": entry, "via": ANSWERED_VIA.get(entry.after.get("via", ""), "")}
