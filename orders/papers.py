"""What each paper of an order says, as plain values. Looks are in templates/print; numbers are given at issue.

The dictionaries are frozen with the paper: dates as ISO text, quantities as decimal text, money in whole rupiah.
"""

from decimal import Decimal
from typing import TypedDict

from django.db import models

from balai.clock import WIB, local_date
from balai.formats import nik_samar
from balai.models import Document, User
from orders.models import (
    Customer,
    Drawing,
    Estimate,
    EstimateLine,
    HandOver,
    HandOverLine,
    LeftGoods,
    Order,
    OrderItem,
)
from orders.queries import current_order_letter

# How the customer's answer came, as a paper says it; the keys are those of the confirmation form.
ANSWERED_VIA = {
    "loket": "langsung di loket",
    "telepon": "lewat telepon",
    "whatsapp": "lewat WhatsApp",
    "surel": "lewat surel",
}


class Choice(TypedDict):
    """One tick box of a printed form."""

    label: str
    chosen: bool


class Party(TypedDict):
    name: str
    business: str
    address: str


class Contact(Party):
    phone: str


class Clerk(TypedDict):
    name: str
    jabatan: str
    nip: str


class Applicant(Contact):
    nik_masked: str
    nib: str
    email: str
    kind: list[Choice]


class Goods(TypedDict):
    name: str
    quantity: str
    unit: str


class RequestedGoods(Goods):
    size: str
    material: str


class AttachedDrawing(TypedDict):
    name: str
    kind: str
    pages: int


class GoodsLeft(Goods):
    condition: str


class ApplicationForm(TypedDict):
    title: str
    received_at: str
    needed_on: str | None
    service: list[Choice]
    customer: Applicant
    goods: list[RequestedGoods]
    note: str
    drawings: list[AttachedDrawing]
    no_drawing_reason: str
    left_goods: list[GoodsLeft]
    clerk: Clerk


class AgreedEstimate(TypedDict):
    version: int
    offered_on: str
    starts_on: str
    finish_on: str


class OrderedGoods(Goods):
    specification: str


class CostLine(TypedDict):
    description: str
    quantity: str
    unit: str
    price: int
    amount: int


class Change(TypedDict):
    ordinal: int
    replaces_number: str
    replaces_date: str


class OrderLetter(TypedDict):
    customer: Contact
    application_number: str
    estimate: AgreedEstimate
    agreed_on: str
    agreed_via: str
    drawings: list[str]
    goods: list[OrderedGoods]
    lines: list[CostLine]
    total: int
    change: Change | None


class HandedGoods(Goods):
    """`remaining` is what of the `ordered` pieces stays behind after this hand-over; None when nothing does."""

    ordered: str
    remaining: str | None


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


def application_form(order: Order) -> ApplicationForm:
    """Formulir permohonan of an order at the moment it is submitted."""
    customer = order.customer
    return {
        "title": order.title,
        "received_at": order.submitted_at.astimezone(WIB).isoformat(timespec="minutes"),
        "needed_on": order.needed_on and order.needed_on.isoformat(),
        "service": choices(Order.Service, order.service),
        "customer": {
            **contact(customer),
            "nik_masked": nik_samar(customer.nik),
            "nib": customer.nib,
            "email": customer.email,
            "kind": choices(Customer.Kind, customer.kind),
        },
        "goods": [_goods(item) | {"size": item.size, "material": item.material} for item in order.items.all()],
        "note": order.note,
        "drawings": [
            {"name": drawing.original_name, "kind": drawing.get_kind_display(), "pages": drawing.pages}
            for drawing in _drawings_in_force(order)
        ],
        "no_drawing_reason": order.no_drawing_reason,
        "left_goods": [_goods(goods) | {"condition": goods.condition} for goods in order.left_goods.all()],
        "clerk": _clerk(order.created_by),
    }


def order_letter(order: Order, estimate: Estimate, replaces: Document | None, change_no: int) -> OrderLetter:
    """Surat pesanan for an answered estimate; with `replaces` it is "perubahan ke-`change_no`" of that paper."""
    return {
        "customer": contact(order.customer),
        "application_number": order.number,
        "estimate": {
            "version": estimate.version,
            "offered_on": local_date(estimate.offered_at).isoformat(),
            "starts_on": estimate.starts_on.isoformat(),
            "finish_on": estimate.finish_on.isoformat(),
        },
        "agreed_on": local_date(estimate.answered_at).isoformat(),
        "agreed_via": ANSWERED_VIA[estimate.answered_via],
        "drawings": [_drawing_with_version(drawing) for drawing in _drawings_in_force(order)],
        "goods": [_goods(item) | {"specification": _specification(item)} for item in order.items.all()],
        "lines": [_cost_line(line) for line in estimate.lines.all()],
        "total": estimate.total,
        "change": replaces
        and {
            "ordinal": change_no,
            "replaces_number": replaces.printed_number,
            "replaces_date": replaces.payload["date"],
        },
    }


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
        "clerk": _clerk(handover.handed_by),
    }


def party(customer: Customer) -> Party:
    """The customer as papers name them. No phone, no NIK: only papers that print them hold them."""
    return {"name": customer.name, "business": customer.business, "address": customer.address}


def contact(customer: Customer) -> Contact:
    """The customer with the phone number, for the papers that print it."""
    return party(customer) | {"phone": customer.phone}


def choices(options: type[models.TextChoices], chosen: str) -> list[Choice]:
    """All options of a field as tick boxes."""
    return [{"label": label, "chosen": value == chosen} for value, label in options.choices]


def _clerk(user: User) -> Clerk:
    return {"name": user.full_name, "jabatan": user.jabatan, "nip": user.nip}


def _goods(thing: OrderItem | LeftGoods) -> Goods:
    return {"name": thing.name, "quantity": _quantity(thing.quantity), "unit": thing.unit}


def _specification(item: OrderItem) -> str:
    return ", ".join(part for part in (item.material, item.size) if part)


def _quantity(value: Decimal) -> str:
    # One form whether the number was just typed (2.5) or read back from the database (2.500).
    return f"{value.normalize():f}"


def _drawings_in_force(order: Order) -> models.QuerySet[Drawing]:
    return order.drawings.filter(replaced_by__isnull=True)


def _drawing_with_version(drawing: Drawing) -> str:
    return drawing.original_name + (f" (versi {drawing.version})" if drawing.version > 1 else "")


def _cost_line(line: EstimateLine) -> CostLine:
    source = "" if line.kind == EstimateLine.Kind.SERVICE else f" ({line.get_kind_display().lower()})"
    return {
        "description": line.label + source,
        "quantity": _quantity(line.quantity),
        "unit": line.unit,
        "price": line.price,
        "amount": line.amount,
    }


def _handed(line: HandOverLine) -> HandedGoods:
    item = line.item
    remaining = item.quantity - line.handed
    return _goods(item) | {
        "quantity": _quantity(line.quantity),
        "ordered": _quantity(item.quantity),
        "remaining": _quantity(remaining) if remaining else None,
    }
