"""How the office itself is changed: in one transaction, once for each form key, or refused with a reason."""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import transaction

from balai import idempotency
from balai.models import User


class Refused(Exception):
    """It may not happen; `reason` is the Indonesian sentence the user reads. Nothing was written.

    `status` is the HTTP status of the answer: 422 against a rule, 409 when somebody was faster.
    """

    def __init__(self, reason: str, status: int = 422) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


def once(verb: str, *, by: User, key: uuid.UUID, data: Any, effect: Callable[[], dict]) -> dict:
    """Run `effect` and keep its result under the form's key; the same form sent again gets that result.

    Raises idempotency.KeyReused when the key was used for anything else, and what `effect` raises.
    """
    with transaction.atomic():
        row, is_new = idempotency.claim(key, by, verb, idempotency.fingerprint(verb, data))
        if not is_new:
            return row.result
        result = effect()
        idempotency.keep(row, result)
    return result
