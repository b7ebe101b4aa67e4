"""The buku penerimaan of one way of paying: its rows keep their numbers, and the ways together are the whole book."""

from datetime import date, datetime

import pytest

from balai import clock
from balai.clock import WIB
from balai.months import Month
from finance import books
from finance.books import day_parts, receipts_book
from finance.models import Payment
from finance.report import month_ways
from tests.deposited import make_deposit, pay
from tests.factories import fresh, make_order, take_back
from tests.finance.test_exports import csv_of, sheet_of
from tests.print.drawn import squeezed
from tests.print.reading import text

pytestmark = pytest.mark.django_db

NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
WAYS = Payment.Method.values


def on(day: int, month: int = 11):
    return clock.at(datetime(2026, month, day, 10, tzinfo=WIB))


@pytest.fixture
def moved(office) -> None:
    """Each way of paying in November: cash of which one is deposited, QRIS taken back, money that comes in December."""
    with on(2):
        cash = make_order("siap_diambil")
        back = pay(make_order("pembayaran"), method="qris", reference="QR-1", settled_on=date(2026, 11, 2))
    with on(4):
        make_deposit(cash, sts_number="0044/STS")
        make_order("siap_diambil")
        pay(make_order("pembayaran"), method="qris", reference="QR-2", settled_on=date(2026, 11, 5))
    with on(6):
        take_back(fresh(back))
    with on(26):
        pay(make_order("pembayaran"), method="transfer", reference="T-1", settled_on=date(2026, 12, 1))
        pay(make_order("pembayaran"), method="va", reference="V-1", settled_on=date(2026, 11, 26))


def test_a_way_has_its_own_rows_under_the_numbers_of_the_book(moved):
    cash, qris, transfer, _ = (receipts_book(NOVEMBER, way=way) for way in WAYS)
    whole = receipts_book(NOVEMBER)

    assert [(row.place, row.amount, row.deposited) for row in cash.rows] == [
        (1, 620_000, None),
        (3, 620_000, None),
        (5, None, 620_000),
    ]
    assert [(row.place, row.amount, row.css) for row in qris.rows] == [
        (2, 620_000, "void"),
        (4, 620_000, ""),
        (6, -620_000, "counter"),
    ]
    assert [row.place for row in transfer.rows] == [7]
    parts = [row for way in WAYS for row in receipts_book(NOVEMBER, way=way).rows]
    assert sorted(parts, key=lambda row: row.place) == whole.rows


@pytest.mark.parametrize("month", [NOVEMBER, DECEMBER])
def test_the_sums_of_all_ways_are_those_of_the_book(moved, month):
    with on(2, 12):
        make_deposit(make_order("siap_diambil"))
    whole, parts = receipts_book(month), [receipts_book(month, way=way) for way in WAYS]

    for name in ("received", "deposited", "before", "balance"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name), name
    for part, way in zip(parts, month_ways(month), strict=True):
        rows = (sum(row.amount or 0 for row in part.rows), sum(row.deposited or 0 for row in part.rows))
        assert rows == (part.received, part.deposited) == (way.received, way.deposited)
        assert part.balance == way.left


def test_the_money_of_a_transfer_that_came_later_is_among_transfers(moved):
    [row] = receipts_book(DECEMBER, way="transfer").rows

    assert (row.place, row.deposited) == (1, 620_000)
    assert receipts_book(DECEMBER, way="qris").rows == []


def test_its_days_turn_page_by_page(moved, monkeypatch):
    monkeypatch.setattr(books, "PER_PAGE", 1)

    parts = day_parts(NOVEMBER, "qris")

    assert len(parts) == 3
    paged = [row for part in parts for row in receipts_book(NOVEMBER, part, "qris").rows]
    assert paged == receipts_book(NOVEMBER, way="qris").rows
    assert len(day_parts(NOVEMBER, "tunai")) == 2


def test_the_page_is_narrowed_and_says_so(moved, as_keuangan):
    page = as_keuangan.get("/buku/penerimaan/?bulan=2026-11&cara=qris").content.decode()

    assert "November 2026 · hanya QRIS" in page
    assert '<option value="qris" selected>QRIS</option>' in page
    assert ("QR-2" in page, "T-1" in page, "0044/<wbr>STS" in page) == (True, False, False)
    assert "Jumlah November 2026, QRIS" in page
    for link in ("/buku/penerimaan.xlsx?bulan=2026-11&amp;cara=qris", "?bulan=2026-10&amp;cara=qris"):
        assert f'href="{link}"' in page
    assert 'href="/buku/penerimaan.pdf?bulan=2026-11"' in page


def test_a_way_that_is_none_shows_all(moved, as_keuangan):
    page = as_keuangan.get("/buku/penerimaan/?bulan=2026-11&cara=saham").content.decode()

    assert all(said in page for said in ("QR-2", "T-1", "V-1", "0044/<wbr>STS"))
    assert "hanya" not in page.partition("<table")[0]


def test_a_way_without_money_says_so(office, as_keuangan):
    page = as_keuangan.get("/buku/penerimaan/?bulan=2026-11&cara=va").content.decode()

    assert "Belum ada penerimaan lewat Virtual account pada November 2026" in page


def test_excel_and_csv_are_of_that_way_with_its_sums(moved, as_keuangan):
    excel = as_keuangan.get("/buku/penerimaan.xlsx?bulan=2026-11&cara=tunai")
    assert 'filename="buku-penerimaan-2026-11-tunai.xlsx"' in excel["Content-Disposition"]
    title, _, _, *rows, total = sheet_of(excel)
    assert title[0] == "Buku penerimaan dan penyetoran 2026-11, Tunai"
    assert [row[0] for row in rows] == [1, 3, 5]
    assert (total[6], total[9]) == (1_240_000, 620_000)

    listed = as_keuangan.get("/buku/penerimaan.csv?tahun=2026&cara=transfer")
    assert 'filename="buku-penerimaan-2026-transfer.csv"' in listed["Content-Disposition"]
    assert [(row[0], row[6], row[9]) for row in csv_of(listed)[1:]] == [("7", "620000", ""), ("1", "", "620000")]


@pytest.mark.real_pdf
def test_the_printed_book_is_always_whole(moved, as_keuangan):
    printed = squeezed(text(as_keuangan.get("/buku/penerimaan.pdf?bulan=2026-11&cara=qris").content))

    assert all(squeezed(said) in printed for said in ("Kas bendahara", "Bank, QRIS", "Bank, transfer", "Bank, VA"))


def test_a_way_costs_the_same_queries_with_few_rows_and_many(moved, as_keuangan, count_queries):
    urls = [f"/buku/penerimaan/?bulan=2026-11&cara={way}" for way in ("tunai", "qris")]
    few = [count_queries(as_keuangan, url) for url in urls]
    with on(27):
        for number in range(4):
            make_order("siap_diambil")
            pay(make_order("pembayaran"), method="qris", reference=f"Q-{number}", settled_on=date(2026, 11, 27))

    assert [count_queries(as_keuangan, url) for url in urls] == few
    assert max(few) <= count_queries(as_keuangan, "/buku/penerimaan/?bulan=2026-11")
