"""How a page runs an action: what was typed stays, a refusal is read at the form, papers are rendered after commit."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from balai import documents
from balai.forms import KEY_REUSED, KeyedForm
from balai.idempotency import KeyReused
from balai.storage import is_full
from orders.actions import ActionRefused, Intent, Outcome
from orders.models import Order
from orders.permissions import Because

NO_ROOM = "Penyimpanan komputer balai penuh, jadi ini belum tersimpan. Hubungi admin balai."
STATUS = {Because.ROLE: 403, Because.STAGE: 409, Because.RULE: 422}


def attempt(request: HttpRequest, form: KeyedForm, action: Callable[[Intent], Outcome]) -> Outcome | None:
    """The action's outcome; None when the form or the action said no, which the form then shows.

    `form.status` is the HTTP status of the answer: 422 for wrong input, 403 and 409 for a refusal by role or stage.
    """
    if not form.is_valid():
        form.status = 422
        return None
    key, version = form.cleaned_data["kunci"], form.cleaned_data["versi"] or 0
    try:
        outcome = action(Intent(request.user, key, version))
    except KeyReused:
        _refuse(form, KEY_REUSED, 409)
        return None
    except ActionRefused as refused:
        _refuse(form, refused.reason, STATUS[refused.because])
        return None
    except OperationalError as error:
        if not is_full(error):
            raise
        _refuse(form, NO_ROOM, 507)
        return None
    documents.render_pending(outcome.paper_ids)
    return outcome


def onward(outcome: Outcome) -> HttpResponse:
    """To the paper that the action issued, to be printed at once; without one, to the order."""
    if outcome.paper_ids:
        return redirect("dokumen-lihat", outcome.paper_ids[0])
    return redirect("pesanan-satu", outcome.order_id)


def _refuse(form: KeyedForm, reason: str, status: int) -> None:
    form.add_error(None, reason)
    form.status = status


def renew(form: KeyedForm, order: Order) -> KeyedForm:
    """The refused form, made from the order as it is now, so that it can be sent again on purpose."""
    form.renew(order.version)
    return form
