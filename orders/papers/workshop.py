"""The surat perintah kerja: what the workshop is to make, step by step. It holds no price and nothing personal."""

from typing import TypedDict

from balai.formats import hours
from balai.models import Document
from balai.office import Signer, get_office, head
from orders.models import Estimate, EstimateLine, JobStep, Order
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
    """One step of the work with the hours that are planned for it."""

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
        "steps": [step(each) for each in order.steps.select_related("work_centre")],
        "materials": [material(line) for line in lines if line.kind != Kind.SERVICE],
        "drawings": [drawing_with_version(drawing) for drawing in drawings_in_force(order)],
        "change": change(replaces, change_no),
        "head": head(get_office()),
    }


def step(each: JobStep) -> Step:
    """A step of the work; a change says of those behind it that they are done."""
    done = " (sudah selesai)" if each.done_at else ""
    return {"name": each.label + done, "planned": quantity(hours(each.minutes)), "unit": "jam"}


def material(line: EstimateLine) -> Material:
    """A material and who brings it."""
    source = "Balai" if line.kind == Kind.OFFICE_MATERIAL else "Pemesan"
    return {"name": line.label, "quantity": quantity(line.quantity), "unit": line.unit, "source": source}
