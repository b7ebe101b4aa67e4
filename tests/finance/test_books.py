"""Both books on screen: every number has its row, sums are those of the ledger and of the papers."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from balai import clock
from balai.months import Month, choices
from finance.books import receipts_book
from finance.ledger import record_payment
from finance.models import Payment
from orders.books import order_book
from orders.pricing import LineData
from tests.copies import copies_of
from tests.factories import act, clerk, estimate_data, fresh, intent, make_order, make_tariffs, payment_data, take_back

pytestmark = pytest.mark.django_db

OCTOBER = datetime(2026, 10, 14, 3, 0, tzinfo=UTC)
NOVEMBER = datetime(2026, 11, 11, 3, 0, tzinfo=UTC)


def in_november(work, *args, **more):
    with clock.at(NOVEMBER):
        return work(*args, **more)


def in_october(work, *args, **more):
    with clock.at(OCTOBER):
        return work(*args, **more)


@pytest.fixture(autouse=True)
def _office(office):
    """All tests need it."""


def test_a_month_lies_between_two_midnights_of_the_office():
    november = Month(2026, 11)

    assert str(november.start) == "2026-11-01 00:00:00+07:00"
    assert (november.end, november.label) == (Month(2026, 12).start, "November 2026")
    assert (Month(2026, 12).next, Month(2026, 1).previous) == (Month(2027, 1), Month(2025, 12))
    assert [str(m) for m in choices(november.start.date(), Month(2020, 2), back=1)] == ["2026-11", "2026-10", "2020-02"]
    for text in ("2026-13", "26-11", "2026-11 ", "besok", "2026-1"):
        with pytest.raises(ValueError, match="Not a month"):
            Month.parse(text)


def test_the_order_book_says_of_each_letter_what_the_paper_says():
    waits = in_november(make_order, "produksi")
    owes = in_november(make_order, "pembayaran")
    done = in_november(make_order, "selesai")

    book = order_book(Month(2026, 11))

    assert [row.place for row in book.rows] == [1, 2, 3]
    assert [row.order_id for row in book.rows] == [waits.pk, owes.pk, done.pk]
    assert [row.note for row in book.rows] == ["Dikerjakan", "Piutang", "Diserahkan"]
    assert [(row.paid, row.rest) for row in book.rows] == [(0, 620_000), (0, 620_000), (620_000, 0)]
    last = book.rows[2]
    letter = done.papers.get(document__kind="surat_pesanan").document
    assert (last.number, last.value, last.promised_on) == (
        letter.printed_number,
        letter.payload["body"]["total"],
        done.estimate.finish_on,
    )
    assert last.receipt == Payment.objects.get().receipt.printed_number
    assert (book.value, book.paid, book.rest) == (1_860_000, 620_000, 1_240_000)


def test_a_cancelled_and_a_replaced_letter_keep_their_rows_and_leave_the_sums():
    in_november(make_order, "dibatalkan")
    changed = in_november(make_order, "produksi", open_change=True)
    changed = in_november(act, "agree_change", changed)

    cancelled, former, current = order_book(Month(2026, 11)).rows

    assert cancelled.note == "BATAL 11 Nov 2026: Pelanggan mundur."
    assert former.note == f"Diganti perubahan ke-1, {current.number}"
    assert current.note == f"Perubahan ke-1 atas {former.number}; Dikerjakan"
    assert [row.counts for row in (cancelled, former, current)] == [False, False, True]
    assert (cancelled.paid, former.rest) == (None, None)
    book = order_book(Month(2026, 11))
    assert (book.value, book.rest) == (current.value, current.value)


def test_a_reversed_payment_is_owed_again_in_the_order_book():
    in_november(take_back, in_november(make_order, "siap_diambil"))

    (row,) = order_book(Month(2026, 11)).rows
    assert (row.receipt, row.paid, row.rest, row.note) == ("", 0, 620_000, "Piutang")


def test_a_letter_stands_in_the_month_of_its_own_date():
    in_october(make_order, "pesanan")

    assert (len(order_book(Month(2026, 10)).rows), len(order_book(Month(2026, 11)).rows)) == (1, 0)


def test_the_last_minute_of_a_month_counts_in_wib():
    with clock.at(datetime(2026, 10, 31, 17, 0, tzinfo=UTC)):  # 1 November, 00.00 WIB
        make_order("siap_diambil")

    assert [len(order_book(Month(2026, n)).rows) for n in (10, 11)] == [0, 1]
    assert [len(receipts_book(Month(2026, n)).rows) for n in (10, 11)] == [0, 1]


def test_the_receipts_book_numbers_transactions_and_splits_them_by_account():
    bubut = make_tariffs()[0]
    lines = (
        LineData("jasa", Decimal(2), tariff_id=bubut.pk),
        LineData("bahan_balai", Decimal(24), "Baja", unit="kg", price=22_000, price_source="Nota"),
    )
    order = in_november(make_order, "pembayaran", estimate=estimate_data(lines=lines, starts_on=NOVEMBER.date()))
    in_november(
        record_payment,
        order.pk,
        intent(clerk("keuangan"), order),
        payment_data(order, method="qris", reference="QR-9", settled_on=NOVEMBER.date()),
    )
    in_november(make_order, "siap_diambil")

    book = receipts_book(Month(2026, 11))

    assert [row.place for row in book.rows] == [1, None, 2]
    assert [row.amount for row in book.rows] == [90_000, 528_000, 620_000]
    assert [row.way for row in book.rows] == ["Bank, QRIS", "Bank, QRIS", "Kas bendahara"]
    assert [row.note for row in book.rows] == ["QR-9", "", "Belum disetor"]
    assert book.ways == {"Tunai": 620_000, "QRIS": 618_000, "Transfer bank": 0, "Virtual account": 0}
    assert book.received == sum(Payment.objects.values_list("amount", flat=True)) == 1_238_000


def test_a_reversal_is_a_row_against_the_struck_one():
    order = in_october(make_order, "siap_diambil")
    in_november(take_back, fresh(order))

    october, november = receipts_book(Month(2026, 10)), receipts_book(Month(2026, 11))

    (struck,), (counter,) = october.rows, november.rows
    assert (struck.css, struck.amount, struck.note) == ("void", 620_000, "BATAL 11 Nov 2026: Salah pesanan.")
    assert (counter.css, counter.amount, counter.place) == ("counter", -620_000, 1)
    assert counter.text == f"Pembatalan bukti {struck.receipt}"
    assert counter.note == f"Dibatalkan {clerk('pimpinan').full_name}"
    assert (october.received, november.received) == (620_000, -620_000)
    assert (november.before, november.balance) == (620_000, 0)


def test_the_balance_is_brought_forward():
    in_october(make_order, "siap_diambil")
    in_november(make_order, "siap_diambil")

    book = receipts_book(Month(2026, 11))

    assert (book.before, book.received, book.balance) == (620_000, 620_000, 1_240_000)


def test_bill_paper_and_both_books_agree():
    order = in_november(make_order, "siap_diambil")
    month = Month(2026, 11)

    letter = order.papers.get(document__kind="surat_pesanan").document
    receipt = order.papers.get(document__kind="bukti_pembayaran").document

    assert (
        sum(line.amount for line in order.estimate.lines.all())
        == order.estimate.total
        == letter.payload["body"]["total"]
        == receipt.payload["body"]["amount"]
        == receipts_book(month).received
        == order_book(month).paid
        == 620_000
    )


def test_the_pages_show_the_month_that_is_asked_for(as_pimpinan):
    in_october(make_order, "siap_diambil")

    for book in ("pesanan", "penerimaan"):
        october = as_pimpinan.get(f"/buku/{book}/?bulan=2026-10").content.decode()
        november = as_pimpinan.get(f"/buku/{book}/?bulan=2026-11").content.decode()
        assert "Jumlah Oktober 2026" in october
        assert "620.000" in october
        assert "Belum ada" in november
    assert "enam ratus dua puluh ribu rupiah" in as_pimpinan.get("/buku/penerimaan/?bulan=2026-11").content.decode()


@pytest.mark.parametrize("bulan", ["2026-13", "kemarin", "2026-00", "9999-01", "\x00"])
def test_a_month_that_is_none_is_said_and_this_month_shown(as_pimpinan, bulan):
    for book in ("pesanan", "penerimaan"):
        answer = as_pimpinan.get(f"/buku/{book}/", {"bulan": bulan})
        assert answer.status_code == 200
        assert "Bulan itu tidak ada" in answer.content.decode()


def test_a_long_month_of_the_order_book_is_turned_page_by_page_with_the_sums_of_the_whole(as_pelayanan):
    copies_of(in_november(make_order, "produksi"), 100)

    first, second = (as_pelayanan.get(f"/buku/pesanan/?bulan=2026-11&halaman={page}") for page in (1, 2))

    assert [row.place for row in first.context["page"]] == list(range(1, 101))
    assert [row.place for row in second.context["page"]] == [101]
    for page in (first, second):
        assert page.context["book"].value == 101 * 620_000
        assert "62.620.000" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "orders", "receipts"),
    [
        ("pelayanan", 200, 403),
        ("bengkel", 200, 403),
        ("keuangan", 200, 200),
        ("pimpinan", 200, 200),
        ("admin", 200, 200),
        ("no_role", 403, 403),
    ],
)
def test_who_may_read_which_book(role, orders, receipts, request, sign_in):
    browser = sign_in(request.getfixturevalue(role))

    assert browser.get("/buku/pesanan/").status_code == orders
    assert browser.get("/buku/penerimaan/").status_code == receipts


def test_books_cost_the_same_queries_with_few_rows_and_many(as_pimpinan, count_queries):
    urls = ("/buku/pesanan/?bulan=2026-11", "/buku/penerimaan/?bulan=2026-11")
    in_november(make_order, "siap_diambil")
    few = [count_queries(as_pimpinan, url) for url in urls]
    for stage in ("siap_diambil", "selesai", "dibatalkan", "siap_diambil"):
        in_november(make_order, stage)

    many = [count_queries(as_pimpinan, url) for url in urls]

    assert few == many
    assert many[0] <= 6
    assert many[1] <= 20  # its days turn page by page, with what was received and deposited before them
