"""The papers that the real actions issued for an order."""

from balai.kinds import Kind
from balai.models import Document
from orders.models import Order


def paper(order: Order, kind: Kind) -> Document:
    """The order's newest paper of this kind."""
    return Document.objects.filter(pk__in=order.papers.values("document"), kind=kind).latest("number")


def body(order: Order, kind: Kind) -> dict:
    """What it says."""
    return paper(order, kind).payload["body"]
