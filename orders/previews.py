"""Pages of drawings as pictures: drawn when somebody first looks at them, and kept, as they never change.

What is kept here can be deleted at any time; it is drawn anew. A page that could not be drawn is kept as an empty
file, so that a hostile one costs its ten seconds once.
"""

import logging
import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from balai import reading
from orders.models import Drawing

logger = logging.getLogger(__name__)

PIXELS = 2000  # the longer side
_READERS = {Drawing.Kind.PDF: "pdf_reader", Drawing.Kind.DXF: "dxf_reader"}


def page(drawing: Drawing, number: int) -> bytes:
    """A page (from 1) of a PDF or DXF as JPEG; empty when it cannot be drawn.

    Raises reading.ReadersBusy when too many are being drawn, FileNotFoundError when the drawing's file is lost.
    """
    if not drawing.thumbnail:
        return b""
    kept = _folder(drawing) / f"{number}.jpg"
    if kept.exists():
        return kept.read_bytes()
    with drawing.file.open() as stored:
        picture = reading.read(_READERS[drawing.kind], stored.read(), number, PIXELS).made
    _keep(kept, picture)
    return picture


def remove(drawing: Drawing) -> None:
    """Forget the pages of a drawing that is gone."""
    folder = _folder(drawing)
    if folder.exists():
        shutil.rmtree(folder)


def _folder(drawing: Drawing) -> Path:
    return settings.BALAI_PREVIEWS / drawing.pk.hex


def _keep(place: Path, picture: bytes) -> None:
    """Write the page whole or not at all; on a full disk it is drawn again next time."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            try:
                file.write(picture)
                file.flush()
                Path(file.name).replace(place)
            except OSError:
                Path(file.name).unlink()
                raise
    except OSError:
        logger.exception("Page picture %s could not be kept", place)
