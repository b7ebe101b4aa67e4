"""The surat jalan: what leaves the building, to whom, and what stays."""

from typing import TypedDict

from django.db import models

from orders.models import HandOver, HandOverLine
from orders.papers.parts import Choice, Clerk, Goods, Party, choices, clerk, goods, party, quantity
from orders.queries import current_order_letter


class HandedGoods(Goods):
    """`quantity` leaves now; `remaining` is what of the `ordered` pieces then stays behind."""

    ordered: str
    remaining: str


class Collector(TypedDict):
    name: str
    role: list[Choice]
    relation: str


class DeliveryNote(TypedDict):
    customer: Party
    order_letter_number: str
    receipt_number: str
    lines: list[HandedGoods]
    note: str
    collector: Collector
    clerk: Clerk


def delivery_note(handover: HandOver, receipt_number: str) -> DeliveryNote:
    """Surat jalan of one hand-over, its lines already written."""
    order = handover.order
    return {
        "customer": party(order.customer),
        "order_letter_number": current_order_letter(order).printed_number,
        "receipt_number": receipt_number,
        "lines": [
            _handed(line)
            for line in handover.lines.select_related("item")
            .annotate(handed=models.Sum("item__handed__quantity"))
            .order_by("item__position")
        ],
        "note": handover.note,
        "collector": {
            "name": handover.collector_name,
            "role": choices(HandOver.Collector, handover.collector),
            "relation": handover.collector_relation,
        },
        "clerk": clerk(handover.handed_by),
    }


def _handed(line: HandOverLine) -> HandedGoods:
    item = line.item
    return goods(item) | {
        "quantity": quantity(line.quantity),
        "ordered": quantity(item.quantity),
        "remaining": quantity(item.quantity - line.handed),
    }
