"""The papers of a closed month: the book and the report as they then were. Their looks are in templates/print."""

from dataclasses import dataclass

from balai.models import User
from balai.months import Month
from finance.books import ReceiptsBook
from finance.register import ReceiptsRegister, TableSheets, receipts_register, table_register
from finance.report import Report


class ClosedBook(ReceiptsRegister):
    """The buku penerimaan of a month; rupiah. All its rows are in the Excel file with this hash."""

    period: str
    year: int
    received: int
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
    """The month as it is printed, and the hash of its Excel file."""
    return receipts_register(book) | {"excel_sha256": excel_sha256} | Frozen(book.month, book.received, by).body


def closed_report(report: Report, by: User) -> ClosedReport:
    """Each kode rekening of the month."""
    sheets = {key: value for key, value in table_register(report.table).items() if key != "columns"}
    return sheets | Frozen(report.month, report.total.now.received, by).body
