"""A program of its own that looks into one untrusted PDF: the PDF on stdin, the answer on stdout.

Not imported by the application. A small file can ask for hours of drawing or all memory, and PDFium is not
thread-safe: in a process with limits the worst end is that this process is killed.
The answer is one JSON line, with pages, width and height (points of page one) or `refused` with the reason,
followed by the thumbnail of page one as JPEG.
"""

import io
import json
import resource
import sys

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

CPU_SECONDS = 10
MEMORY_BYTES = 768 * 1024 * 1024
MAX_PAGES = 200
THUMBNAIL_PIXELS = 480
# Actions that run something when the file is opened or clicked. PDFium writes names out plainly, whatever
# compression or escaping hid them in the original.
ACTIVE_NAMES = (b"/JavaScript", b"/Launch", b"/Rendition")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    answer, thumbnail = inspect(sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + thumbnail)


def inspect(content: bytes) -> tuple[dict, bytes]:
    """What the PDF holds and the thumbnail of its first page, or why it is refused and no bytes."""
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
        page = document[0]
        width, height = page.get_size()
        # The scale follows the page: a page of a square kilometre costs no more than an A4.
        thumbnail = page.render(scale=THUMBNAIL_PIXELS / max(width, height), may_draw_forms=False).to_pil()
    except pdfium.PdfiumError:
        return {"refused": "broken"}, b""
    jpeg = io.BytesIO()
    thumbnail.convert("RGB").save(jpeg, "JPEG", quality=80)
    return {"pages": len(document), "width": round(width), "height": round(height)}, jpeg.getvalue()


def is_active(document: "pdfium.PdfDocument") -> bool:
    """Whether the document carries scripts or commands."""
    plain = io.BytesIO()
    document.save(plain)
    return any(name in plain.getbuffer().tobytes() for name in ACTIVE_NAMES)


if __name__ == "__main__":
    main()
