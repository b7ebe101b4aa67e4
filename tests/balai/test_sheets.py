"""Tables that people bring: what is read, what is refused, and that the process which reads them has limits."""

import resource
import subprocess
import sys
import time
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.conf import settings

from balai import reading, sheets
from balai.sheets import SheetRefused
from tests import sheet_files as files

CSV = "Tanggal;Referensi;Jumlah\n22/11/2026;QR-1;1.500.000,00\n"


def read(content: bytes, name: str = "tabel.xlsx", max_rows: int = sheets.MAX_ROWS) -> sheets.Sheet:
    return sheets.read(content, name, max_rows)


def cells(content: bytes) -> list[tuple]:
    return [row.cells for row in read(content).rows]


def test_what_a_workbook_stores_arrives_as_it_is_stored():
    day, moment = date(2026, 11, 22), datetime.fromisoformat("2026-11-22T23:59")
    sheet = read(
        files.xlsx([("a", "b", "c", "d", "e"), (7, 0.1, 2500000.5, day, moment), (" x ", True, -3, 1e300, "")])
    )

    assert sheet.heads == ("a", "b", "c", "d", "e")
    assert [row.number for row in sheet.rows] == [2, 3]
    assert sheet.rows[0].cells == (7, Decimal("0.1"), Decimal("2500000.5"), day, day)
    assert sheet.rows[1].cells == ("x", "TRUE", -3, Decimal("1e+300"), None)
    assert not any(row.formulas for row in sheet.rows)


def test_a_head_may_be_a_number_or_missing():
    assert read(files.xlsx([("Nama", None, 2026), (1, 2, 3, 4)])).heads == ("Nama", "", "2026", "")


def test_rows_keep_their_number_and_empty_ones_at_the_end_are_dropped():
    sheet = read(files.xlsx([("a", "b"), (1,), (), (None, "c"), (" ", ""), ()]))

    assert [(row.number, row.cells) for row in sheet.rows] == [(2, (1, None)), (3, (None, None)), (4, (None, "c"))]


def test_a_formula_is_marked_and_kept_as_text():
    sheet = read(files.formulas())

    assert sheet.rows[0].cells == ('=HYPERLINK("http://contoh.test","klik")', "=[1]Harga!A1*2")
    assert sheet.rows[0].formulas == {0, 1}
    assert (sheet.rows[1].cells[0], sheet.rows[1].formulas) == ("=bukan rumus", {1})


def test_a_link_to_another_file_is_not_followed():
    assert cells(files.external_link()) == cells(files.formulas())


def test_a_merged_cell_is_the_first_of_its_cells():
    assert cells(files.merged()) == [("digabung", None, "jam"), (None, None, "hari")]


def test_text_is_made_fit_to_be_kept():
    told = "Cafe\N{COMBINING ACUTE ACCENT} \N{RIGHT-TO-LEFT OVERRIDE}gpj\N{ZERO WIDTH SPACE}.exe\x07"

    assert cells(f"a;b\n{told};\N{ZERO WIDTH SPACE}\n".encode()) == [("Café gpj.exe", None)]


def test_hidden_and_empty_sheets_do_not_count():
    assert cells(files.xlsx([("a",), (1,)], hidden=1)) == [(1,)]
    assert cells(files.with_part("xl/worksheets/sheet2.xml", blank_sheet(), files.xlsx([("a",), (1,)], sheets=2))) == [
        (1,)
    ]


def blank_sheet() -> bytes:
    return f'<worksheet xmlns="{files.MAIN}"><sheetData/></worksheet>'.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_csv_is_read_as_programs_write_it(encoding, delimiter, ending):
    lines = [
        ("Nama", "Keterangan", "Jumlah"),
        ("Café", f'"satu{ending}dua ""tiga"""', '"1.500.000,00"'),
        ("x", "", "5"),
    ]
    content = ending.join(delimiter.join(line) for line in lines).encode(encoding)

    sheet = read(content, "tabel.csv")

    assert sheet.heads == lines[0]
    assert [row.number for row in sheet.rows] == [2, 3]
    assert sheet.rows[0].cells == ("Café", 'satu\ndua "tiga"', "1.500.000,00")
    assert sheet.rows[1].cells == ("x", None, "5")


def test_commas_in_amounts_do_not_part_cells():
    rows = "".join(f"0{n}/11/2026;TRF, {n};1,500,000.00\n" for n in range(1, 9))

    assert cells(f"Tanggal;Keterangan;Jumlah\n{rows}".encode())[0] == ("01/11/2026", "TRF, 1", "1,500,000.00")


def test_a_csv_of_one_column_is_a_table():
    assert cells(b"Nama\nsatu\ndua\n") == [("satu",), ("dua",)]


def test_lines_before_the_heads_do_not_hide_the_columns():
    preamble = "Rekening: 123\nPeriode: November\n\n"
    sheet = read(preamble.encode() + CSV.encode())

    assert sheet.heads == ("Rekening: 123", "", "")
    assert sheet.rows[-1].cells == ("22/11/2026", "QR-1", "1.500.000,00")
    assert sheet.rows[-1].number == 5


REFUSED = {
    "nothing": (lambda: b"", "kosong"),
    "blanks": (lambda: b" \n;;\n", "kosong"),
    "empty workbook": (lambda: files.xlsx([]), "kosong"),
    "large": (lambda: b"a" * (sheets.MAX_BYTES + 1), "lebih dari 10 MB"),
    "locked": (files.locked, "dikunci dengan sandi"),
    "old": (lambda: files.locked()[:1024], "Excel lama"),
    "macros": (files.macros, "makro"),
    "pdf": (lambda: b"%PDF-1.7\n", "bukan tabel"),
    "binary": (lambda: b"GIF89a\0\0\0", "bukan tabel"),
    "other zip": (lambda: files.with_part("isi.txt", b"x", zip_of_nothing()), "bukan tabel"),
    "cut off": (lambda: files.xlsx([files.HEADS, (1, 2, 3)])[:3000], "rusak"),
    "broken rows": (lambda: files.with_part(files.SHEET, b"<worksheet><sheetData><row>"), "rusak"),
    "encoding": (lambda: b"Nama;Jumlah\nCaf\xe9\x81;1\n", "huruf"),
    "half a character": (lambda: "Nama;Jumlah".encode("utf-16") + b"\0", "huruf"),
    "quotes": (lambda: b'a;b\n"' + b"x;y\n" * 50_000, "tanda kutip"),
    "sheets": (lambda: files.xlsx([("a",), (1,)], sheets=3), "3 lembar"),
    "columns": (lambda: files.xlsx([("a",), ("b",) * 61]), "baris 2 berkas ini lebih dari 60 kolom"),
    "last row": (files.last_row_only, "lebih dari 100.000 baris"),
    "bomb": (files.bomb, "terlalu berat"),
    "bomb of text": (files.bomb_of_text, ", lalu unggah lagi."),  # by its memory, wherever that ends
    "text again and again": (files.copies_of_a_text, "terlalu berat"),
    "entities": (files.entities, "rusak"),
    "external entity": (files.external_entity, "rusak"),
}


def zip_of_nothing() -> bytes:
    return b"PK\x05\x06" + bytes(18)


@pytest.mark.parametrize(("make", "told"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_table_is_refused_with_its_reason(make, told):
    with pytest.raises(SheetRefused) as refusal:
        read(make(), "C:\\berkas\\<b>rekening.xlsx")

    assert refusal.value.reason.startswith("<b>rekening.xlsx: ")
    assert told in refusal.value.reason


def test_what_a_file_says_of_its_own_size_is_not_believed():
    assert cells(files.false_dimension()) == [(7,)]


def test_as_many_rows_as_allowed_and_no_more():
    rows = [("a",), *((n,) for n in range(20))]

    assert len(read(files.xlsx(rows), max_rows=20).rows) == 20
    with pytest.raises(SheetRefused, match="lebih dari 19 baris"):
        read(files.xlsx(rows), max_rows=19)
    with pytest.raises(SheetRefused, match="lebih dari 19 baris"):
        read("\n".join(str(row[0]) for row in rows).encode(), max_rows=19)


def test_a_million_rows_with_a_format_only_are_left_out():
    assert cells(files.formatted_rows()) == [("baris 2",), ("baris 3",)]


def test_a_hundred_thousand_rows_are_read_within_the_limits():
    begun = time.perf_counter()
    sheet = read(files.xlsx(files.statement(sheets.MAX_ROWS)))

    assert len(sheet.rows) == sheets.MAX_ROWS
    assert sheet.rows[-1].cells[1] == "REF00099999"
    assert time.perf_counter() - begun < sheets.SECONDS
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 768 * 1024


def test_a_table_is_sent_away_while_enough_others_are_read(monkeypatch):
    def busy(*_: object, **__: object) -> None:
        raise reading.ReadersBusy

    monkeypatch.setattr(reading, "read", busy)
    with pytest.raises(SheetRefused, match="masih banyak berkas lain"):
        read(b"a;b\n")


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(sheets, "SECONDS", 1)
    with pytest.raises(SheetRefused, match="terlalu berat"):
        read(files.formatted_rows())


def test_the_web_process_never_loads_the_reader():
    program = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'balai.settings'; "
        "import balai.wsgi, balai.sheets, finance.urls; "
        "print([name for name in ('openpyxl', 'balai.sheet_reader') if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"
