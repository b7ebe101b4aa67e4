"""What the cashier is told of orders that were looked for and wait for no payment: paid, waived, closed, too early."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from balai.kinds import Kind
from balai.models import AuditEntry
from orders.actions.frame import SUBJECT
from orders.deadlines import Deadlines, Tag, stage_tag
from orders.history import Event, timeline
from orders.models import Order, OrderPaper
from orders.queries import for_lists
from orders.search import means
from orders.stages import FINAL, Stage

MOST = 5
# After the last of these nothing is to be paid, unless the order waits for payment again.
SETTLING = ("settle", "exempt", "return_to_customer", "disagree", "cancel")


@dataclass(frozen=True)
class NotWaiting:
    """`event` settled or closed the order; without one `state` says in words what it waits for first."""

    order: Order
    tag: Tag
    event: Event | None
    state: str
    receipt_id: UUID | None


def not_waiting(text: str, meant: int | None, deadlines: Deadlines) -> list[NotWaiting]:
    """`meant` when it is the order that the text names; else those paid or closed that it may mean, the latest first.

    At most five queries.
    """
    known = (
        Q(pk=meant) & ~Q(stage=Stage.PEMBAYARAN) if meant else Q(means(text), stage__in={Stage.SIAP_DIAMBIL} | FINAL)
    )
    orders = list(for_lists(Order.objects.filter(known)).order_by("-stage_since", "-id")[:MOST])
    events, receipts = _events(orders), _receipts(orders)
    return [
        NotWaiting(
            order,
            stage_tag(order, deadlines.today),
            events.get(order.pk),
            deadlines.state(order).text,
            receipts.get(order.pk),
        )
        for order in orders
    ]


def _events(orders: Iterable[Order]) -> dict[int, Event]:
    """What settled or closed each of them, by the order's id."""
    asked = [str(order.pk) for order in orders]
    entries = AuditEntry.objects.filter(subject_kind=SUBJECT, subject_id__in=asked, verb__in=SETTLING)
    return {int(entry.subject_id): event for entry in entries.order_by("id") for event in timeline([entry])}


def _receipts(orders: Iterable[Order]) -> dict[int, UUID]:
    """The bukti pembayaran of each of them that is not BATAL."""
    valid = OrderPaper.objects.filter(order__in=orders, document__kind=Kind.RECEIPT, document__voided_at=None)
    return dict(valid.values_list("order_id", "document_id"))
