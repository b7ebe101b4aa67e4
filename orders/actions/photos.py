"""Photos of the work: kept with their order, and taken back when the action they came with fails."""

from functools import partial

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile

from balai.storage import StorageFull
from balai.uploads import Checked
from orders.actions.frame import Acting, ActionRefused
from orders.models import JobStep, ResultPhoto

MOST = 40  # of one order
FULL = "Foto tidak dapat disimpan: penyimpanan balai penuh. Catat tanpa foto, dan hubungi admin."
ENOUGH = f"Pesanan ini sudah memiliki {MOST} foto, paling banyak sebanyak itu. Catat tanpa foto."


def keep_photo(acting: Acting, photo: Checked | None, step: JobStep | None = None) -> None:
    """Keep a photo of the finished goods, or of one step; nothing to do without one.

    Raises ActionRefused when there are enough of them, or no room is left.
    """
    if photo is None:
        return
    if acting.order.result_photos.count() >= MOST:
        raise ActionRefused(ENOUGH)
    kept = ResultPhoto(order=acting.order, step=step, sha256=photo.sha256, taken_by=acting.by, taken_at=acting.at)
    for stored, name, content in (
        (kept.file, f"hasil.{photo.ext}", photo.content),
        (kept.thumbnail, "kecil.jpg", photo.thumbnail),
    ):
        _store(acting, stored, name, content)
    kept.save(force_insert=True)
    acting.facts |= {"photo": True}


def _store(acting: Acting, stored: FieldFile, name: str, content: bytes) -> None:
    try:
        stored.save(name, ContentFile(content), save=False)
    except StorageFull as full:
        raise ActionRefused(FULL) from full
    acting.on_failure.append(partial(stored.storage.delete, stored.name))


def print_of(photo: Checked | None) -> dict[str, str]:
    """For the one-use key of a form: which photo came with it."""
    return {"photo": photo.sha256} if photo else {}
