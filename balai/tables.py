"""A book as a table: what a page and a sheet of it show, and Excel and CSV for other programs, written row by row.

What people typed stays text in both.
"""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.http import FileResponse, StreamingHttpResponse
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from balai.formats import angka, tanggal

Cell = str | int | date | None

# An Indonesian Excel reads a comma as the sign of decimals, so it expects semicolons between the cells.
DELIMITER = ";"
# A spreadsheet takes a text that begins so for a formula, which may do anything; an apostrophe makes it text.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
AS_TYPED = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True)
class Column:
    """A column's head and width in letters; the rupiah of one with `summed` come to a total under the last row.

    `number` puts what is no sum to the right as well.
    """

    title: str
    width: int
    summed: bool = False
    number: bool = False

    @property
    def is_number(self) -> bool:
        return self.summed or self.number


@dataclass(frozen=True)
class Table:
    """A book ready to be read: on screen, as sheets, in Excel and as CSV it is this one table.

    `closing` says below the last row what it comes to (rupiah), the last of them also in words. `links` are the
    addresses that the second column leads to on screen, row by row, where there are any.
    """

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    closing: tuple[tuple[str, int], ...] = ()
    links: Sequence[str] = ()

    @property
    def lead(self) -> int:
        """How many columns stand before the first one with a sum: the label of the sums spans them."""
        return next((place for place, column in enumerate(self.columns) if column.summed), len(self.columns))

    def money(self, row: Sequence[Cell]) -> list[int]:
        """The rupiah of a row that count in each column with a sum."""
        return [cell or 0 for cell, column in zip(row, self.columns, strict=True) if column.summed]

    @property
    def totals(self) -> list[str]:
        """The sums as they stand under the columns after `lead`, empty where a column has none."""
        sums = [sum(column) for column in zip(*map(self.money, self.rows), strict=True)]
        return self.under(sums or [0] * len(self.money(self.columns)))

    def under(self, sums: Sequence[int]) -> list[str]:
        """These sums, placed so."""
        left = iter(sums)
        return [angka(next(left)) if column.summed else "" for column in self.columns[self.lead :]]


def excel_response(name: str, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    """The table as an Excel file. Memory stays the same however many rows there are."""
    return _excel(name, lambda book: _fill(book, title, columns, rows))


def list_response(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    """A list as an Excel file that can be brought back: heads in the first row, and nothing but rows below."""
    return _excel(name, lambda book: _write_table(book, book.add_worksheet("Daftar"), 0, columns, rows))


def write_excel(file: IO[bytes], title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    """Write the table as an Excel file into `file`."""
    _write(file, lambda book: _fill(book, title, columns, rows))


def _write(file: IO[bytes], fill: Callable[[Workbook], object]) -> None:
    with Workbook(file, {"constant_memory": True, **AS_TYPED}) as book:
        fill(book)


def _excel(name: str, fill: Callable[[Workbook], object]) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115  the response closes it
    _write(file, fill)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=EXCEL)
    response["Cache-Control"] = "private, no-store"
    return response


def csv_response(name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """The table as CSV in UTF-8 with its mark, which Excel needs to read it right."""
    response = StreamingHttpResponse(_csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def shown(row: Sequence[Cell]) -> list[str]:
    """The cells as people read them."""
    return [_text(cell) for cell in row]


def _text(cell: Cell) -> str:
    if isinstance(cell, date):
        return tanggal(cell)
    return angka(cell) if isinstance(cell, int) else cell or ""


def inert(cell: Cell) -> Cell:
    """The cell as CSV may hold it: a text that looks like a formula is kept from being one."""
    if isinstance(cell, str) and cell.startswith(FORMULA_SIGNS):
        return f"'{cell}"
    return cell


def _fill(book: Workbook, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> None:
    bold, total = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0", "bold": True})
    sheet = book.add_worksheet("Buku")
    sheet.write_string(0, 0, title, bold)
    last, sums = _write_table(book, sheet, 2, columns, rows)
    sheet.write_string(last + 1, 0, "Jumlah", bold)
    for place, column in enumerate(columns):
        if column.summed:
            letter = chr(ord("A") + place)
            formula = f"=SUM({letter}4:{letter}{last + 1})" if last > 2 else "=0"
            sheet.write_formula(last + 1, place, formula, total, sums[place])


def _write_table(
    book: Workbook, sheet: Worksheet, top: int, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
) -> tuple[int, list[int]]:
    """Heads in line `top` and the rows below; returns the last line and what each column comes to."""
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd-mm-yyyy", "align": "left"})
    money = book.add_format({"num_format": "#,##0"})
    sheet.freeze_panes(top + 1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(top, place, column.title, head)
    sums, line = [0] * len(columns), top
    for line, row in enumerate(rows, start=top + 1):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(line, place, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(line, place, cell, money)
                sums[place] += cell
            elif cell:
                sheet.write_string(line, place, cell)
    return line, sums


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _csv_lines(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=DELIMITER)
    yield "\ufeff" + writer.writerow([column.title for column in columns])
    for row in rows:
        yield writer.writerow([inert(cell) for cell in row])
