"""Drawings sent one by one by the script of the intake page, and the link that lets a phone send some."""

import base64
import uuid
from dataclasses import replace
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from balai.forms import KeyedForm
from balai.office import get_office
from balai.qr import qr_png
from balai.uploads import Checked
from orders import actions, phonelinks
from orders.actions import Intent, Outcome
from orders.actions.intake import RequestData
from orders.forms.drawings import SendForm, check_all
from orders.models import Drawing, Order, UploadLink
from orders.views.flow import attempt, renew
from orders.views.page import access_order, not_now

EMPTY = RequestData(None, (), service="")


@require_POST
def to_new(request: HttpRequest) -> HttpResponse:
    """The first drawing of a request that has no draft yet opens it."""
    not_now(request, Order(), ["add_drawings"])
    return _take(request, None)


@require_POST
def to_request(request: HttpRequest, pk: int) -> HttpResponse:
    """A drawing for a request that is being filled in."""
    order = access_order(pk)
    not_now(request, order, ["add_drawings"])
    return _take(request, order)


@require_http_methods(["GET", "POST"])
def phone_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Open or close the link by which a phone adds drawings for fifteen minutes, and see what arrives."""
    order = access_order(pk)
    if refusal := not_now(request, order, ["phone_link"]):
        return refusal
    form = KeyedForm(request.POST if request.method == "POST" else None, version=order.version)
    if request.method == "POST":
        act = actions.close_phone_link if "tutup" in request.POST else actions.open_phone_link
        if attempt(request, form, partial(act, pk)):
            return redirect("gambar-hp", pk)
        order = access_order(pk)
        form = renew(form, order)
    link = phonelinks.open_link_of(pk)
    context = {"form": form, "order": order, "link": link, "errors": form.error_summary if form.is_bound else []}
    context |= {"arrived": order.drawings.filter(link__isnull=False), "max_files": phonelinks.MAX_FILES}
    context |= _how_to_open(link) if link else {}
    return render(request, "orders/phone_link.html", context, status=form.status)


def file_key(key: uuid.UUID, checked: tuple[Checked, ...]) -> uuid.UUID:
    """From one page the same file goes in once, however often it is sent."""
    return uuid.uuid5(key, "gambar " + " ".join(one.sha256 for one in checked))


def _take(request: HttpRequest, order: Order | None) -> HttpResponse:
    files = request.FILES.getlist("drawings")
    form = SendForm(request.POST, files=files)
    good, refused = check_all(files)

    def add(intent: Intent) -> Outcome:
        draft = replace(intent, key=uuid.uuid5(intent.key, "draf dari gambar"), version=0)
        order_id = order.pk if order else actions.open_draft(draft, EMPTY).order_id
        version = access_order(order_id).version
        return actions.add_drawings(order_id, replace(intent, key=file_key(intent.key, good), version=version), good)

    outcome = attempt(request, form, add) if good or not files else None
    form.tell(good, refused)
    kept = access_order(outcome.order_id) if outcome else order
    drawings = Drawing.objects.filter(order=kept, replaced_by=None) if kept else []
    context = {"form": form, "order": kept, "drawings": drawings}
    # Whatever became of each file is in the answer: only a page that cannot be used any more is an error.
    return render(request, "orders/upload_answer.html", context, status=form.status if not files else 200)


def _how_to_open(link: UploadLink) -> dict[str, str]:
    address = get_office().verify_base.rstrip("/") + reverse("unggah", args=[phonelinks.token_of(link)])
    return {"address": address, "qr": base64.b64encode(qr_png(address)).decode()}
