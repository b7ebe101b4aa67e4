"""Writes checked drawings to the private store. What a failed transaction leaves there is removed at once."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from balai.models import User
from balai.uploads import Checked
from orders.models import Drawing, Order


def keep(order: Order, checked: Checked, by: User, at: datetime, replaces: Drawing | None = None) -> Drawing:
    """Store the file, its thumbnail and its row. Raises OSError (full disk) with nothing left behind."""
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
    )
    try:
        drawing.file.save(f"asli.{checked.ext}", ContentFile(checked.content), save=False)
        drawing.thumbnail.save("kecil.jpg", ContentFile(checked.thumbnail), save=False)
        drawing.save(force_insert=True)
    except BaseException:
        _remove_files(drawing)
        raise
    return drawing


def keep_all(order: Order, drawings: Iterable[Checked], by: User, at: datetime) -> None:
    """Store several drawings or none of them. Raises OSError (full disk)."""
    kept: list[Drawing] = []
    try:
        for checked in drawings:
            drawing = keep(order, checked, by, at)
            kept.append(drawing)
    except BaseException:
        for drawing in kept:
            _remove_files(drawing)
        raise


def forget(drawing: Drawing) -> None:
    """Remove the files of a deleted drawing once its deletion is committed."""
    transaction.on_commit(lambda: _remove_files(drawing))


def _remove_files(drawing: Drawing) -> None:
    for stored in (drawing.file, drawing.thumbnail):
        if stored.name and stored._committed:
            stored.storage.delete(stored.name)
