"""The books as Excel and CSV: the rows and sums of the screen, and what people typed is only text."""

import csv
import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from balai import clock
from balai.clock import WIB
from balai.months import Month
from finance.books import receipts_book
from orders.books import order_book
from tests.deposited import make_deposit
from tests.factories import make_customer, make_order, take_back

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 10, tzinfo=WIB)
NOVEMBER = Month(2026, 11)
TRAPS = ("=1+1", "+62811", "-2+3", "@SUM(A1)", '=HYPERLINK("http://127.0.0.1:9","klik")')


@pytest.fixture
def books(office):
    """A paid and deposited order, one taken back, one cancelled."""
    with clock.at(FRIDAY):
        make_deposit(make_order("siap_diambil"), sts_number="0044/STS")
        take_back(make_order("siap_diambil"))
        make_order("dibatalkan")


def sheet_of(response) -> list[tuple]:
    content = b"".join(response.streaming_content)
    return [tuple(cell.value for cell in row) for row in load_workbook(io.BytesIO(content), data_only=True).active.rows]


def csv_of(response) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_the_receipts_book_is_the_same_in_excel(books, as_keuangan):
    book = receipts_book(NOVEMBER)

    title, _, head, *rows, total = sheet_of(as_keuangan.get("/buku/penerimaan.xlsx?bulan=2026-11"))

    assert (title[0], len(head)) == ("Buku penerimaan dan penyetoran 2026-11", 11)
    assert [(row[0], row[1] or "", row[6], row[7] or "", row[9]) for row in rows] == [
        (row.place, row.receipt, row.amount, row.sts, row.deposited) for row in book.rows
    ]
    assert rows[0][2].date() == date(2026, 11, 20)
    assert (total[6], total[9]) == (book.received, book.deposited) == (620_000, 620_000)


def test_the_sums_in_excel_are_sums_of_its_rows(books, as_keuangan):
    content = b"".join(as_keuangan.get("/buku/penerimaan.xlsx?bulan=2026-11").streaming_content)

    sheet = load_workbook(io.BytesIO(content)).active

    assert sheet.cell(sheet.max_row, 7).value == f"=SUM(G4:G{sheet.max_row - 1})"


def test_the_order_book_leaves_struck_money_out_in_excel_too(books, as_pelayanan):
    book = order_book(NOVEMBER)

    *_, total = rows = sheet_of(as_pelayanan.get("/buku/pesanan.xlsx?bulan=2026-11"))

    assert [row[2] for row in rows[3:-1]] == [row.number for row in book.rows]
    assert (total[5], total[9], total[10]) == (book.value, book.paid, book.rest)


def test_a_year_is_all_its_months(books, as_keuangan):
    with clock.at(datetime(2026, 3, 2, 9, tzinfo=WIB)):
        make_order("siap_diambil")

    rows = sheet_of(as_keuangan.get("/buku/penerimaan.xlsx?tahun=2026"))
    listed = csv_of(as_keuangan.get("/buku/penerimaan.csv?tahun=2026"))

    assert len(rows) - 4 == len(listed) - 1 == 5
    assert rows[-1][6] == 1_240_000


def test_an_empty_month_is_an_empty_table(office, as_keuangan):
    rows = sheet_of(as_keuangan.get("/buku/penerimaan.xlsx?bulan=2020-01"))

    assert rows[-1][:7] == ("Jumlah", None, None, None, None, None, 0)
    assert len(csv_of(as_keuangan.get("/buku/penerimaan.csv?bulan=2020-01"))) == 1


@pytest.mark.parametrize("trap", TRAPS)
def test_what_people_typed_is_never_a_formula(office, as_keuangan, trap):
    with clock.at(FRIDAY):
        make_order("siap_diambil", customer=make_customer(name=trap).pk)

    content = b"".join(as_keuangan.get("/buku/penerimaan.xlsx?bulan=2026-11").streaming_content)
    cell = load_workbook(io.BytesIO(content)).active["F4"]
    assert (cell.data_type, cell.value[: len(trap)], cell.hyperlink) == ("s", trap, None)
    [_, row] = csv_of(as_keuangan.get("/buku/penerimaan.csv?bulan=2026-11"))
    assert row[5].startswith(f"'{trap}")


def test_a_number_in_csv_stays_a_number(books, as_keuangan):
    amounts = [row[6] for row in csv_of(as_keuangan.get("/buku/penerimaan.csv?bulan=2026-11"))[1:]]

    assert amounts == [str(row.amount) if row.amount is not None else "" for row in receipts_book(NOVEMBER).rows]
    assert "-620000" in amounts
