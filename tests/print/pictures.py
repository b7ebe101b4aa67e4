"""Pictures of pages, kept under `references/`, to see that nothing on a paper has moved.

A page is drawn at 160 dpi and made smaller, to 40 dpi in 16 greys. Two pictures are alike when no cell of 3 × 3 points
(1.9 mm) differs by more than TOLERANCE of 255 greys on average. Another rasteriser (Poppler) differs by 47 at most, a
block that moved by 1 mm by 79 at least. That each letter is the right one is tried elsewhere (test_says.py).
"""

from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

FOLDER = Path(__file__).parent / "references"
DPI, FINER, CELL = 40, 4, 3
TOLERANCE = 60
GREYS = [step * 17 for step in range(16)]
MM = DPI / 25.4  # points of a picture


def pictures(pdf: bytes) -> list[Image.Image]:
    """Its pages in grey."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            page.render(scale=DPI * FINER / 72, grayscale=True).to_pil().convert("L").reduce(FINER) for page in document
        ]


def file_of(kind: str, case: str, page: int) -> Path:
    """Where the kept picture of a page lies."""
    return FOLDER / f"{kind}-{case}-{page:02}.png"


def keep(picture: Image.Image, file: Path) -> None:
    """Store it in 16 greys, a few kilobytes."""
    small = picture.point(_step).convert("P")
    small.putpalette([grey for grey in GREYS for _ in "rgb"])
    small.save(file, bits=4, optimize=True)


def difference(now: Image.Image, kept: Path) -> Image.Image | None:
    """None when they are alike; else the kept page, the page now, and where they differ, side by side."""
    before = Image.open(kept).convert("L")
    after = now.point(lambda grey: _step(grey) * 17)
    if before.size == after.size:
        cells = ImageChops.difference(before.reduce(CELL), after.reduce(CELL))
        if cells.getextrema()[1] <= TOLERANCE:
            return None
    else:
        cells = Image.new("L", after.size, 255)
    marked = cells.point(lambda grey: 255 * (grey <= TOLERANCE)).resize(after.size)
    beside = Image.new("L", (max(before.width, after.width) * 3, max(before.height, after.height)), 255)
    for place, picture in enumerate((before, after, marked)):
        beside.paste(picture, (place * beside.width // 3, 0))
    return beside


def ink(picture: Image.Image) -> tuple[float, float, float, float]:
    """The smallest distances of anything printed from the left, upper, right and lower edge, in millimetres."""
    left, top, right, bottom = picture.point(lambda grey: 255 * (grey < 250)).getbbox()
    return left / MM, top / MM, (picture.width - right) / MM, (picture.height - bottom) / MM


def _step(grey: int) -> int:
    return round(grey / 17)
