"""How long a paper takes: drawn on first request, and served as stored from then on."""

from statistics import median

from django.urls import reverse

from balai.kinds import Kind
from balai.models import Document
from balai.roles import Role
from benchmarks.figure import at_most
from benchmarks.pages import browser, milliseconds

DRAWN = 8  # papers of each kind
REPRINTED = 5  # times each
DRAW_GOAL, REPRINT_GOAL = 300, 8  # milliseconds


def measure() -> None:
    """The first and every later request of each kind of paper."""
    client = browser(Role.KEUANGAN)
    undrawn = Document.objects.filter(files__isnull=True, voided_at__isnull=True).order_by("-issued_at")
    # The first paper of all starts the drawing process and reads the fonts.
    milliseconds(client, _addresses(undrawn[:1]))
    issued = set(undrawn.values_list("kind", flat=True))  # bulk orders close no cash day
    for kind in (kind for kind in Kind if kind in issued):
        urls = _addresses(undrawn.filter(kind=kind)[:DRAWN])
        at_most(f"first render {kind}", median(milliseconds(client, urls)), "ms", DRAW_GOAL)
        at_most(f"stored {kind}", median(milliseconds(client, urls * REPRINTED)), "ms", REPRINT_GOAL)


def _addresses(papers) -> list[str]:
    return [reverse("dokumen", args=[paper.pk]) for paper in papers]
