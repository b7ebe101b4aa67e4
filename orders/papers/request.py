"""The papers at the front desk: the formulir permohonan, and the letter with which a request goes back."""

from base64 import b64encode
from typing import TypedDict

from balai.clock import WIB
from balai.formats import nik_samar
from balai.models import Document
from balai.office import Signer, get_office, head
from balai.uploads import smaller
from orders.models import Customer, Drawing, Order
from orders.papers.parts import (
    Choice,
    Clerk,
    Contact,
    Goods,
    Party,
    choices,
    clerk,
    contact,
    drawings_in_force,
    goods,
    party,
)

# Pictures printed on the form, so many at most and of so many pixels: some 60 KB in a payload.
PICTURES = 6
PICTURE_PIXELS = 240


class Applicant(Contact):
    nik_masked: str
    nib: str
    email: str
    kind: list[Choice]


class RequestedGoods(Goods):
    size: str
    material: str


class AttachedDrawing(TypedDict):
    """`picture` is a small JPEG in base64; empty beyond the first PICTURES, and for one that cannot be shown."""

    name: str
    kind: str
    pages: int
    picture: str


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
    tracking_url: str
    clerk: Clerk


class GoodsGone(Goods):
    """`became` tells the state of what is given back, else what happened to it."""

    given_back: bool
    became: str


class ReturnLetter(TypedDict):
    """`estimate_number` and `estimate_date` name the offer that was not agreed to; empty when none was made."""

    customer: Party
    application_number: str
    application_date: str
    title: str
    estimate_number: str
    estimate_date: str
    reasons: list[str]
    left_goods: list[GoodsGone]
    head: Signer


def application_form(order: Order, tracking_url: str) -> ApplicationForm:
    """Formulir permohonan of an order at the moment it is submitted. Reads the small pictures of its drawings.

    `tracking_url` is the secret address of the customer's tracking page.
    """
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
        "goods": [goods(item) | {"size": item.size, "material": item.material} for item in order.items.all()],
        "note": order.note,
        "drawings": [
            {
                "name": drawing.original_name,
                "kind": drawing.get_kind_display(),
                "pages": drawing.pages,
                "picture": _picture(drawing) if place < PICTURES else "",
            }
            for place, drawing in enumerate(drawings_in_force(order))
        ],
        "no_drawing_reason": order.no_drawing_reason,
        "left_goods": [goods(left) | {"condition": left.condition} for left in order.left_goods.all()],
        "tracking_url": tracking_url,
        "clerk": clerk(order.created_by),
    }


def return_letter(order: Order, reason: str, offer: Document | None = None) -> ReturnLetter:
    """Surat pengembalian with the reason, one point a line; `offer` is the lembar estimasi not agreed to."""
    return {
        "customer": party(order.customer),
        "application_number": order.number,
        "application_date": order.submitted_at.astimezone(WIB).date().isoformat(),
        "title": order.title,
        "estimate_number": offer.printed_number if offer else "",
        "estimate_date": offer.payload["date"] if offer else "",
        "reasons": [line.strip() for line in reason.splitlines() if line.strip()],
        "left_goods": [
            goods(left) | {"given_back": left.given_back, "became": left.became} for left in order.left_goods.all()
        ],
        "head": head(get_office()),
    }


def _picture(drawing: Drawing) -> str:
    if not drawing.thumbnail:
        return ""
    with drawing.thumbnail.open() as stored:
        return b64encode(smaller(stored.read(), PICTURE_PIXELS)).decode()
