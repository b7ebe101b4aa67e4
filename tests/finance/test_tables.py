"""The books that are plain tables: their rows and sums are those of the ledger, on screen, on paper and as files."""

import csv
import io
from datetime import date, datetime

import pytest
from django.db.models import Sum
from openpyxl import load_workbook

from balai import clock, registers
from balai.clock import WIB
from balai.months import Days, Month, Year, parse_period
from finance import books
from finance.books import day_parts, receipts_book
from finance.daily import daily_recap
from finance.models import PaymentLine
from finance.stsregister import deposits_register
from finance.subsidiary import subsidiary_book
from finance.sums import deposited_by_account, received_by_account
from tests.deposited import make_deposit, pay
from tests.factories import fresh, make_customer, make_order, take_back
from tests.print.drawn import squeezed
from tests.print.reading import text

pytestmark = pytest.mark.django_db

ACCOUNT = "4.1.02.02.01.CONTOH"
NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
ADDRESSES = ("/buku/pembantu", "/buku/harian", "/buku/setoran")


def on(day: int, month: int = 11, hour: int = 10):
    return clock.at(datetime(2026, month, day, hour, tzinfo=WIB))


@pytest.fixture
def moved(office) -> None:
    """Cash of the 2nd, deposited on the 4th; one of the 4th taken back; a transfer that is there on 1 December."""
    with on(2):
        cash = make_order("siap_diambil")
    with on(4):
        make_deposit(cash, sts_number="0044/STS")
        back = make_order("siap_diambil")
    with on(5):
        take_back(fresh(back))
    with on(26):
        pay(make_order("pembayaran"), method="transfer", reference="T-1", settled_on=date(2026, 12, 1))


def test_the_subsidiary_book_leads_its_balance_from_row_to_row(moved):
    november, december = subsidiary_book(NOVEMBER, ACCOUNT), subsidiary_book(DECEMBER, ACCOUNT)

    assert [(row[1].day, row[4], row[5], row[6]) for row in november.rows] == [
        (2, 620_000, None, 620_000),
        (4, 620_000, None, 1_240_000),
        (4, None, 620_000, 620_000),
        (5, -620_000, None, 0),
        (26, 620_000, None, 620_000),
    ]
    assert november.rows[2][2:4] == ("0044/STS", "Setor ke kas daerah")
    assert november.rows[3][3].startswith("Pembatalan bukti ")
    assert november.totals == ["1.240.000", "620.000", ""]
    assert december.closing == (("Belum disetor sebelumnya", 620_000), ("Belum disetor pada akhir masa ini", 0))
    [row] = december.rows
    assert (row[1], row[5]) == (date(2026, 12, 1), 620_000)
    assert row[3].startswith("Masuk kas daerah, bukti ")


def test_another_account_has_none_of_it(moved):
    assert subsidiary_book(NOVEMBER, "4.9").rows == []


def test_a_year_is_its_months(moved):
    year = subsidiary_book(Year(2026), ACCOUNT)

    assert len(year.rows) == 6
    assert year.totals == ["1.240.000", "1.240.000", ""]


def test_each_day_says_by_what_it_was_paid_and_what_is_left(moved):
    table = daily_recap(NOVEMBER)

    assert [column.title for column in table.columns[2:7]] == [
        "Tunai",
        "QRIS",
        "Transfer bank",
        "Virtual account",
        ACCOUNT,
    ]
    assert [(row[0].day, row[1], row[2], row[4], row[6], *row[7:]) for row in table.rows] == [
        (2, 1, 620_000, 0, 620_000, 620_000, 0, 620_000),
        (4, 1, 620_000, 0, 620_000, 620_000, 620_000, 620_000),
        (5, 0, -620_000, 0, -620_000, -620_000, 0, 0),
        (26, 1, 0, 620_000, 620_000, 620_000, 0, 620_000),
    ]
    assert table.closing[-1] == ("Belum disetor pada akhir masa ini", 620_000)
    assert [(row[0], row[-2]) for row in daily_recap(DECEMBER).rows] == [(date(2026, 12, 1), 620_000)]


def test_all_books_come_to_one_sum(moved):
    for period in (NOVEMBER, DECEMBER):
        book = receipts_book(period)
        daily, account = daily_recap(period), subsidiary_book(period, ACCOUNT)
        assert daily.closing[-1][1] == account.closing[-1][1] == book.balance
        assert sum(received_by_account(period).values()) == book.received == sum(row.amount or 0 for row in book.rows)
        assert sum(deposited_by_account(period).values()) == book.deposited
        assert book.deposited == sum(row.deposited or 0 for row in book.rows)
    lines = PaymentLine.objects.aggregate(sum=Sum("amount"))["sum"]
    assert lines == receipts_book(NOVEMBER).received + receipts_book(DECEMBER).received == 1_240_000


def test_money_that_was_there_before_it_was_written_down_counts_in_the_open_month(office):
    """What is past stays as it was printed."""
    with on(1, 12):
        pay(make_order("pembayaran"), method="transfer", reference="T-9", settled_on=date(2026, 11, 30))

    november, december = receipts_book(NOVEMBER), receipts_book(DECEMBER)

    assert (november.rows, november.deposited) == ([], 0)
    [row] = december.rows
    assert (row.deposited_on, row.deposited, december.balance) == (date(2026, 11, 30), 620_000, 0)
    assert subsidiary_book(NOVEMBER, ACCOUNT).rows == daily_recap(NOVEMBER).rows == []
    assert [row[6] for row in subsidiary_book(DECEMBER, ACCOUNT).rows] == [0]
    assert daily_recap(DECEMBER).rows[0][0] == date(2026, 12, 1)


def test_the_register_of_one_account_has_its_deposits_only(moved):
    assert [row[1] for row in deposits_register(NOVEMBER, ACCOUNT).rows] == ["0044/STS"]
    assert deposits_register(NOVEMBER, "4.9").rows == []


def test_the_days_of_the_book_are_never_cut_in_two(moved, monkeypatch):
    monkeypatch.setattr(books, "PER_PAGE", 2)

    parts = day_parts(NOVEMBER)

    assert parts == [
        Days(date(2026, 11, 1), date(2026, 11, 3)),
        Days(date(2026, 11, 4), date(2026, 11, 4)),
        Days(date(2026, 11, 5), date(2026, 11, 30)),
    ]
    assert [part.label for part in parts] == ["1 sampai 3 Nov", "4 Nov", "5 sampai 30 Nov"]
    whole = receipts_book(NOVEMBER)
    paged = [receipts_book(NOVEMBER, part) for part in parts]
    assert [row for book in paged for row in book.rows] == whole.rows
    assert {(book.received, book.deposited, book.before, book.balance) for book in paged} == {
        (whole.received, whole.deposited, whole.before, whole.balance)
    }


def test_the_pages_of_a_month_are_turned(moved, as_keuangan, monkeypatch):
    monkeypatch.setattr(books, "PER_PAGE", 2)

    page = as_keuangan.get("/buku/penerimaan/?bulan=2026-11&halaman=2").content.decode()

    assert "Halaman 2 dari 3: 4 Nov" in page
    assert 'href="?bulan=2026-11&amp;halaman=3"' in page
    assert "0044/<wbr>STS" in page


def test_screen_paper_excel_and_csv_have_the_same_rows(moved, as_keuangan):
    for address, read in zip(
        ADDRESSES, (lambda m: subsidiary_book(m, ACCOUNT), daily_recap, deposits_register), strict=True
    ):
        table = read(NOVEMBER)
        query = f"?bulan=2026-11&rekening={ACCOUNT}"
        content = b"".join(as_keuangan.get(f"{address}.xlsx{query}").streaming_content)
        rows = list(load_workbook(io.BytesIO(content), data_only=True).active.iter_rows(min_row=4, values_only=True))
        assert len(rows) == len(table.rows) + 1
        sums = [cell for cell, column in zip(rows[-1], table.columns, strict=True) if column.summed]
        assert sums == [sum(column) for column in zip(*map(table.money, table.rows), strict=True)]
        listed = b"".join(as_keuangan.get(f"{address}.csv{query}").streaming_content).decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(listed), delimiter=";"))) == len(table.rows) + 1
        screen = as_keuangan.get(f"{address}/{query}").content.decode()
        assert all(total in screen for total in table.totals)


@pytest.mark.real_pdf
def test_each_is_printed_with_its_sums_and_its_balance_in_words(moved, as_keuangan):
    sayings = (
        ("BUKU PEMBANTU PER REKENING", f"KODE REKENING {ACCOUNT}", "Jumlah seluruhnya 1.240.000 620.000"),
        ("REKAPITULASI PENERIMAAN HARIAN", "# enam ratus dua puluh ribu rupiah #", "Periode: November 2026"),
        ("REGISTER STS", "0044/STS", "Jumlah seluruhnya 620.000"),
    )
    for address, said in zip(ADDRESSES, sayings, strict=True):
        paper = squeezed(text(as_keuangan.get(f"{address}.pdf?bulan=2026-11&rekening={ACCOUNT}").content))
        assert [each for each in said if squeezed(each) not in paper] == []


def test_a_table_too_long_for_paper_leads_back_with_what_was_asked(moved, as_keuangan, monkeypatch):
    monkeypatch.setattr(registers, "MAX_ROWS", 1)
    query = f"rekening={ACCOUNT}&bulan=2026"

    response = as_keuangan.get(f"/buku/pembantu.pdf?{query}", follow=True)

    assert response.redirect_chain == [(f"/buku/pembantu/?{query}", 302)]
    assert "Tahun 2026 berisi 6 baris" in response.content.decode()


@pytest.mark.parametrize("bulan", ["2026-13", "20", "2026-11-01", "\x00"])
def test_a_period_that_is_none_is_said(moved, as_keuangan, bulan):
    for address in ADDRESSES:
        assert "Bulan itu tidak ada" in as_keuangan.get(f"{address}/", {"bulan": bulan}).content.decode()


def test_an_unknown_account_is_the_first_that_there_is(moved, as_keuangan):
    assert f"Kode rekening {ACCOUNT}" in as_keuangan.get("/buku/pembantu/?rekening=9.9").content.decode()


def test_what_people_typed_is_never_a_formula(office, as_keuangan):
    with on(2):
        order = make_order("siap_diambil", customer=make_customer(name="=1+1").pk)
        make_deposit(order, sts_number="=2+2", depositor="@SUM(A1)")

    for address in ADDRESSES[::2]:
        listed = b"".join(as_keuangan.get(f"{address}.csv?bulan=2026-11").streaming_content).decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(listed), delimiter=";") for cell in row]
        assert not [cell for cell in cells if cell[:1] in "=+@" and cell]
        content = b"".join(as_keuangan.get(f"{address}.xlsx?bulan=2026-11").streaming_content)
        *rows, _ = load_workbook(io.BytesIO(content)).active.iter_rows(min_row=4)
        assert {cell.data_type for row in rows for cell in row} <= {"n", "s", "d"}


def test_tables_cost_the_same_queries_with_few_rows_and_many(moved, as_keuangan, count_queries):
    urls = [f"{address}/?bulan=2026-11" for address in (*ADDRESSES, "/buku/penerimaan")]
    few = [count_queries(as_keuangan, url) for url in urls]
    with on(9):
        for number in range(4):
            pay(make_order("pembayaran"), method="qris", reference=f"Q-{number}", settled_on=date(2026, 11, 10))
            make_deposit(make_order("siap_diambil"))

    assert [count_queries(as_keuangan, url) for url in urls] == few


def test_a_period_is_a_month_or_a_year():
    assert (parse_period("2026"), parse_period("2026-11")) == (Year(2026), NOVEMBER)
    assert (Year(2026).start, Year(2026).end) == (Month(2026, 1).start, Month(2027, 1).start)
