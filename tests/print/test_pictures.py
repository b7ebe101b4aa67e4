"""Every page of every paper looks as its kept picture, short, long and worst, and leaves the printer its margin.

    RENEW_PICTURES=1 .venv/bin/python -m pytest tests/print/test_pictures.py

keeps what is drawn now; look at what changed (`git diff --stat`, then the pictures) before it is committed.
"""

import os
from itertools import product

import pytest

from balai import renderer
from tests.print import pictures
from tests.print.drawn import draw, drawn, stylesheet_with
from tests.print.payloads import CASES, EVERYTHING, payload
from tests.print.reading import A4, A4_LANDSCAPE, A5_LANDSCAPE, F4, F4_LANDSCAPE, boxes

PRINTER_MARGIN = 5  # mm that many printers leave white
RENEW = "RENEW_PICTURES" in os.environ


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("kind", EVERYTHING)
def test_every_page_looks_as_it_did_and_leaves_the_printer_its_margin(kind, case, tmp_path):
    pages = pictures.pictures(drawn(kind, case))
    assert min(edge for page in pages for edge in pictures.ink(page)) >= PRINTER_MARGIN
    if RENEW:
        renew(kind, case, pages)
    kept = sorted(pictures.FOLDER.glob(f"{kind}-{case}-*.png"))
    assert [file.name for file in kept] == [pictures.file_of(kind, case, n).name for n, _ in enumerate(pages, 1)]
    differences = {file.name: pictures.difference(page, file) for file, page in zip(kept, pages, strict=True)}
    for name, picture in differences.items():
        if picture:
            picture.save(tmp_path / name)
    seen = [str(tmp_path / name) for name, picture in differences.items() if picture]
    assert seen == [], "look at these pictures; docs/surat.md says how to keep them when they are meant"


def renew(kind, case, pages):
    for file in pictures.FOLDER.glob(f"{kind}-{case}-*.png"):
        file.unlink()
    for number, page in enumerate(pages, 1):
        pictures.keep(page, pictures.file_of(kind, case, number))


def test_no_picture_is_kept_of_what_is_not_drawn_any_more():
    known = {f"{kind}-{case}" for kind, case in product(EVERYTHING, CASES)}
    assert {file.name.rsplit("-", 1)[0] for file in pictures.FOLDER.iterdir()} == known


@pytest.mark.parametrize(
    ("wrong", "instead_of"),
    [
        (".ttd { margin: 15pt", ".ttd { margin: 12pt"),  # signatures 1 mm lower
        ("right: 1mm; top: 0; width: 19mm", "right: 0; top: 0; width: 19mm"),  # the QR code 1 mm to the left
        ("text-align: center; margin: 15pt 0", "text-align: center; margin: 12pt 0"),  # all below the kop 1 mm lower
        ("line-height: 11pt; }", "line-height: 11pt; border-top: 1pt solid; border-bottom: 1pt solid; }"),  # no lines
    ],
)
def test_a_block_that_moves_is_seen(wrong, instead_of):
    with stylesheet_with(wrong, instead_of):
        [page] = pictures.pictures(draw(payload("surat_pesanan")))
    seen = pictures.difference(page, pictures.file_of("surat_pesanan", "short", 1))
    assert (seen.width, seen.height) == (3 * page.width, page.height)


@pytest.mark.parametrize(("page", "upright", "on_its_side"), [("f4", F4, F4_LANDSCAPE), ("a4", A4, A4_LANDSCAPE)])
@pytest.mark.parametrize("kind", EVERYTHING)
def test_every_paper_has_exactly_its_box_on_either_page(kind, page, upright, on_its_side):
    size = A5_LANDSCAPE if kind in renderer.SMALL else on_its_side if kind in renderer.LANDSCAPE else upright
    paper = draw(payload(kind, page=page))
    assert boxes(paper) == {(0.0, 0.0, *size)}
    assert min(edge for each in pictures.pictures(paper) for edge in pictures.ink(each)) >= PRINTER_MARGIN
