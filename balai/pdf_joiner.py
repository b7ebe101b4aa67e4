"""A program of its own that joins a paper of ours and untrusted PDFs and pictures into one PDF to be printed.

Never imported by the web process (`balai.reading` runs it). On stdin: a JSON line that lists the parts (`kind`: pdf,
picture or words; `title`; `size` in bytes), and then their bytes one after another. The answer is a JSON line with the
number of pages, and the PDF. A part that cannot be opened becomes a page that says so in `words`.
"""

import io
import json
import sys
from collections.abc import Iterator

import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

from balai.limits import limit_myself

MAX_PAGES = 60  # of one part; the rest is printed from the drawing's own page
DOTS = 150  # an inch
A4 = (1240, 1754)  # dots
MARGIN, HEAD = 60, 60
INK, PAPER = "#17242d", "#ffffff"
FAULTS = (pdfium.PdfiumError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)


def main() -> None:
    limit_myself()
    parts = json.loads(sys.stdin.buffer.readline())
    with pdfium.PdfDocument.new() as whole:
        for part in parts:
            _add(whole, part, sys.stdin.buffer.read(part["size"]))
        made = io.BytesIO()
        pages = len(whole)
        whole.save(made)
    sys.stdout.buffer.write(json.dumps({"pages": pages}).encode() + b"\n" + made.getvalue())


def _add(whole: pdfium.PdfDocument, part: dict, content: bytes) -> None:
    try:
        pages = list(_pages_of(part, content))
    except FAULTS:
        pages = [_page_of_words(part["title"], part["words"])]
    for page in pages:
        with pdfium.PdfDocument(page) as document:
            whole.import_pages(document, list(range(min(len(document), MAX_PAGES))))


def _pages_of(part: dict, content: bytes) -> Iterator[bytes]:
    """The part as one or two PDFs."""
    if part["kind"] == "words":
        yield _page_of_words(part["title"], part["words"])
    elif part["kind"] == "picture":
        yield _page_of(part["title"], content)
    else:
        with pdfium.PdfDocument(content) as document:
            more = len(document) - MAX_PAGES
        yield content
        if more > 0:
            yield _page_of_words(part["title"], f"Masih ada {more} halaman. Cetak dari halaman gambarnya.")


def _page_of(title: str, content: bytes) -> bytes:
    """A picture on a page of its own, as large as it fits, its title above it."""
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as picture:
        size = A4 if picture.height >= picture.width else A4[::-1]
        room = (size[0] - 2 * MARGIN, size[1] - 2 * MARGIN - HEAD)
        picture.draft("RGB", room)
        drawn = picture.convert("RGB")
    scale = min(room[0] / drawn.width, room[1] / drawn.height)
    drawn = drawn.resize((max(1, round(drawn.width * scale)), max(1, round(drawn.height * scale))))
    page = Image.new("RGB", size, PAPER)
    _write(page, title, MARGIN)
    page.paste(drawn, ((size[0] - drawn.width) // 2, MARGIN + HEAD))
    return _as_pdf(page)


def _page_of_words(title: str, words: str) -> bytes:
    page = Image.new("RGB", A4, PAPER)
    _write(page, title, MARGIN)
    _write(page, words, MARGIN + HEAD)
    return _as_pdf(page)


def _write(page: Image.Image, text: str, top: int) -> None:
    ImageDraw.Draw(page).text((MARGIN, top), text, fill=INK, font=ImageFont.load_default(28))


def _as_pdf(page: Image.Image) -> bytes:
    made = io.BytesIO()
    page.save(made, "PDF", resolution=DOTS, quality=88)
    return made.getvalue()


if __name__ == "__main__":
    main()
