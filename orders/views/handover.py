"""SOP 7: goods leave the building, in the card of the order page."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_http_methods

from balai.roles import insist_on_role
from balai.storage import file_response
from orders import actions
from orders.forms.handover import HandOverForm
from orders.models import HandOver
from orders.permissions import can
from orders.views.flow import attempt, onward, renew
from orders.views.page import access_order, not_now, order_moved_on, show_step

STEP, VERB = "serah-terima", "hand_over_part"


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand over what is ticked off and issue the surat jalan; several times until nothing is left."""
    order = access_order(pk)
    refusal = not_now(request, order, [VERB])
    if refusal or request.method != "POST":
        return refusal or show_step(request, order, STEP, HandOverForm(order=order))
    form = HandOverForm(request.POST, request.FILES, order=order)
    outcome = attempt(request, form, lambda intent: actions.hand_over(pk, intent, *form.arguments))
    if outcome:
        messages.success(request, "Barang diserahkan.")
        return onward(outcome)
    order = access_order(pk)
    if not can(request.user, VERB, order).ok:
        return order_moved_on(request, order, form)
    return show_step(request, order, STEP, renew(form, order), form.status)


@require_GET
def photo(request: HttpRequest, pk: int) -> FileResponse:
    """The photo of a hand-over, for people of the office."""
    insist_on_role(request.user)
    handover = get_object_or_404(HandOver.objects.exclude(photo=""), pk=pk)
    try:
        handover.photo.open()
    except FileNotFoundError as error:
        raise Http404("Foto ini tidak ada di penyimpanan. Hubungi admin balai.") from error
    return file_response(handover.photo, "foto-serah-terima", inline=True)
