"""How a page of the office runs a change: what was typed stays, and a refusal is read at the form."""

import uuid
from collections.abc import Callable
from typing import TypeVar

from balai.changes import Refused
from balai.forms import KEY_REUSED, KeyedForm
from balai.idempotency import KeyReused

Result = TypeVar("Result")


def attempt(form: KeyedForm, change: Callable[[uuid.UUID], Result]) -> Result | None:
    """The change's result; None when the form is fresh or faulty or the change was refused, which the form then says.

    `form.status` is the HTTP status of the page that shows it.
    """
    if not form.is_bound:
        return None
    if not form.is_valid():
        form.status = 422
        return None
    try:
        return change(form.cleaned_data["kunci"])
    except KeyReused:
        _refuse(form, KEY_REUSED, 409)
    except Refused as refused:
        _refuse(form, refused.reason, refused.status)
    return None


def _refuse(form: KeyedForm, reason: str, status: int) -> None:
    form.add_error(None, reason)
    form.status = status
    form.renew()
