"""The papers of a closed month: the book and the report as they then were. Their looks are in templates/print."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from balai import registers
from balai.formats import angka
from balai.models import User
from balai.months import Month
from finance.books import ReceiptsBook, Row
from finance.register import ReceiptsRegister, TableSheets, receipts_register, table_register
from finance.report import Report


class ClosedBook(ReceiptsRegister):
    """The buku penerimaan of a month; rupiah. `by_day`: it is too long for paper, and its days are printed instead.

    `count` rows are in the Excel file with this hash.
    """

    period: str
    year: int
    received: int
    by_day: bool
    count: int
    excel_sha256: str
    closed_by: str


class ClosedReport(TableSheets):
    """The laporan pertanggungjawaban of a month; its columns are those of the template."""

    period: str
    year: int
    received: int
    closed_by: str


@dataclass(frozen=True)
class Frozen:
    """What both papers say of the closing itself."""

    month: Month
    received: int
    by: User

    @property
    def body(self) -> dict:
        return {
            "period": self.month.label,
            "year": self.month.year,
            "received": self.received,
            "closed_by": self.by.full_name,
        }


def closed_book(book: ReceiptsBook, excel_sha256: str, by: User) -> ClosedBook:
    """Each row of the month on paper, or each day where there are too many rows for that."""
    by_day = len(book.rows) > registers.MAX_ROWS
    rows = list(_days(book.rows)) if by_day else book.rows
    said = {"by_day": by_day, "count": len(book.rows), "excel_sha256": excel_sha256}
    return receipts_register(book, rows) | said | Frozen(book.month, book.received, by).body


def closed_report(report: Report, by: User) -> ClosedReport:
    """Each kode rekening of the month."""
    sheets = {key: value for key, value in table_register(report.table).items() if key != "columns"}
    return sheets | Frozen(report.month, report.total.now.received, by).body


def _days(rows: Iterable[Row]) -> Iterable[Row]:
    for place, (day, of_day) in enumerate(groupby(_dated(rows), key=lambda dated: dated[0]), start=1):
        here = [row for _, row in of_day]
        received, deposited = (sum(getattr(row, name) or 0 for row in here) for name in ("amount", "deposited"))
        text = f"Jumlah hari ini, {angka(sum(bool(row.place) for row in here))} transaksi"
        yield Row(place, "", day, "", "", text, received, "", "", "", day if deposited else None, deposited or None)


def _dated(rows: Iterable[Row]) -> Iterable[tuple]:
    """Each row with the day of its transaction."""
    for row in rows:
        yield row.on or row.deposited_on, row
