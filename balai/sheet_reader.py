"""A program of its own that reads one untrusted table: an .xlsx or CSV file on stdin, the answer on stdout.

Never imported by the web process (`balai.reading` runs it): a small workbook can unpack to all memory.
Argument: how many rows may stand below the first one.
The answer is one JSON line, with `width` (columns) or `refused` with the reason, followed by one JSON line per row:
its number, its cells (text, whole number, {"n": other number}, {"d": day} or null) and which of them are formulas.
"""

import csv
import io
import json
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from xml.parsers import expat

import openpyxl

from balai.limits import limit_myself

# A million rows that have a format and nothing in them, which is what a careless click makes, take as much.
CPU_SECONDS, MEMORY_BYTES = 25, 768 * 1024 * 1024
MAX_COLUMNS = 60
MAX_PARTS, MAX_UNPACKED, MAX_ANSWER = 500, 250 * 1024 * 1024, 60 * 1024 * 1024
DELIMITERS = ";\t,"
SAMPLE = 50  # records from which the delimiter is told
OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, and what Excel wraps around a file with a password
EXACT = 2**53  # up to here Excel keeps every whole number

Record = tuple[int, list, list[int]]  # row number, cells, places of formulas


class Refused(Exception):
    """This file is not read. Arguments: the reason, and what belongs to its sentence."""

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason)
        self.answer = {"refused": reason, **facts}


def main() -> None:
    limit_myself(CPU_SECONDS, MEMORY_BYTES)
    try:
        width, lines = table(sys.stdin.buffer.read(), int(sys.argv[1]))
        answer = {"width": width}
    except Refused as refusal:
        answer, lines = refusal.answer, []
    sys.stdout.write("\n".join([json.dumps(answer), *lines]))


def table(content: bytes, max_rows: int) -> tuple[int, list[str]]:
    """How many columns, and each row up to the last one with something in it, as JSON. Raises Refused."""
    if content.startswith(OLD_EXCEL):
        raise Refused("locked" if "EncryptedPackage".encode("utf-16-le") in content else "old")
    records = of_workbook(content) if content.startswith(b"PK") else of_text(content)
    lines, ended, width, size = [], 0, 0, 0
    for number, cells, formulas in records:
        while cells and cells[-1] is None:
            cells.pop()
        if cells:
            width = max(width, len(cells))
            ended = number
            if width > MAX_COLUMNS:
                raise Refused("columns", row=number)
            if ended > max_rows + 1:
                raise Refused("rows")
        if number <= max_rows + 1:
            lines.append(json.dumps((number, cells, formulas)))
            size += len(lines[-1])
        if size > MAX_ANSWER:
            raise Refused("heavy")
    if not ended:
        raise Refused("empty")
    return width, lines[:ended]


def of_workbook(content: bytes) -> Iterator[Record]:
    """The rows of the one visible sheet that has any."""
    try:
        check_package(content)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        yield from the_rows(book)
    except (Refused, MemoryError):
        raise
    except Exception as error:  # whatever a library says of a file that breaks the rules of its format
        raise Refused("broken") from error


def check_package(content: bytes) -> None:
    """Refuse what would cost too much to unpack, macros, and XML that defines entities."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = package.infolist()
        if any(part.flag_bits & 1 for part in parts):
            raise Refused("locked")
        if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
            raise Refused("heavy")
        names = {part.filename.lower() for part in parts}
        if "xl/workbook.xml" not in names:
            raise Refused("kind")
        if any(name.endswith("vbaproject.bin") for name in names):
            raise Refused("macros")
        for part in parts:
            if part.filename.lower().endswith((".xml", ".rels")):
                check_declares_nothing(package, part)


def check_declares_nothing(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """A document type may stand before the first element only, and Excel never writes one."""
    begun = []

    def refuse(*_: object) -> None:
        raise Refused("broken")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda *_: begun.append(True)
    with package.open(part) as opened:
        while not begun and (some := opened.read(4096)):
            parser.Parse(some)


def the_rows(book: openpyxl.Workbook) -> Iterator[Record]:
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = []
    for sheet in shown:
        sheet.reset_dimensions()  # what a file says of its own size is no measure
        if len(shown) == 1 or any(value is not None for row in sheet.iter_rows(values_only=True) for value in row):
            filled.append(sheet)
    if len(filled) > 1:
        raise Refused("sheets", sheets=len(filled))
    for sheet in filled:
        for number, row in enumerate(sheet.iter_rows(), 1):
            formulas = [place for place, cell in enumerate(row) if cell.data_type == "f"]
            yield number, [plain(cell.value) for cell in row], formulas


def plain(value: object) -> object:
    """A cell as JSON writes it. A number that is whole is whole, however the file spells it."""
    match value:
        case None | "":
            return None
        case bool():
            return str(value).upper()
        case int():
            return value
        case float():
            return int(value) if value.is_integer() and abs(value) <= EXACT else {"n": repr(value)}
        case datetime():
            return {"d": value.date().isoformat()}
        case date():
            return {"d": value.isoformat()}
        case time():
            return value.isoformat("minutes")
        case str():
            return value.strip() or None
        case _:  # a formula over several cells, a length of time
            return str(getattr(value, "text", value))


def of_text(content: bytes) -> Iterator[Record]:
    """The records of a CSV, numbered as a spreadsheet shows them: a cell of several lines is in one row."""
    text = decoded(content)
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)), 1):
            yield number, [cell.strip() or None for cell in cells], []
    except csv.Error as error:  # a cell of more than 131,072 characters: a quotation mark that nothing ends
        raise Refused("quotes") from error


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 (with its mark) or Windows-1252."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    if len(encodings) > 1 and (b"\0" in content or content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff"))):
        raise Refused("kind")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("encoding")


def delimiter_of(text: str) -> str:
    """What parts the cells: the sign that gives the most rows one width. The heads tell it from commas in amounts."""

    def weight(delimiter: str) -> tuple[int, int]:
        records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        widths = Counter(len(record) for record, _ in zip(records, range(SAMPLE), strict=False))
        return max(((often, width) for width, often in widths.items() if width > 1), default=(0, 0))

    return max(DELIMITERS, key=weight)


if __name__ == "__main__":
    main()
