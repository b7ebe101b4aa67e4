"""Papers drawn in this process, each kind's plain samples once."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from balai import pdf, renderer
from balai.payloads import canonical
from tests.print.payloads import sample
from tests.print.reading import text


def draw(content: dict, marking: pdf.Marking | None = None) -> bytes:
    """The PDF of a payload, as a drawing process makes it."""
    return renderer.draw(canonical(content), pdf.mark_of(marking))


@cache
def drawn(kind: str, case: str) -> bytes:
    """The sample of a kind or register in one of the CASES."""
    return draw(sample(kind, case))


def short(kind: str) -> bytes:
    return drawn(kind, "short")


def worst_order_letter() -> bytes:
    return drawn("surat_pesanan", "worst")


@contextmanager
def stylesheet_with(wrong: str, instead_of: str) -> Iterator[None]:
    """Papers are drawn with one thing in print.css spoilt."""
    with TemporaryDirectory() as folder, mock.patch.object(renderer, "ASSET_DIR", Path(folder)):
        for name in renderer.ASSETS:
            (Path(folder) / name).write_bytes((renderer.ROOT / "static" / "print" / name).read_bytes())
        stylesheet = Path(folder) / "print.css"
        assert instead_of in stylesheet.read_text()
        stylesheet.write_text(stylesheet.read_text().replace(instead_of, wrong))
        renderer.looks.cache_clear()
        try:
            yield
        finally:
            renderer.looks.cache_clear()


def squeezed(words: str) -> str:
    """Without spaces: where a line is broken is no part of what the paper says."""
    return "".join(words.split())


def assert_says(paper: bytes, *sayings: str) -> None:
    found = squeezed(text(paper))
    assert [saying for saying in sayings if squeezed(saying) not in found] == []
