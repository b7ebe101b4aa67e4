"""What the papers of an order have in common: people, goods, costs, tick boxes.

The dictionaries are frozen with the paper: dates as ISO text, quantities as decimal text, money in whole rupiah. A
payload holds what its paper prints and nothing else, so there is no part with a phone number for a paper without one.
"""

from decimal import Decimal
from typing import TypedDict

from django.db import models

from balai.models import Document, User
from orders.models import Customer, Drawing, EstimateLine, LeftGoods, Order, OrderItem


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


class Goods(TypedDict):
    name: str
    quantity: str
    unit: str


class OrderedGoods(Goods):
    specification: str


class CostLine(TypedDict):
    description: str
    quantity: str
    unit: str
    price: int
    amount: int


class Change(TypedDict):
    """Which paper this one replaces, as its how-manieth change."""

    ordinal: int
    replaces_number: str
    replaces_date: str


def party(customer: Customer) -> Party:
    """The customer as papers name them. No phone, no NIK: only papers that print them hold them."""
    return {"name": customer.name, "business": customer.business, "address": customer.address}


def contact(customer: Customer) -> Contact:
    """The customer with the phone number, for the papers that print it."""
    return party(customer) | {"phone": customer.phone}


def clerk(user: User) -> Clerk:
    """Who signs for the office."""
    return {"name": user.full_name, "jabatan": user.jabatan, "nip": user.nip}


def choices(options: type[models.TextChoices], chosen: str) -> list[Choice]:
    """All options of a field as tick boxes."""
    return [{"label": label, "chosen": value == chosen} for value, label in options.choices]


def goods(thing: OrderItem | LeftGoods) -> Goods:
    """A thing asked for or left behind."""
    return {"name": thing.name, "quantity": quantity(thing.quantity), "unit": thing.unit}


def ordered_goods(item: OrderItem) -> OrderedGoods:
    """A thing asked for, with its material and size in one text."""
    return goods(item) | {"specification": ", ".join(part for part in (item.material, item.size) if part)}


def quantity(value: Decimal) -> str:
    """One form whether the number was just typed (2.5) or read back from the database (2.500)."""
    return f"{value.normalize():f}"


def cost_line(line: EstimateLine) -> CostLine:
    """A line of an estimate with its price."""
    source = "" if line.kind == EstimateLine.Kind.SERVICE else f" ({line.get_kind_display().lower()})"
    return {
        "description": line.label + source,
        "quantity": quantity(line.quantity),
        "unit": line.unit,
        "price": line.price,
        "amount": line.amount,
    }


def change(replaces: Document | None, change_no: int) -> Change | None:
    """The paper replaced by the `change_no`-th change; None for a first paper."""
    return replaces and {
        "ordinal": change_no,
        "replaces_number": replaces.printed_number,
        "replaces_date": replaces.payload["date"],
    }


def drawings_in_force(order: Order) -> models.QuerySet[Drawing]:
    """The drawings that no newer version replaced."""
    return order.drawings.filter(replaced_by__isnull=True)


def drawing_with_version(drawing: Drawing) -> str:
    """`poros.pdf`, and `poros.pdf (versi 2)` for a later version."""
    return drawing.original_name + (f" (versi {drawing.version})" if drawing.version > 1 else "")
