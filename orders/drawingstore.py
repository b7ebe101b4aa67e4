"""Writes checked drawings to the private store, and takes them away again."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet

from balai.models import User
from balai.uploads import Checked
from orders import previews
from orders.models import Drawing, Order, UploadLink


def keep(
    order: Order,
    checked: Checked,
    by: User,
    at: datetime,
    replaces: Drawing | None = None,
    link: UploadLink | None = None,
) -> Drawing:
    """Store the file, its thumbnail and its row. Raises StorageFull with nothing left behind."""
    drawing = Drawing(
        order=order,
        kind=checked.kind,
        original_name=checked.original_name,
        sha256=checked.sha256,
        size=len(checked.content),
        pages=checked.pages,
        version=replaces.version + 1 if replaces else 1,
        replaces=replaces,
        uploaded_by=by,
        uploaded_at=at,
        link=link,
    )
    try:
        drawing.file.save(f"asli.{checked.ext}", ContentFile(checked.content), save=False)
        if checked.thumbnail:
            drawing.thumbnail.save("kecil.jpg", ContentFile(checked.thumbnail), save=False)
        drawing.save(force_insert=True)
    except BaseException:
        remove_files(drawing)
        raise
    return drawing


def mark_seen(drawings: QuerySet[Drawing], at: datetime) -> None:
    """The workshop has seen these; the first time counts."""
    drawings.filter(seen_at=None).update(seen_at=at)


def forget(drawing: Drawing) -> None:
    """Remove the files of a deleted drawing once its deletion is committed."""
    transaction.on_commit(lambda: remove_files(drawing))


def remove_files(drawing: Drawing) -> None:
    """Remove what is stored of a drawing that has no row, or will have none."""
    for stored in (drawing.file, drawing.thumbnail):
        if stored.name and stored._committed:
            stored.storage.delete(stored.name)
    previews.remove(drawing)
