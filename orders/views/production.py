"""SOP 5, produksi: the order begins, goes on, ends; its plan and its photos; and its cancellation by pimpinan."""

from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_http_methods

from balai.roles import insist_on_role
from balai.storage import file_response
from orders import actions
from orders.forms.production import FinishForm, PhotoForm, ReplanForm
from orders.forms.steps import CancellationForm, ProgressForm
from orders.models import ResultPhoto
from orders.permissions import can
from orders.stages import Stage
from orders.views.flow import attempt, onward, renew
from orders.views.page import access_order, answer_step, not_now, order_moved_on, show_step

KEPT = 7 * 24 * 3600  # seconds; a photo never changes


@require_http_methods(["GET", "POST"])
def production(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin or go on with one tap; or end, with the hours, the check and the materials."""
    if request.method == "POST":
        is_end = request.POST.get("tindakan") == "finish"
    else:
        order = access_order(pk)
        is_end = order.stage == Stage.PRODUKSI and not order.hold_reason
    return answer_step(request, pk, FinishForm if is_end else ProgressForm)


@require_http_methods(["GET", "POST"])
def cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel, with a reason."""
    return answer_step(request, pk, CancellationForm)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the open steps in another order or elsewhere; a new surat perintah kerja says so."""
    order = access_order(pk)
    refusal = not_now(request, order, ["replan"])
    if refusal or request.method != "POST":
        return refusal or show_step(request, order, "rencana", ReplanForm(order=order))
    form = ReplanForm(request.POST, order=order)
    outcome = attempt(request, form, lambda intent: actions.replan(pk, intent, form.plan))
    if outcome:
        messages.success(request, "Rencana kerja diubah. Surat perintah kerja yang baru menggantikan yang lama.")
        return onward(outcome)
    order = access_order(pk)
    if not can(request.user, "replan", order).ok:
        return order_moved_on(request, order, form)
    return show_step(request, order, "rencana", renew(form, order), form.status)


@require_http_methods(["GET", "POST"])
def add_photo(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a photo of the work."""
    order = access_order(pk)
    refusal = not_now(request, order, ["add_photo"])
    if refusal or request.method != "POST":
        return refusal or show_step(request, order, "foto", PhotoForm(order=order))
    form = PhotoForm(request.POST, request.FILES, order=order)
    outcome = attempt(request, form, lambda intent: actions.add_photo(pk, intent, form.cleaned_data["foto"]))
    if outcome:
        messages.success(request, "Foto ditambahkan.")
        return onward(outcome)
    order = access_order(pk)
    if not can(request.user, "add_photo", order).ok:
        return order_moved_on(request, order, form)
    return show_step(request, order, "foto", renew(form, order), form.status)


@require_GET
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """A photo of the work, for people of the office."""
    insist_on_role(request.user)
    return _sent(get_object_or_404(ResultPhoto, pk=pk).file)


@require_GET
def photo_thumbnail(request: HttpRequest, pk: int) -> FileResponse:
    """A small picture of it."""
    insist_on_role(request.user)
    return _sent(get_object_or_404(ResultPhoto, pk=pk).thumbnail)


def _sent(stored: FieldFile) -> FileResponse:
    try:
        stored.open()
    except FileNotFoundError as error:
        raise Http404("Foto ini tidak ada di penyimpanan. Hubungi admin balai.") from error
    return file_response(stored, "foto-hasil", inline=True, max_age=KEPT)
