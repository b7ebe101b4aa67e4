"""A program of its own that looks into one untrusted PDF: the PDF on stdin, the answer on stdout.

Never imported by the web process (`balai.reading` runs it): PDFium is not thread-safe, and a small file can ask for
hours of drawing. Arguments: the page to draw, and how many pixels its longer side gets.
The answer is one JSON line, with pages, width and height (points of that page) or `refused` with the reason, followed
by the page as JPEG.
"""

import io
import json
import sys

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from balai.limits import limit_myself

MAX_PAGES = 200
# Actions that run something when the file is opened or clicked. PDFium writes names out plainly, whatever
# compression or escaping hid them in the original.
ACTIVE_NAMES = (b"/JavaScript", b"/Launch", b"/Rendition")


def main() -> None:
    limit_myself()
    page, pixels = (int(argument) for argument in sys.argv[1:])
    answer, picture = inspect(sys.stdin.buffer.read(), page, pixels)
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + picture)


def inspect(content: bytes, number: int, pixels: int) -> tuple[dict, bytes]:
    """What the PDF holds and a picture of one of its pages, or why it is refused and no bytes."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        return {"refused": "encrypted" if error.err_code == pdfium_c.FPDF_ERR_PASSWORD else "broken"}, b""
    if pdfium_c.FPDF_GetSecurityHandlerRevision(document) != -1:
        return {"refused": "encrypted"}, b""
    if not 1 <= len(document) <= MAX_PAGES:
        return {"refused": "pages", "pages": len(document)}, b""
    if is_active(document):
        return {"refused": "active"}, b""
    try:
        page = document[number - 1]
        width, height = page.get_size()
        # The scale follows the page: a page of a square kilometre costs no more than an A4.
        picture = page.render(scale=pixels / max(width, height), may_draw_forms=False).to_pil()
    except pdfium.PdfiumError:
        return {"refused": "broken"}, b""
    jpeg = io.BytesIO()
    picture.convert("RGB").save(jpeg, "JPEG", quality=80)
    return {"pages": len(document), "width": round(width), "height": round(height)}, jpeg.getvalue()


def is_active(document: "pdfium.PdfDocument") -> bool:
    """Whether the document carries scripts or commands."""
    plain = io.BytesIO()
    document.save(plain)
    return any(name in plain.getbuffer().tobytes() for name in ACTIVE_NAMES)


if __name__ == "__main__":
    main()
