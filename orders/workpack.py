"""A surat perintah kerja with the drawings that were in force when it was issued, as one PDF for the printer.

The drawings come from outside, so a process with limits joins them (`balai.pdf_joiner`). Nothing of it is kept.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from balai import reading
from balai.documents import pdf_bytes
from balai.kinds import KINDS
from balai.models import Document
from orders import previews
from orders.models import Drawing, Order
from orders.papers.parts import drawing_with_version

SECONDS = 20
MOST_BYTES = 60 * 1024 * 1024  # of all drawings together; what is beyond is printed from its own page
NOT_JOINED = "Gambar ini tidak dapat digabung. Cetak dari halaman gambarnya."
TOO_MUCH = "Gambar ini terlalu besar untuk digabung. Cetak dari halaman gambarnya."


class NotJoined(Exception):
    """The paper and its drawings cannot be joined; each can be printed by itself."""


@dataclass(frozen=True)
class Part:
    """What goes into the PDF: its kind (pdf, picture or words), what it is, and what is said when it cannot be used."""

    kind: str
    title: str
    content: bytes = b""
    words: str = NOT_JOINED


def drawings_of(paper: Document, order: Order) -> QuerySet[Drawing]:
    """The drawings in force when the paper was issued."""
    known = order.drawings.filter(uploaded_at__lte=paper.issued_at)
    return known.exclude(replaced_by__uploaded_at__lte=paper.issued_at)


def with_drawings(paper: Document, order: Order) -> bytes:
    """The paper's PDF, then each drawing: pictures and DXF on a page of their own, pages of a PDF as they are.

    Raises pdf.RenderError, reading.ReadersBusy, and NotJoined when the process was stopped.
    """
    parts = [Part("pdf", KINDS[paper.kind].title, pdf_bytes(paper)), *_parts(drawings_of(paper, order))]
    said = [{"kind": p.kind, "title": p.title, "words": p.words, "size": len(p.content)} for p in parts]
    sent = json.dumps(said).encode() + b"\n" + b"".join(part.content for part in parts)
    made = reading.read("pdf_joiner", sent, seconds=SECONDS).made
    if not made:
        raise NotJoined
    return made


def _parts(drawings: QuerySet[Drawing]) -> Iterator[Part]:
    room = MOST_BYTES
    for drawing in drawings:
        title = drawing_with_version(drawing)
        room -= drawing.size
        if room < 0:
            yield Part("words", title, words=TOO_MUCH)
            continue
        content = _content(drawing)
        kind = "pdf" if drawing.kind == Drawing.Kind.PDF else "picture"
        yield Part(kind if content else "words", title, content)


def _content(drawing: Drawing) -> bytes:
    """The file, or the picture of a DXF; no bytes when it is lost or cannot be drawn."""
    try:
        if drawing.kind == Drawing.Kind.DXF:
            return previews.page(drawing, 1)
        with drawing.file.open() as stored:
            return stored.read()
    except FileNotFoundError:
        return b""
