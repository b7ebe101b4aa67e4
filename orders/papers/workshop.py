"""The surat perintah kerja: what the workshop is to make, step by step. It holds no price and nothing personal."""

from typing import TypedDict

from balai.models import Document
from balai.office import Signer, get_office, head
from orders.models import Estimate, EstimateLine, Order
from orders.papers.parts import (
    Change,
    Goods,
    OrderedGoods,
    change,
    drawing_with_version,
    drawings_in_force,
    ordered_goods,
    quantity,
)

Kind = EstimateLine.Kind


class Step(TypedDict):
    """One service of the estimate with the amount of it that was planned."""

    name: str
    planned: str
    unit: str


class Material(Goods):
    source: str


class WorkOrder(TypedDict):
    """`customer` is the business, or the person where there is none: who the goods are for, no more."""

    order_letter_number: str
    order_letter_date: str
    customer: str
    starts_on: str
    finish_on: str
    goods: list[OrderedGoods]
    steps: list[Step]
    materials: list[Material]
    drawings: list[str]
    change: Change | None
    head: Signer


def work_order(
    order: Order, estimate: Estimate, letter: Document, replaces: Document | None, change_no: int
) -> WorkOrder:
    """Surat perintah kerja for the surat pesanan `letter`, with `replaces` as its change `change_no`."""
    lines = list(estimate.lines.all())
    return {
        "order_letter_number": letter.printed_number,
        "order_letter_date": letter.payload["date"],
        "customer": order.customer.business or order.customer.name,
        "starts_on": estimate.starts_on.isoformat(),
        "finish_on": estimate.finish_on.isoformat(),
        "goods": [ordered_goods(item) for item in order.items.all()],
        "steps": [step(line) for line in lines if line.kind == Kind.SERVICE],
        "materials": [material(line) for line in lines if line.kind != Kind.SERVICE],
        "drawings": [drawing_with_version(drawing) for drawing in drawings_in_force(order)],
        "change": change(replaces, change_no),
        "head": head(get_office()),
    }


def step(line: EstimateLine) -> Step:
    """A service as a step of the work."""
    return {"name": line.label, "planned": quantity(line.quantity), "unit": line.unit}


def material(line: EstimateLine) -> Material:
    """A material and who brings it."""
    source = "Balai" if line.kind == Kind.OFFICE_MATERIAL else "Pemesan"
    return {"name": line.label, "quantity": quantity(line.quantity), "unit": line.unit, "source": source}
