"""The token of an upload link: 160 bits made of its id and the secret key, so that the database alone opens nothing."""

import base64
import hashlib
from datetime import timedelta

from django.utils.crypto import salted_hmac

from balai import clock
from orders.models import UploadLink

LIFETIME = timedelta(minutes=15)
MAX_FILES = 10
MAX_TRIES = 30  # files sent, good or not: each costs a reading


def token_of(link: UploadLink) -> str:
    """What stands in the link's address: 32 letters and digits."""
    digest = salted_hmac("orders.phonelinks", link.pk.hex, algorithm="sha256").digest()
    return base64.b32encode(digest[:20]).decode().lower()


def hash_of(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_open(token: str) -> UploadLink | None:
    """The link of this token while it may be used; None for one that is unknown, closed or over."""
    links = UploadLink.objects.select_related("order", "made_by")
    return links.filter(token_hash=hash_of(token), closed_at=None, expires_at__gt=clock.now()).first()


def open_link_of(order_id: int) -> UploadLink | None:
    """The link of this order that may be used now."""
    links = UploadLink.objects.select_related("made_by")
    return links.filter(order=order_id, closed_at=None, expires_at__gt=clock.now()).first()
