"""Files that people and attackers send, made by the program: each returns the bytes of one file."""

import io
import struct
import zlib

from PIL import Image
from pypdf import PdfWriter


def photo(size: tuple[int, int] = (120, 80), orientation: int = 6, fmt: str = "JPEG", **options) -> bytes:
    """A phone photo, left half red, right half blue as stored, with orientation, camera and place in its EXIF."""
    image = Image.new("RGB", size, "blue")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x010F] = "Kamera Contoh"
    exif[0x0112] = orientation
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "S", (6.0, 58.0, 0.0)
    place[3], place[4] = "E", (110.0, 25.0, 0.0)
    out = io.BytesIO()
    image.save(out, fmt, exif=exif, **options)
    return out.getvalue()


def image_bytes(fmt: str, mode: str = "RGB", size: tuple[int, int] = (60, 40), **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, fmt, **options)
    return out.getvalue()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int) -> bytes:
    """A black-and-white PNG of any size; a large one is small in bytes and huge once decoded."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")


def png_with_text_bomb() -> bytes:
    """A small PNG with a comment that unpacks to 70 MB."""
    plain = image_bytes("PNG")
    text = png_chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(70_000_000), 9))
    return plain[:33] + text + plain[33:]


def jpeg_that_claims(width: int, height: int) -> bytes:
    """A JPEG whose header claims a size that its data does not have."""
    data = bytearray(image_bytes("JPEG"))
    frame = data.index(b"\xff\xc0")
    data[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def html() -> bytes:
    return b"<!DOCTYPE html><html><body><script>alert(document.cookie)</script></body></html>"


def svg() -> bytes:
    return b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


def pdf_of(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def drawing_pdf(pages: int = 1, box: bytes = b"0 0 595 842", catalog: bytes = b"", page: bytes = b"") -> bytes:
    """A plain PDF with a filled rectangle on each page; `catalog` and `page` add entries to those objects."""
    kids = b" ".join(b"%d 0 R" % (4 + n) for n in range(pages))
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 3 0 R%s>>" % (box, page)
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, kids),
            stream(b"", b"0.8 0 0 rg 100 100 300 500 re f"),
            *[leaf] * pages,
        ]
    )


def pdf_with_script() -> bytes:
    return drawing_pdf(catalog=b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>")


def pdf_with_disguised_script() -> bytes:
    """The same with its name written in escapes."""
    return drawing_pdf(catalog=b"/OpenAction<</S/J#61v#61Script/JS(app.alert\\(1\\))>>")


def pdf_with_packed_script() -> bytes:
    """The same inside a compressed object stream, where a search of the bytes finds nothing."""
    action = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
    index = b"5 0 "
    packed = zlib.compress(index + action)
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>",
        2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        4: stream(b"/Type/ObjStm/N 1/First %d/Filter/FlateDecode" % len(index), packed),
    }
    out = bytearray(b"%PDF-1.7\n")
    rows = [(0, 0, 65535)]
    for number, body in objects.items():
        rows.append((1, len(out), 0))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows.append((2, 4, 0))
    rows.append((1, len(out), 0))
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    body = stream(b"/Type/XRef/Size 7/W[1 4 2]/Root 1 0 R", table)
    start = len(out)
    out += b"6 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (body, start)
    return bytes(out)


def pdf_with_launch() -> bytes:
    link = b"<</Type/Annot/Subtype/Link/Rect[0 0 595 842]/A<</S/Launch/F(setup.exe)>>>>"
    return drawing_pdf(page=b"/Annots[%s]" % link)


def locked_pdf(user_password: str) -> bytes:
    """Locked against opening, or with an empty user password only against printing and changing."""
    writer = PdfWriter(io.BytesIO(drawing_pdf()))
    writer.encrypt(user_password, "pemilik", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_of_nested_forms(depth: int = 8, fan: int = 10) -> bytes:
    """2 kB that draw a line ten to the power of eight times."""
    chain = [
        stream(b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X %d 0 R>>>>" % n, b"/X Do " * fan)
        for n in range(6, 6 + depth)
    ]
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
            stream(b"", b"/X Do"),
            *chain,
            stream(b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]", b"0 0 m 600 800 l S"),
        ]
    )


def pdf_of_endless_lines(lines: int = 1_000_000) -> bytes:
    """44 kB that take a processor many seconds, in little memory."""
    content = stream(b"/Filter/FlateDecode", zlib.compress(b"0 0 m 600 800 l S\n" * lines, 9))
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
            content,
        ]
    )


def dxf(entities: bytes | None = None, blocks: bytes = b"") -> bytes:
    """A DXF as programs of 1992 wrote it (R12): these entities, a plate with a hole when none are given."""
    plate = line(0, 0, 90, 0) + line(90, 0, 90, 40) + line(90, 40, 0, 40) + line(0, 40, 0, 0)
    plate += b"  0\nCIRCLE\n  8\n0\n 10\n45\n 20\n20\n 40\n8\n"
    plate += b"  0\nTEXT\n  8\n0\n 10\n5\n 20\n5\n 40\n4\n  1\nCONTOH\n"
    header = b"  0\nSECTION\n  2\nHEADER\n  9\n$ACADVER\n  1\nAC1009\n  0\nENDSEC\n"
    known = b"  0\nSECTION\n  2\nBLOCKS\n" + blocks + b"  0\nENDSEC\n" if blocks else b""
    drawn = plate if entities is None else entities
    return header + known + b"  0\nSECTION\n  2\nENTITIES\n" + drawn + b"  0\nENDSEC\n  0\nEOF\n"


def line(x: object = 0, y: object = 0, to_x: object = 1, to_y: object = 1) -> bytes:
    return f"  0\nLINE\n  8\n0\n 10\n{x}\n 20\n{y}\n 11\n{to_x}\n 21\n{to_y}\n".encode()


def insert(name: str, columns: int = 1, rows: int = 1, x: int = 0) -> bytes:
    """A block put in place, `columns` × `rows` times."""
    return (
        f"  0\nINSERT\n  8\n0\n  2\n{name}\n 10\n{x}\n 20\n0\n 70\n{columns}\n 71\n{rows}\n 44\n1\n 45\n1\n"
    ).encode()


def block(name: str, content: bytes) -> bytes:
    begin = f"  0\nBLOCK\n  8\n0\n  2\n{name}\n 70\n0\n 10\n0\n 20\n0\n  3\n{name}\n".encode()
    return begin + content + b"  0\nENDBLK\n  8\n0\n"


def dxf_of_nested_blocks(depth: int = 8, fan: int = 10) -> bytes:
    """A few kilobytes that draw a line ten to the power of eight times."""
    blocks = block("B0", line())
    for level in range(1, depth + 1):
        blocks += block(f"B{level}", b"".join(insert(f"B{level - 1}", x=n) for n in range(fan)))
    return dxf(insert(f"B{depth}"), blocks)


def dxf_of_copies(columns: int = 30_000, rows: int = 30_000) -> bytes:
    """One INSERT that asks for 900 million copies."""
    return dxf(insert("B0", columns, rows), block("B0", line()))


def dxf_that_holds_itself() -> bytes:
    return dxf(insert("A"), block("A", line() + insert("A")))


def dxf_in_a_circle() -> bytes:
    return dxf(insert("A"), block("A", insert("B")) + block("B", line() + insert("A")))


def dxf_of_endless_lines(lines: int = 41_000) -> bytes:
    """Lines that are all there."""
    return dxf(line() * lines)
