"""Reads a drawn paper back: its text, its pages, what is inside the file."""

import io

import pypdfium2
from pypdf import PdfReader

MM = 72 / 25.4  # points
F4, A4, A5_LANDSCAPE = (215, 330), (210, 297), (210, 148)  # mm
F4_LANDSCAPE, A4_LANDSCAPE = F4[::-1], A4[::-1]


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text(pdf: bytes) -> str:
    """All pages as one line of text with plain single spaces."""
    return " ".join(" ".join(pages(pdf)).split())


def pages(pdf: bytes) -> list[str]:
    """The text of each page, with plain single spaces."""
    return [" ".join(page.extract_text().split()) for page in reader(pdf).pages]


def page_sizes(pdf: bytes) -> set[tuple[int, int]]:
    """Width and height of the pages, in whole millimetres."""
    return {(round(float(p.mediabox.width) / MM), round(float(p.mediabox.height) / MM)) for p in reader(pdf).pages}


def boxes(pdf: bytes) -> set[tuple[float, ...]]:
    """Every box of every page: left, bottom, right, top, in millimetres to the hundredth."""
    kinds = ("mediabox", "cropbox", "bleedbox", "trimbox", "artbox")
    return {tuple(round(float(edge) / MM, 2) for edge in getattr(p, kind)) for p in reader(pdf).pages for kind in kinds}


def ink_box(pdf: bytes) -> tuple[float, float, float, float]:
    """The smallest box round all letters of all pages: left, bottom, right, top in millimetres."""
    boxes = [
        textpage.get_charbox(index)
        for page in pypdfium2.PdfDocument(pdf)
        for textpage in [page.get_textpage()]
        for index in range(textpage.count_chars())
        if not textpage.get_text_range(index, 1).isspace()
    ]
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left) / MM, min(bottom) / MM, max(right) / MM, max(top) / MM


def embedded_fonts(pdf: bytes) -> dict[str, bool]:
    """Base font name -> whether its file is inside the PDF."""
    fonts = {}
    for page in reader(pdf).pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            fonts[font["/BaseFont"]] = "/FontFile2" in descriptor or "/FontFile3" in descriptor
    return fonts
