"""SOP 7, pengambilan: goods leave the building against the bukti pembayaran, with a surat jalan."""

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from functools import partial

from django.core.files.base import ContentFile
from django.db.models import Sum

from balai.documents import Kind
from balai.storage import StorageFull
from balai.uploads import Checked
from orders import papers, receipts
from orders.actions.frame import Acting, ActionRefused, Intent, Outcome, perform
from orders.actions.leftgoods import Account, account_for
from orders.actions.wording import required
from orders.models import HandOver, HandOverLine, Order, OrderItem
from orders.queries import valid_receipt_number

NO_ROOM = "Foto tidak dapat disimpan: penyimpanan balai penuh. Serahkan tanpa foto, dan hubungi admin."


@dataclass(frozen=True)
class HandOverData:
    """Who collects what. `quantities` maps item ids to the pieces handed over now, `left_goods` ids to accounts."""

    quantities: dict[int, Decimal]
    receipt_number: str
    collector: str
    collector_name: str
    collector_relation: str = ""
    note: str = ""
    left_goods: dict[int, Account] = field(default_factory=dict)


def hand_over(order_id: int, intent: Intent, data: HandOverData, photo: Checked | None = None) -> Outcome:
    """Hand goods over and issue the surat jalan; with the last piece the order is done.

    `photo` shows the goods as they went. Raises ActionRefused for another receipt than the order's valid one, for more
    than remains, or when the last piece goes and nothing was said of something the customer left here.
    """

    def effect(acting: Acting) -> None:
        order = acting.order
        if reason := receipts.refusal(order, data.receipt_number):
            raise ActionRefused(reason)
        handover = _record(acting, data)
        if photo:
            _keep_photo(acting, handover, photo)
        handover.paper = acting.issue(Kind.DELIVERY_NOTE, papers.delivery_note(handover, handover.receipt_number))
        handover.save(update_fields=["paper"])
        acting.facts |= {"paper": handover.paper.printed_number, "collector": handover.collector_name}
        is_last = not any(remaining(order).values())
        account_for(acting, data.left_goods, closing=is_last)
        if is_last:
            acting.move("hand_over")
            order.closed_at = acting.at

    asked = asdict(data) | ({"photo": photo.sha256} if photo else {})
    return perform("hand_over_part", order_id, intent, asked, effect, note=data.note)


def remaining(order: Order) -> dict[int, Decimal]:
    """Pieces of each item not yet handed over."""
    items = OrderItem.objects.filter(order=order).annotate(given=Sum("handed__quantity")).order_by("position")
    return {item.pk: item.quantity - (item.given or 0) for item in items}


def _record(acting: Acting, data: HandOverData) -> HandOver:
    open_pieces = remaining(acting.order)
    quantities = {item: quantity for item, quantity in data.quantities.items() if quantity}
    if not quantities:
        raise ActionRefused("Isi jumlah barang yang diserahkan, paling sedikit satu.")
    for item, quantity in quantities.items():
        if quantity < 0 or quantity > open_pieces.get(item, 0):
            raise ActionRefused("Jumlah yang diserahkan melebihi sisa barang. Periksa kolom sisa.")
    if data.collector == HandOver.Collector.DEPUTY:
        required(data.collector_relation, "Tulis hubungan wakil dengan pemesan.")
    handover = HandOver.objects.create(
        order=acting.order,
        collector=data.collector,
        collector_name=required(data.collector_name, "Tulis nama penerima barang."),
        collector_relation=data.collector_relation.strip(),
        receipt_number=valid_receipt_number(acting.order),
        note=data.note,
        handed_by=acting.by,
        handed_at=acting.at,
    )
    HandOverLine.objects.bulk_create(
        HandOverLine(handover=handover, item_id=item, quantity=quantity) for item, quantity in quantities.items()
    )
    return handover


def _keep_photo(acting: Acting, handover: HandOver, photo: Checked) -> None:
    try:
        handover.photo.save(f"foto.{photo.ext}", ContentFile(photo.content), save=False)
    except StorageFull as full:
        raise ActionRefused(NO_ROOM) from full
    acting.on_failure.append(partial(handover.photo.storage.delete, handover.photo.name))
    handover.photo_sha256 = photo.sha256
    handover.save(update_fields=["photo", "photo_sha256"])
