"""SOP 5, produksi: start, hold, resume, finish; and cancellation by pimpinan. The steps between are in `progress`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from decimal import Decimal

from balai import documents
from balai.uploads import Checked
from orders.actions.frame import Acting, ActionRefused, Intent, Outcome, perform
from orders.actions.leftgoods import NOTHING_LEFT, Account, account_for, fingerprint_of
from orders.actions.photos import keep_photo, print_of
from orders.actions.progress import done
from orders.actions.wording import required
from orders.models import Estimate, HoldKind, LeftGoods, MaterialUse, Order, QualityCheck
from orders.queries import current_order_letter, current_work_order

REMAINDER = "Sisa bahan: "
LONGEST = 200  # letters of a thing that the customer left


@dataclass(frozen=True)
class MaterialData:
    """A material that the work took. Of the customer's own, `left` is what remained; `planned` None: nobody did."""

    name: str
    from_customer: bool
    unit: str
    quantity: Decimal
    left: Decimal = Decimal(0)
    planned: Decimal | None = None


@dataclass(frozen=True)
class FinishData:
    """What is told when the work is done: minutes that each open step took (by its id), the check, the materials."""

    fits_drawing: bool
    measured: bool
    complete: bool
    note: str = ""
    minutes: dict[int, int] = field(default_factory=dict)
    materials: tuple[MaterialData, ...] = ()


def start(order_id: int, intent: Intent) -> Outcome:
    """The workshop begins with the work."""
    return perform("start", order_id, intent, {})


def hold(order_id: int, intent: Intent, *, kind: str, words: str = "") -> Outcome:
    """The work stops for a while ("tertunda"). Raises ActionRefused without a kind of reason, and for "lainnya"
    without words.
    """
    if kind not in HoldKind.values:
        raise ActionRefused("Pilih alasan pekerjaan ditunda.")
    words = words.strip()
    if kind == HoldKind.OTHER:
        reason = required(words, "Tulis alasan pekerjaan ditunda.")
    else:
        reason = ": ".join(filter(None, [HoldKind(kind).label, words]))

    def effect(acting: Acting) -> None:
        acting.order.hold_reason = reason
        acting.facts |= {"hold": kind}

    return perform("hold", order_id, intent, {"kind": kind, "words": words}, effect, note=reason)


def resume(order_id: int, intent: Intent) -> Outcome:
    """The work goes on."""

    def effect(acting: Acting) -> None:
        acting.order.hold_reason = ""

    return perform("resume", order_id, intent, {}, effect)


def finish(order_id: int, intent: Intent, data: FinishData, photo: Checked | None = None) -> Outcome:
    """The goods are done and were checked; the customer now owes the retribution.

    What remains of the customer's own material becomes goods that the customer left here, so it goes back at
    hand-over. Raises ActionRefused for a step without its time, and for a check that is not all right.
    """

    def effect(acting: Acting) -> None:
        order = acting.order
        for step in order.steps.filter(done_at=None).select_related("work_centre"):
            done(acting, step, data.minutes.get(step.pk, 0))
        _check(acting, data)
        _take_materials(order, data.materials)
        keep_photo(acting, photo)
        order.finished_at = acting.at

    return perform("finish", order_id, intent, asdict(data) | print_of(photo), effect, note=data.note)


def cancel(order_id: int, intent: Intent, *, reason: str, left_goods: Mapping[int, Account] = NOTHING_LEFT) -> Outcome:
    """Pimpinan cancels an agreed order; surat pesanan and surat perintah kerja become BATAL and keep their numbers.

    Raises ActionRefused without a reason, or without a word on something the customer left here.
    """
    reason = required(reason, "Tulis alasan pembatalan.")

    def effect(acting: Acting) -> None:
        order = acting.order
        for paper in (current_order_letter(order), current_work_order(order)):
            documents.void(paper, by=acting.by, reason=reason)
        if order.change:
            order.change.status = Estimate.Status.REFUSED
            order.change.answered_at = acting.at
            order.change.save(update_fields=["status", "answered_at"])
        order.change = None
        order.hold_reason = ""
        account_for(acting, left_goods)
        order.closed_at = acting.at

    data = {"reason": reason, "left_goods": fingerprint_of(left_goods)}
    return perform("cancel", order_id, intent, data, effect, note=reason)


def _check(acting: Acting, data: FinishData) -> None:
    if not (data.fits_drawing and data.measured and data.complete):
        raise ActionRefused("Barang belum boleh dicatat selesai: ketiga hal di pemeriksaan mutu harus benar.")
    QualityCheck.objects.create(
        order=acting.order,
        fits_drawing=True,
        measured=True,
        complete=True,
        note=data.note,
        checked_by=acting.by,
        checked_at=acting.at,
    )


def _take_materials(order: Order, materials: tuple[MaterialData, ...]) -> None:
    for material in materials:
        if material.left and not material.from_customer:
            raise ActionRefused(f"{material.name}: hanya sisa bahan dari pelanggan yang dicatat untuk dikembalikan.")
    order.materials_used.bulk_create(
        MaterialUse(order=order, position=place, **vars(material)) for place, material in enumerate(materials, start=1)
    )
    last = order.left_goods.order_by("-position").values_list("position", flat=True).first() or 0
    remainders = [material for material in materials if material.left]
    order.left_goods.bulk_create(
        LeftGoods(
            order=order,
            position=last + place,
            name=remainder_of(material.name),
            quantity=material.left,
            unit=material.unit,
        )
        for place, material in enumerate(remainders, start=1)
    )


def remainder_of(material: str) -> str:
    """What the rest of a customer's material is called among the goods that are to be given back."""
    return (REMAINDER + material)[:LONGEST]
