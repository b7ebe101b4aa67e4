"""The one-use key of a form also says whose page it stands on, so that what was typed comes back to nobody else."""

import secrets
import uuid
from contextvars import ContextVar

from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "balai.formkeys"
_MARK = 4  # bytes

# The person whose request is being answered; None for nobody.
typist: ContextVar[int | None] = ContextVar("typist", default=None)


def new_key() -> uuid.UUID:
    """A key that was never used: twelve random bytes, and four that only this person's pages can carry."""
    luck = secrets.token_bytes(16 - _MARK)
    return uuid.UUID(bytes=luck + _mark(luck, typist.get()))


def stands_on_page_of(key: str, user_id: int) -> bool:
    """Whether a page of this person brought the key."""
    try:
        whole = uuid.UUID(key).bytes
    except ValueError:
        return False
    return constant_time_compare(whole[-_MARK:], _mark(whole[:-_MARK], user_id))


def _mark(luck: bytes, user_id: int | None) -> bytes:
    return salted_hmac(_SALT, luck + str(user_id).encode(), algorithm="sha256").digest()[:_MARK]
