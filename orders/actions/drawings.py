"""SOP 1: drawings of an order: added at the desk or by a phone, taken out, replaced by a new version, seen."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID, uuid4

from django.db.models import F

from balai.storage import StorageFull
from balai.uploads import Checked
from orders.actions.frame import Acting, ActionRefused, Intent, Outcome, perform
from orders.drawingstore import forget, keep, mark_seen, remove_files
from orders.models import Drawing, Order, UploadLink
from orders.models.rules import has_customer, has_drawing_or_reason, has_items
from orders.phonelinks import LIFETIME, MAX_FILES, MAX_TRIES, hash_of, token_of
from orders.stages import Stage

FULL = (
    "Penyimpanan komputer balai penuh, jadi gambar belum tersimpan. Hubungi admin balai. Yang Anda ketik masih ada di "
    "halaman ini."
)
OVER = "Tautan ini sudah tidak berlaku. Minta tautan baru kepada petugas loket."
ENOUGH = f"Lewat tautan ini paling banyak {MAX_FILES} gambar. Minta tautan baru kepada petugas loket."


def add_drawings(order_id: int, intent: Intent, drawings: tuple[Checked, ...]) -> Outcome:
    """Put drawings to a request and leave the rest of it, and every open page of it, as it is."""
    return perform("add_drawings", order_id, intent, _fingerprint(drawings), partial(_add, drawings))


def add_by_link(link: UploadLink, key: UUID, drawings: tuple[Checked, ...]) -> Outcome:
    """The same by a phone, in the name of the clerk who made the link. Raises ActionRefused when the link is over."""

    def effect(acting: Acting) -> None:
        mine = acting.order.upload_links.get(pk=link.pk)
        if mine.closed_at or mine.expires_at <= acting.at:
            raise ActionRefused(OVER)
        if mine.drawings.count() + len(drawings) > MAX_FILES:
            raise ActionRefused(ENOUGH)
        _add(drawings, acting, link=mine)

    version = Order.objects.values_list("version", flat=True).get(pk=link.order_id)
    intent = Intent(link.made_by, key, version)
    return perform("add_drawings", link.order_id, intent, [str(link.pk), *_fingerprint(drawings)], effect)


def count_try(link: UploadLink) -> bool:
    """Count a file sent by a link, before it is read; False when the link has had enough."""
    return UploadLink.objects.filter(pk=link.pk, tries__lt=MAX_TRIES).update(tries=F("tries") + 1) == 1


def open_phone_link(order_id: int, intent: Intent) -> Outcome:
    """Let a phone add drawings for fifteen minutes; an earlier link of this order ends."""

    def effect(acting: Acting) -> None:
        _close_links(acting)
        link = UploadLink(
            id=uuid4(),
            order=acting.order,
            made_by=acting.by,
            made_at=acting.at,
            expires_at=acting.at + LIFETIME,
        )
        link.token_hash = hash_of(token_of(link))
        link.save(force_insert=True)
        acting.facts |= {"state": "dibuka", "link": str(link.pk)}

    return perform("phone_link", order_id, intent, "open", effect)


def close_phone_link(order_id: int, intent: Intent) -> Outcome:
    """End the link of this order before its time."""

    def effect(acting: Acting) -> None:
        _close_links(acting)
        acting.facts |= {"state": "ditutup"}

    return perform("phone_link", order_id, intent, "close", effect)


def remove_drawing(order_id: int, intent: Intent, drawing_id: UUID) -> Outcome:
    """Take a drawing out of a request that is still being edited."""

    def effect(acting: Acting) -> None:
        drawing = acting.order.drawings.filter(pk=drawing_id, replaced_by=None).first()
        if drawing is None:
            raise ActionRefused("Gambar ini sudah dihapus atau diganti.")
        acting.facts |= {"removed_drawing": drawing.original_name, "sha256": drawing.sha256}
        drawing_gone = Drawing(pk=drawing.pk, file=drawing.file, thumbnail=drawing.thumbnail)
        drawing.delete()
        stay_complete(acting.order)
        forget(drawing_gone)

    return perform("edit", order_id, intent, {"remove": drawing_id}, effect)


def revise_drawing(order_id: int, intent: Intent, former: Drawing, checked: Checked) -> Outcome:
    """Put a new version in the place of a drawing; the old one is kept (DESIGN.md 2)."""

    def effect(acting: Acting) -> None:
        if former.order_id != order_id or Drawing.objects.filter(replaces=former).exists():
            raise ActionRefused("Gambar ini sudah diganti versi yang lebih baru.")
        store(acting, (checked,), replaces=former)
        acting.facts |= {"drawing": checked.original_name, "replaces": former.original_name}

    return perform("revise_drawing", order_id, intent, {"former": former.pk, "sha256": checked.sha256}, effect)


def see_drawing(order_id: int, intent: Intent, drawing_id: UUID) -> Outcome:
    """The workshop has opened the new version of a drawing."""

    def effect(acting: Acting) -> None:
        opened = acting.order.drawings.filter(pk=drawing_id)
        mark_seen(opened, acting.at)
        drawing = opened.get()
        acting.facts |= {"drawing": drawing.original_name, "drawing_version": drawing.version}

    return perform("see_drawing", order_id, intent, {"drawing": drawing_id}, effect)


def store(acting: Acting, drawings: Iterable[Checked], **more) -> None:
    """Write drawings, all or none. Raises ActionRefused when there is no room for them."""
    for checked in drawings:
        try:
            drawing = keep(acting.order, checked, acting.by, acting.at, **more)
        except StorageFull as full:
            raise ActionRefused(FULL) from full
        acting.on_failure.append(partial(remove_files, drawing))


def stay_complete(order: Order, new_drawings: tuple[Checked, ...] = ()) -> None:
    """A numbered application stays as complete as `submit` asked for; a draft may be incomplete."""
    if order.stage == Stage.DRAF:
        return
    for condition in (has_customer, has_items, has_drawing_or_reason):
        if condition is has_drawing_or_reason and new_drawings:
            continue
        if not condition(order):
            raise ActionRefused(condition.reason)


def _add(drawings: tuple[Checked, ...], acting: Acting, link: UploadLink | None = None) -> None:
    store(acting, drawings, link=link)
    acting.facts |= {"names": [checked.original_name for checked in drawings]}
    if link:
        acting.facts |= {"link": str(link.pk)}


def _close_links(acting: Acting) -> None:
    acting.order.upload_links.filter(closed_at=None).update(closed_at=acting.at)


def _fingerprint(drawings: tuple[Checked, ...]) -> list[str]:
    return [checked.sha256 for checked in drawings]
