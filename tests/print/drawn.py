"""Papers drawn in this process, each kind's plain samples once."""

from functools import cache

from balai import pdf, renderer
from balai.payloads import canonical
from tests.print.payloads import payload, worst
from tests.print.reading import text


def draw(content: dict, marking: pdf.Marking | None = None) -> bytes:
    """The PDF of a payload, as a drawing process makes it."""
    return renderer.draw(canonical(content), pdf.mark_of(marking))


@cache
def short(kind: str) -> bytes:
    return draw(payload(kind))


@cache
def worst_order_letter() -> bytes:
    return draw(worst("surat_pesanan"))


def squeezed(words: str) -> str:
    """Without spaces: where a line is broken is no part of what the paper says."""
    return "".join(words.split())


def assert_says(paper: bytes, *sayings: str) -> None:
    found = squeezed(text(paper))
    assert [saying for saying in sayings if squeezed(saying) not in found] == []
