"""A printer or copier without colours loses nothing: every letter stands out from what is behind it."""

from datetime import date

import pypdfium2
import pytest

from balai import pdf
from tests.print.drawn import draw, drawn, stylesheet_with
from tests.print.payloads import EVERYTHING, payload

DPI = 200
ENOUGH = 12  # black on white is 21; the thinnest stroke of the smallest letters, softened at its edges, reaches 16


@pytest.mark.parametrize("kind", EVERYTHING)
def test_every_letter_reads_well_without_colours(kind):
    assert faint(drawn(kind, "short")) == []


@pytest.mark.parametrize(
    "mark", [pdf.Void("Dewi", date(2026, 10, 23), "salah cara bayar"), pdf.Copy(2, date(2026, 10, 26), "Dewi")]
)
@pytest.mark.parametrize("kind", ["bukti_pembayaran", "surat_pesanan"])
def test_a_mark_behind_the_text_takes_nothing_from_it(kind, mark):
    assert faint(draw(payload(kind), mark)) == []


def test_grey_text_would_be_seen():
    with stylesheet_with("color: #777; }", "color: #000; }"):
        assert len(faint(draw(payload("surat_jalan")))) > 1000


def faint(paper: bytes) -> list[tuple[str, float]]:
    """The letters and digits whose contrast, in grey, is less than ENOUGH."""
    found = []
    with pypdfium2.PdfDocument(paper) as document:
        for page in document:
            picture, text = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L"), page.get_textpage()
            for index in range(text.count_chars()):
                letter = text.get_text_range(index, 1)
                if not letter.isalnum():
                    continue
                left, bottom, right, top = (edge * DPI / 72 for edge in text.get_charbox(index))
                box = (int(left), int(picture.height - top), int(right) + 1, int(picture.height - bottom) + 1)
                contrast = _contrast(*picture.crop(box).getextrema())
                if contrast < ENOUGH:
                    found.append((letter, round(contrast, 1)))
    return found


def _contrast(dark: int, light: int) -> float:
    """WCAG 2 contrast of two greys."""
    darker, lighter = ((grey / 255) ** 2.2 for grey in (dark, light))
    return (lighter + 0.05) / (darker + 0.05)
