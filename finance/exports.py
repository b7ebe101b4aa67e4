"""The buku penerimaan dan penyetoran as a table for other programs: its 11 columns, the rows of the screen."""

from collections.abc import Iterable, Iterator

from balai.months import Month
from balai.tables import Cell, Column
from finance.books import ReceiptsBook, Row, receipts_book

COLUMNS = (
    Column("No", 6),
    Column("No Bukti", 20),
    Column("Tanggal", 12),
    Column("Cara pembayaran", 16),
    Column("Kode rekening", 22),
    Column("Uraian", 48),
    Column("Penerimaan (Rp)", 16, summed=True),
    Column("No STS", 20),
    Column("Tanggal setor", 13),
    Column("Penyetoran (Rp)", 16, summed=True),
    Column("Keterangan", 40),
)


def receipts_rows(months: Iterable[Month], way: str = "") -> Iterator[tuple[Cell, ...]]:
    """The rows of these months, only those of one way of paying when asked; one month in memory at a time."""
    for month in months:
        yield from book_rows(receipts_book(month, way=way))


def book_rows(book: ReceiptsBook) -> Iterator[tuple[Cell, ...]]:
    """The rows of one month."""
    return map(_cells, book.rows)


def _cells(row: Row) -> tuple[Cell, ...]:
    return (
        row.place,
        row.receipt,
        row.on,
        row.way,
        row.account,
        row.text,
        row.amount,
        row.sts,
        row.deposited_on,
        row.deposited,
        row.note,
    )
