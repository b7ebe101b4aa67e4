"""The same form key gives the same result, once, whatever is double-clicked, resent or replayed.

The key row is written in the transaction of its effect: both are there or neither.
"""

import hashlib
import json
import uuid
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from balai import clock
from balai.models import IdempotencyKey, User


class KeyReused(Exception):
    """The key was already used for something else, or by somebody else."""


def fingerprint(verb: str, data: Any) -> str:
    """SHA-256 of what the form asks for, to tell a resent form from another one under the same key."""
    text = json.dumps([verb, data], cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def claim(key: uuid.UUID, user: User, verb: str, print_: str) -> tuple[IdempotencyKey, bool]:
    """The key's row and whether it is new. Must run first in the effect's transaction.

    A second transaction with the same key waits here (PostgreSQL: on the unique index; SQLite: at BEGIN)
    until the first has ended, and then reads its result. Raises KeyReused for another effect or user.
    """
    try:
        with transaction.atomic():
            row = IdempotencyKey.objects.create(
                key=key, user=user, verb=verb, fingerprint=print_, created_at=clock.now()
            )
        return row, True
    except IntegrityError:
        row = IdempotencyKey.objects.get(key=key)
    if (row.user_id, row.fingerprint) != (user.pk, print_):
        raise KeyReused(verb)
    return row, False


def keep(row: IdempotencyKey, result: dict) -> None:
    """Store the effect's result beside the key, in the same transaction."""
    row.result = result
    row.save(update_fields=["result"])
