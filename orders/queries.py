"""Reading orders: papers of an order, desk queues, search, the buku pesanan."""

from balai.documents import Kind
from balai.models import Document
from orders.models import Order


def current_order_letter(order: Order) -> Document:
    """The surat pesanan in force: neither void nor replaced. Raises Document.DoesNotExist before agreement."""
    return Document.objects.get(
        pk__in=order.papers.values("document"),
        kind=Kind.ORDER_LETTER,
        voided_at__isnull=True,
        replaced_by__isnull=True,
    )


def valid_receipt_number(order: Order) -> str | None:
    """The printed number of the order's receipt that is not BATAL; None while nothing is paid."""
    return (
        Document.objects.filter(pk__in=order.papers.values("document"), kind=Kind.RECEIPT, voided_at__isnull=True)
        .values_list("printed_number", flat=True)
        .first()
    )
