"""Tables that people and attackers bring, made by the program: each returns the bytes of one .xlsx file."""

import io
import zipfile
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEADS = ("Tanggal", "Referensi", "Jumlah")


def xlsx(rows: Iterable[Sequence], sheets: int = 1, hidden: int = 0) -> bytes:
    """A workbook with these rows in every sheet, the last ones hidden."""
    out = io.BytesIO()
    rows = list(rows)
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        for place in range(sheets + hidden):
            sheet = book.add_worksheet()
            if place >= sheets:
                sheet.hide()
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def drawn(draw) -> bytes:
    """A workbook whose one sheet `draw(sheet, book)` fills."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        draw(book.add_worksheet(), book)
    return out.getvalue()


def with_part(name: str, content: bytes, base: bytes | None = None) -> bytes:
    """A workbook in which one part is another, or is added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base or xlsx([HEADS, ("a", "b", 1)]))) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            if part.filename != name:
                target.writestr(part.filename, source.read(part))
        target.writestr(name, content)
    return out.getvalue()


def with_rows(xml: str, dimension: str = "A1", before: str = "") -> bytes:
    """A workbook with hand-written rows."""
    sheet = f'<worksheet xmlns="{MAIN}"><dimension ref="{dimension}"/><sheetData>{xml}</sheetData></worksheet>'
    return with_part(SHEET, (before + sheet).encode())


def bomb() -> bytes:
    """300 KB that unpack to 300 MB."""
    return with_part("xl/media/image1.png", bytes(300 * 1024 * 1024))


def bomb_of_text() -> bytes:
    """One text of 200 MB."""
    strings = f'<sst xmlns="{MAIN}"><si><t>'.encode() + b"a" * (200 * 1024 * 1024) + b"</t></si></sst>"
    return with_part("xl/sharedStrings.xml", strings)


def copies_of_a_text() -> bytes:
    """One text of 30,000 letters in 10,000 cells: 300 MB of an answer."""
    return xlsx([("x" * 30_000,)] * 10_000)


def entities() -> bytes:
    """A billion laughs in the rows."""
    steps = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    declared = f'<!DOCTYPE worksheet [<!ENTITY e0 "ha">{steps}]>'
    return with_rows('<row r="1"><c r="A1" t="inlineStr"><is><t>&e9;</t></is></c></row>', before=declared)


def external_entity() -> bytes:
    """A text that asks for a file of this computer."""
    declared = '<!DOCTYPE worksheet [<!ENTITY isi SYSTEM "file:///etc/passwd">]>'
    return with_rows('<row r="1"><c r="A1" t="inlineStr"><is><t>&isi;</t></is></c></row>', before=declared)


def formatted_rows() -> bytes:
    """Three rows, and more than a million below that have a format and nothing in them."""
    filled = "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>baris {n}</t></is></c></row>' for n in range(1, 4))
    return with_rows(filled + "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(4, 1_048_577)))


def last_row_only() -> bytes:
    """A head, and one text in the last row there is."""
    return with_rows(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        dimension="A1:XFD1048576",
    )


def false_dimension() -> bytes:
    """Two cells in a table that says of itself that it is as large as can be."""
    return with_rows(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Nama</t></is></c></row><row r="2"><c r="A2"><v>7</v></c></row>',
        dimension="A1:XFD1048576",
    )


def merged() -> bytes:
    def draw(sheet: Worksheet, book: xlsxwriter.Workbook) -> None:
        sheet.write_row(0, 0, ("Nama", "Harga", "Satuan"))
        sheet.merge_range("A2:B3", "digabung")
        sheet.write("C2", "jam")
        sheet.write("C3", "hari")

    return drawn(draw)


def formulas() -> bytes:
    def draw(sheet: Worksheet, book: xlsxwriter.Workbook) -> None:
        sheet.write_row(0, 0, ("Nama", "Harga"))
        sheet.write_formula("A2", '=HYPERLINK("http://contoh.test","klik")', value="klik")
        sheet.write_formula("B2", "=[1]Harga!A1*2", value=10)
        sheet.write_array_formula("B3:B4", "{=A1:A2*2}", value=3)
        sheet.write_string("A3", "=bukan rumus")

    return drawn(draw)


def external_link() -> bytes:
    link = b'<externalLink xmlns="' + MAIN.encode() + b'"><externalBook r:id="rId1" xmlns:r="x"/></externalLink>'
    return with_part("xl/externalLinks/externalLink1.xml", link, formulas())


def macros() -> bytes:
    return with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")


def locked() -> bytes:
    """What Excel wraps around a workbook with a password, as far as anybody looks."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1016) + "EncryptedPackage".encode("utf-16-le")


def statement(rows: int) -> list[tuple]:
    """The rows of a bank statement, with the head."""
    heads = ("Tanggal", "Referensi", "Keterangan", "Debit", "Kredit", "Saldo")
    return [heads] + [
        (f"{n % 28 + 1:02}/11/2026", f"REF{n:08}", f"TRF DARI PELANGGAN {n}", None, 1000 + n, 5_000_000 + n)
        for n in range(rows)
    ]
