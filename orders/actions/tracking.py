"""The customer's link to the tracking page, and what the customer says there."""

import secrets
from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from balai import audit, clock
from balai.forms import KEY_REUSED
from balai.models import Office
from orders.actions.frame import Acting, ActionRefused, Intent, Outcome, locked, perform
from orders.models import ContactEntry, Estimate, Order, TrackingLink
from orders.permissions import Because

# Read aloud and typed from paper: neither 0 and o nor 1, i and l. 26 of 31 letters are 128.8 bits.
LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 26
MESSAGES = 3  # of one offer; who has more to say calls

CHANGED = "Estimasi ini sudah dijawab atau diganti. Baca keadaan terbaru di bawah."
EXPIRED = "Masa berlaku estimasi ini sudah lewat. Hubungi kami untuk estimasi yang baru."
ENOUGH = "Jawaban Anda sudah kami terima. Bila masih ada yang perlu disampaikan, hubungi kami."


def new_link(order: Order) -> TrackingLink:
    """Give the order a link; it must have none in force."""
    return TrackingLink.objects.create(order=order, token=new_token(), made_at=clock.now())


def new_token(choose: Callable[[str], str] = secrets.choice) -> str:
    """At least 128 random bits, unrelated to the order."""
    return "".join(choose(LETTERS) for _ in range(LENGTH))


def address(link: TrackingLink, office: Office) -> str:
    """Where the customer opens the tracking page, in full."""
    return office.verify_base.rstrip("/") + reverse("lacak", args=[link.token])


def renew_link(order_id: int, intent: Intent) -> Outcome:
    """Revoke the link in force, if there is one, and make a new one: also for an order from before there were links."""

    def effect(acting: Acting) -> None:
        _revoke(acting)
        new_link(acting.order)

    return perform("renew_link", order_id, intent, {}, effect)


def revoke_link(order_id: int, intent: Intent) -> Outcome:
    """Close the tracking page: the link opens nothing any more."""
    return perform("revoke_link", order_id, intent, {}, _revoke)


def leave_message(order_id: int, key: UUID, version: int, answer: str, note: str) -> None:
    """Keep what the customer says to the offer `version` on the tracking page. It moves nothing: a clerk does that.

    There is no user to ask `can()` for and no page version to compare; who knows the link may speak. The same form
    key is kept once. Raises ActionRefused for an offer that is no longer open, is expired, or had MESSAGES of them.
    """
    with transaction.atomic():
        order = locked(order_id)
        if sent := ContactEntry.objects.filter(key=key).first():
            if (sent.order_id, sent.answer, sent.said) != (order_id, answer, note):
                raise ActionRefused(KEY_REUSED)
            return
        offer = _answerable(order, version)
        entry = ContactEntry.objects.create(
            order=order,
            estimate=offer,
            way=ContactEntry.Way.LINK,
            answer=answer,
            said=note,
            at=clock.now(),
            key=key,
        )
        audit.record("tracking.message", subject=("contact", entry.pk), by=None, after={"answer": answer})


def _answerable(order: Order, version: int) -> Estimate:
    offer = order.open_offer
    if offer is None or offer.version != version:
        raise ActionRefused(CHANGED, Because.STAGE)
    if offer.lapsed:
        raise ActionRefused(EXPIRED)
    if offer.contacts.filter(way=ContactEntry.Way.LINK).count() >= MESSAGES:
        raise ActionRefused(ENOUGH)
    return offer


def _revoke(acting: Acting) -> None:
    acting.order.tracking_links.filter(revoked_at=None).update(revoked_at=acting.at)
