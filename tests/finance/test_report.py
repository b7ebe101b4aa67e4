"""The monthly report: per kode rekening what the ledger says, to last month, this month and to date."""

import csv
import io
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from balai import clock
from balai.clock import WIB
from balai.models import Office
from balai.months import Month
from finance.books import receipts_book
from finance.models import Target
from finance.report import Sums, month_report, month_ways, percent
from tests.deposited import make_deposit, pay
from tests.factories import make_office, make_order
from tests.print.drawn import squeezed
from tests.print.reading import text

pytestmark = pytest.mark.django_db

ACCOUNT = "4.1.02.02.01.CONTOH"
OCTOBER, NOVEMBER, JANUARY = Month(2026, 10), Month(2026, 11), Month(2027, 1)


def on(day: int, month: int = 11, year: int = 2026):
    return clock.at(datetime(year, month, day, 10, tzinfo=WIB))


@pytest.fixture
def moved(office) -> None:
    """Cash of October, deposited in November; cash of November that stays; a transfer that arrives in December."""
    Target.objects.create(year=2026, account_code=ACCOUNT, name="Pemakaian kekayaan daerah", amount=2_000_000)
    with on(28, 10):
        october = make_order("siap_diambil")
    with on(2):
        make_deposit(october)
        make_order("siap_diambil")
    with on(27):
        pay(make_order("pembayaran"), method="transfer", reference="T-1", settled_on=date(2026, 12, 1))


def test_each_account_has_its_sums_to_last_month_this_month_and_to_date(moved):
    [row] = month_report(NOVEMBER).rows

    assert (row.account, row.name, row.target) == (ACCOUNT, "Pemakaian kekayaan daerah", 2_000_000)
    assert row.before == Sums(620_000, 0, 620_000)
    assert row.now == Sums(1_240_000, 620_000, 620_000)
    assert row.to_date == Sums(1_860_000, 620_000, 1_240_000)
    assert (row.percent, row.remaining) == ("93,0%", 140_000)


def test_the_report_and_the_book_come_to_one_sum(moved):
    for month in (OCTOBER, NOVEMBER, NOVEMBER.next, JANUARY):
        book, total = receipts_book(month), month_report(month).total
        assert (total.now.received, total.now.deposited) == (book.received, book.deposited)
        assert total.to_date.left == book.balance
        ways = month_ways(month)
        assert sum(way.received for way in ways) == book.received
        assert sum(way.deposited for way in ways) == book.deposited
        assert sum(way.left for way in ways) == book.balance


def test_a_new_year_begins_at_nothing_but_what_was_not_deposited(moved):
    report = month_report(JANUARY)

    [row] = report.rows
    assert (row.target, row.before, row.now) == (0, Sums(0, 0, 620_000), Sums(0, 0, 0))
    assert (row.carried, row.percent, row.to_date.left) == (620_000, "", 620_000)
    assert ("Dari tahun lalu belum disetor", 620_000) in report.table.closing


def test_an_account_with_a_target_alone_stands_in_it(office):
    Target.objects.create(year=2026, account_code="4.9", name="Lain", amount=5)

    [row] = month_report(NOVEMBER).rows
    assert (row.account, row.to_date, row.remaining, row.percent) == ("4.9", Sums(0, 0, 0), 5, "0,0%")


@pytest.mark.parametrize(
    ("part", "whole", "said"), [(1, 3, "33,3%"), (3, 3, "100,0%"), (0, 0, ""), (-1, 4, "-25,0%"), (2, 1, "200,0%")]
)
def test_a_part_of_the_target_has_one_decimal(part, whole, said):
    assert percent(part, whole) == said


def test_the_page_says_it_all_and_until_when(moved, as_keuangan):
    with on(28):
        page = as_keuangan.get("/laporan/lpj/").content.decode()
        make_office(report_day=5)
        sooner = as_keuangan.get("/laporan/lpj/").content.decode()
    with on(11, 12):
        late = as_keuangan.get("/laporan/lpj/?bulan=2026-11").content.decode()

    assert "November 2026, sampai 28 Nov 2026 10.00" in page
    assert "10 Des 2026, 12 hari lagi" in page
    assert "5 Des 2026, 7 hari lagi" in sooner
    assert "5 Des 2026, sudah lewat" in late
    assert "Diterima bulan ini: satu juta dua ratus empat puluh ribu rupiah." in page
    assert "1.860.000" in page
    assert Office.objects.get().report_day == 5


@pytest.mark.real_pdf
def test_it_is_printed_with_its_sums_in_words(moved, as_keuangan):
    paper = squeezed(text(as_keuangan.get("/laporan/lpj.pdf?bulan=2026-11").content))

    said = (
        "LAPORAN PERTANGGUNGJAWABAN PENERIMAAN",
        "Pemakaian kekayaan daerah",
        "Jumlah seluruhnya 2.000.000 620.000 0 620.000 1.240.000 620.000 620.000 1.860.000 620.000 1.240.000",
        "# satu juta dua ratus empat puluh ribu rupiah #",
    )
    assert [each for each in said if squeezed(each) not in paper] == []


def test_excel_and_csv_have_the_same_figures(moved, as_keuangan):
    content = b"".join(as_keuangan.get("/laporan/lpj.xlsx?bulan=2026-11").streaming_content)
    *_, row, total = load_workbook(io.BytesIO(content), data_only=True).active.iter_rows(values_only=True)
    listed = b"".join(as_keuangan.get("/laporan/lpj.csv?bulan=2026-11").streaming_content).decode("utf-8-sig")

    assert (
        row[2:12]
        == total[2:12]
        == (2_000_000, 620_000, 0, 620_000, 1_240_000, 620_000, 620_000, 1_860_000, 620_000, 1_240_000)
    )
    assert list(csv.reader(io.StringIO(listed), delimiter=";"))[1][9:12] == ["1860000", "620000", "1240000"]


def test_a_year_is_no_month_of_the_report(moved, as_keuangan):
    assert "Bulan itu tidak ada" in as_keuangan.get("/laporan/lpj/?bulan=2026").content.decode()


def test_the_page_costs_the_same_queries_with_few_rows_and_many(moved, as_keuangan, count_queries):
    few = count_queries(as_keuangan, "/laporan/lpj/?bulan=2026-11")
    with on(28):
        for _ in range(3):
            make_deposit(make_order("siap_diambil"))
    assert count_queries(as_keuangan, "/laporan/lpj/?bulan=2026-11") == few
