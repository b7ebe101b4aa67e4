"""Offers that wait for the customer (SOP 4): which were answered on the tracking page, which nobody spoke of lately."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from orders.models import ContactEntry, Estimate
from orders.stages import Stage

OPEN = Q(stage=Stage.KONFIRMASI) | Q(stage=Stage.PRODUKSI, change__isnull=False)

_CONTACTS = ContactEntry.objects.filter(order=OuterRef("pk"))
_MESSAGES = _CONTACTS.filter(way=ContactEntry.Way.LINK, estimate__status=Estimate.Status.OFFERED)
ANSWERED = OPEN & Q(Exists(_MESSAGES))


def silent(moment: datetime) -> Q:
    """The orders whose offer is older than `moment`, unanswered, and was not spoken of since."""
    older = Q(stage=Stage.KONFIRMASI, estimate__offered_at__lt=moment) | Q(change__offered_at__lt=moment)
    return OPEN & older & ~ANSWERED & ~Q(Exists(_CONTACTS.filter(at__gte=moment)))
