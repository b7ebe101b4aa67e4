"""The papers of one day, printed together: their stored PDFs joined page after page, for the printer only."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from threading import Lock

import pypdfium2
from django.db.models import Count, QuerySet

from balai.clock import WIB
from balai.documents import KINDS, pdf_bytes
from balai.models import Document, User
from balai.roles import roles_of

PART = 50  # papers in one file: a few seconds even where none of them was drawn before

# PDFium may be called from one thread at a time only.
_pdfium_lock = Lock()


@dataclass(frozen=True)
class Pile:
    """The papers of one kind, or of all (`kind` is empty). `parts` counts files of at most PART papers."""

    kind: str
    title: str
    count: int

    @property
    def parts(self) -> range:
        return range(1, -(-self.count // PART) + 1)


def readable(user: User) -> list[str]:
    """The kinds of papers that this person of the office may open."""
    may_all, roles = user.is_superuser, roles_of(user)
    return [kind for kind, info in KINDS.items() if may_all or not info.readers or roles.intersection(info.readers)]


def papers_of(day: date, user: User, kind: str = "") -> QuerySet[Document]:
    """The papers issued on this WIB date that are in force and that the user may open, in the order of issue."""
    start = datetime.combine(day, time.min, WIB)
    papers = Document.objects.filter(
        issued_at__gte=start, issued_at__lt=start + timedelta(days=1), voided_at__isnull=True, kind__in=readable(user)
    )
    return (papers.filter(kind=kind) if kind else papers).order_by("issued_at", "kind", "number")


def piles_of(day: date, user: User) -> list[Pile]:
    """All papers of the day first, then each kind that has any. One query."""
    counted = dict(papers_of(day, user).order_by().values_list("kind").annotate(Count("id")))
    by_kind = [Pile(kind, info.title, counted[kind]) for kind, info in KINDS.items() if kind in counted]
    return [Pile("", "Semua surat", sum(counted.values())), *by_kind] if by_kind else []


def part_of(day: date, user: User, kind: str, part: int) -> QuerySet[Document]:
    """The papers of the day's `part`-th file, counted from 1."""
    return papers_of(day, user, kind)[(part - 1) * PART : part * PART]


def joined(papers: Iterable[Document]) -> bytes:
    """One PDF of all these papers, each on its own page size. Raises pdf.RenderError when one cannot be drawn."""
    stored = [pdf_bytes(paper) for paper in papers]
    with _pdfium_lock, pypdfium2.PdfDocument.new() as whole:
        for data in stored:
            with pypdfium2.PdfDocument(data) as paper:
                whole.import_pages(paper)
        file = io.BytesIO()
        whole.save(file)
    return file.getvalue()
