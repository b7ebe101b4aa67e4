"""SOP 1: the customer's request with drawings, from draft to numbered application."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from balai import audit, clock
from balai.documents import Kind, as_json, void
from balai.formats import angka
from balai.office import get_office
from balai.uploads import Checked
from orders import papers
from orders.actions import tracking
from orders.actions.drawings import stay_complete, store
from orders.actions.frame import Acting, ActionRefused, Intent, Outcome, perform
from orders.actions.words import keep_order_words
from orders.drawingstore import forget
from orders.duplicates import IDENTIFYING, likely_duplicates
from orders.models import Customer, LeftGoods, Order, OrderItem
from orders.stages import Stage

MAYBE_THERE = "Pelanggan ini mungkin sudah ada. Pakai yang sudah ada, atau centang “Tetap pelanggan baru”."
ASK_FOR_CONSENT = "Tanyakan apakah pelanggan menyetujui pemakaian data pribadinya, lalu centang."


@dataclass(frozen=True)
class CustomerData:
    """A customer who is not in the register yet. `phone` is digits beginning with 62."""

    name: str
    kind: str
    phone: str
    address: str
    business: str = ""
    email: str = ""
    nik: str = ""
    nib: str = ""


@dataclass(frozen=True)
class ItemData:
    name: str
    quantity: Decimal
    unit: str
    material: str = ""
    size: str = ""


@dataclass(frozen=True)
class LeftGoodsData:
    name: str
    quantity: Decimal
    unit: str
    condition: str = ""


@dataclass(frozen=True)
class RequestData:
    """The request as it stands on the form. `customer` is an id, a new customer, or not chosen yet.

    A new customer who may be in the register already is refused unless `surely_new`.
    """

    customer: int | CustomerData | None
    items: tuple[ItemData, ...]
    left_goods: tuple[LeftGoodsData, ...] = ()
    service: str = Order.Service.METAL
    needed_on: date | None = None
    note: str = ""
    no_drawing_reason: str = ""
    surely_new: bool = True


def open_draft(intent: Intent, data: RequestData, drawings: tuple[Checked, ...] = ()) -> Outcome:
    """Begin a request. A draft has no number and may be incomplete; `intent.version` is 0."""

    def blank() -> Order:
        now = clock.now()
        return Order.objects.create(created_by=intent.by, created_at=now, stage_since=now)

    return perform("edit", blank, intent, _fingerprint(data, drawings), _write(data, drawings))


def edit(order_id: int, intent: Intent, data: RequestData, drawings: tuple[Checked, ...] = ()) -> Outcome:
    """Replace what the request says and add drawings to it; free in `draf` and `permohonan`.

    What is then printed otherwise than the formulir permohonan says voids it; a new one takes its place, and the order
    bears the new number.
    """
    write = _write(data, drawings)

    def effect(acting: Acting) -> None:
        write(acting)
        if acting.order.stage == Stage.PERMOHONAN:
            _renew_form(acting)

    return perform("edit", order_id, intent, _fingerprint(data, drawings), effect)


def submit(order_id: int, intent: Intent, *, consent: bool) -> Outcome:
    """Take the application number and issue the formulir permohonan with the link to the tracking page.

    The audit keeps the customer's consent.

    Raises ActionRefused without the consent to use the customer's personal data (UU 27/2022).
    """

    def effect(acting: Acting) -> None:
        if not consent:
            raise ActionRefused(ASK_FOR_CONSENT)
        acting.facts |= {"consent": True}
        order = acting.order
        order.submitted_at = acting.at
        url = tracking.address(tracking.new_link(order), get_office())
        form = acting.issue(Kind.APPLICATION_FORM, papers.application_form(order, url))
        order.number = form.printed_number
        acting.facts |= {"paper": form.printed_number}

    return perform("submit", order_id, intent, {"consent": consent}, effect)


def discard(order_id: int, intent: Intent) -> Outcome:
    """Delete a draft and its drawings; it never had a number."""

    def effect(acting: Acting) -> None:
        drawings = list(acting.order.drawings.all())
        acting.order.delete()
        for drawing in drawings:
            forget(drawing)

    return perform("discard", order_id, intent, {}, effect)


def describe_items(items: tuple[ItemData, ...]) -> str:
    """The order's title in lists: `Poros utama, 4 buah` and how many more things there are."""
    if not items:
        return ""
    first = f"{items[0].name}, {angka(items[0].quantity)} {items[0].unit}"
    return first if len(items) == 1 else f"{first}, dan {len(items) - 1} barang lain"


def _write(data: RequestData, drawings: tuple[Checked, ...]):
    def effect(acting: Acting) -> None:
        order = acting.order
        order.customer = _customer(acting, data)
        order.title = describe_items(data.items)
        order.service = data.service
        order.needed_on = data.needed_on
        order.note = data.note
        order.no_drawing_reason = data.no_drawing_reason
        order.items.all().delete()
        items = [OrderItem(order=order, position=place, **asdict(item)) for place, item in enumerate(data.items, 1)]
        OrderItem.objects.bulk_create(items)
        keep_order_words(order, items)
        order.left_goods.all().delete()
        LeftGoods.objects.bulk_create(
            LeftGoods(order=order, position=place, **asdict(goods)) for place, goods in enumerate(data.left_goods, 1)
        )
        stay_complete(order, drawings)
        store(acting, drawings)
        acting.facts |= {"items": len(data.items), "drawings": len(drawings)}

    return effect


def _renew_form(acting: Acting) -> None:
    order = acting.order
    former = order.papers.get(document__kind=Kind.APPLICATION_FORM, document__voided_at=None).document
    said = former.payload["body"]
    now = papers.application_form(order, said.get("tracking_url", ""))
    if as_json(now) == said:
        return
    form = acting.issue(Kind.APPLICATION_FORM, now, replaces=former)
    void(former, by=acting.by, reason=f"Permohonan diubah sebelum diidentifikasi; formulir baru {form.printed_number}")
    order.number = form.printed_number
    acting.facts |= {"paper": form.printed_number, "replaced": former.printed_number}


def _customer(acting: Acting, data: RequestData) -> Customer | None:
    chosen = data.customer
    if chosen is None:
        return None
    if isinstance(chosen, int):
        customer = Customer.objects.select_for_update().get(pk=chosen)  # no merging meanwhile
        return customer.merged_into or customer
    if not data.surely_new and likely_duplicates(*(getattr(chosen, name) for name in IDENTIFYING)):
        raise ActionRefused(MAYBE_THERE)
    customer = Customer.objects.create(created_at=acting.at, **asdict(chosen))
    audit.record("customer.create", subject=("customer", customer.pk), by=acting.by, role=acting.role)
    return customer


def _fingerprint(data: RequestData, drawings: tuple[Checked, ...]) -> list:
    return [asdict(data), [checked.sha256 for checked in drawings]]
