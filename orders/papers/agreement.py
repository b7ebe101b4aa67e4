"""What office and customer agree on: the lembar estimasi that offers it, the surat pesanan that seals it."""

from typing import TypedDict

from balai.clock import local_date
from balai.models import Document
from balai.office import Signer, get_office, head
from orders.models import Estimate, Order
from orders.papers.parts import (
    Change,
    Clerk,
    Contact,
    CostLine,
    OrderedGoods,
    Party,
    change,
    clerk,
    contact,
    cost_line,
    drawing_with_version,
    drawings_in_force,
    ordered_goods,
    party,
)

# How the customer's answer came, as a paper says it; the keys are those of the confirmation form.
ANSWERED_VIA = {
    "loket": "langsung di loket",
    "telepon": "lewat telepon",
    "whatsapp": "lewat WhatsApp",
    "surel": "lewat surel",
    "lacak": "lewat tautan lacak",
}


class EstimateSheet(TypedDict):
    """`legal_bases` are the regulations its tariffs come from. `change_of` is the number of the surat pesanan that
    would change, with `change_reason`; both are empty for a first offer.
    """

    customer: Party
    application_number: str
    version: int
    valid_until: str
    change_of: str
    change_reason: str
    lines: list[CostLine]
    total: int
    starts_on: str
    days: int
    finish_on: str
    note: str
    legal_bases: list[str]
    clerk: Clerk


class AgreedEstimate(TypedDict):
    version: int
    offered_on: str
    starts_on: str
    finish_on: str


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
    terms: list[str]
    head: Signer


def estimate_sheet(order: Order, estimate: Estimate, letter: Document | None = None) -> EstimateSheet:
    """Lembar estimasi of a version that is being offered; `letter` is the surat pesanan it would change."""
    lines = list(estimate.lines.select_related("tariff"))
    return {
        "customer": party(order.customer),
        "application_number": order.number,
        "version": estimate.version,
        "valid_until": estimate.valid_until.isoformat(),
        "change_of": letter.printed_number if letter else "",
        "change_reason": estimate.reason,
        "lines": [cost_line(line) for line in lines],
        "total": estimate.total,
        "starts_on": estimate.starts_on.isoformat(),
        "days": estimate.days,
        "finish_on": estimate.finish_on.isoformat(),
        "note": estimate.note,
        "legal_bases": list(dict.fromkeys(line.tariff.legal_basis for line in lines if line.tariff)),
        "clerk": clerk(estimate.made_by),
    }


def order_letter(order: Order, estimate: Estimate, replaces: Document | None, change_no: int) -> OrderLetter:
    """Surat pesanan for an answered estimate; with `replaces` it is "perubahan ke-`change_no`" of that paper."""
    office = get_office()
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
        "drawings": [drawing_with_version(drawing) for drawing in drawings_in_force(order)],
        "goods": [ordered_goods(item) for item in order.items.all()],
        "lines": [cost_line(line) for line in estimate.lines.all()],
        "total": estimate.total,
        "change": change(replaces, change_no),
        "terms": office.order_terms,
        "head": head(office),
    }
