"""The buku pesanan as a table for other programs: the rows of the screen. Struck money is left out, as in its sums."""

from collections.abc import Iterable, Iterator

from balai.months import Month
from balai.tables import Cell, Column
from orders.books import order_book

COLUMNS = (
    Column("No", 6),
    Column("Tanggal", 12),
    Column("No Surat Pesanan", 20),
    Column("Pemesan", 32),
    Column("Uraian pekerjaan", 48),
    Column("Nilai (Rp)", 16, summed=True),
    Column("Janji selesai", 13),
    Column("Selesai", 12),
    Column("No Bukti", 20),
    Column("Dibayar (Rp)", 16, summed=True),
    Column("Sisa (Rp)", 16, summed=True),
    Column("Keterangan", 40),
)


def order_rows(months: Iterable[Month]) -> Iterator[tuple[Cell, ...]]:
    """The rows of these months, one month in memory at a time."""
    for month in months:
        for row in order_book(month).rows:
            value = row.value if row.counts else None
            head = (row.place, row.on, row.number, row.customer, row.work, value, row.promised_on, row.finished_on)
            yield (*head, row.receipt, row.paid, row.rest, row.note)
