"""The customer's link to the tracking page: made with the formulir permohonan, renewed or revoked by the front desk."""

import secrets
from collections.abc import Callable

from django.urls import reverse

from balai import clock
from balai.models import Office
from orders.models import Order, TrackingLink

# Read aloud and typed from paper: neither 0 and o nor 1, i and l. 26 of 31 letters are 128.8 bits.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 26


def new_link(order: Order) -> TrackingLink:
    """Give the order a link; it must have none in force."""
    return TrackingLink.objects.create(order=order, token=new_token(), made_at=clock.now())


def new_token(choose: Callable[[str], str] = secrets.choice) -> str:
    """At least 128 random bits, unrelated to the order."""
    return "".join(choose(LETTERS) for _ in range(LENGTH))


def address(link: TrackingLink, office: Office) -> str:
    """Where the customer opens the tracking page, in full."""
    return office.verify_base.rstrip("/") + reverse("lacak", args=[link.token])
