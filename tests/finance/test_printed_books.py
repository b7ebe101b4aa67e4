"""Both books as PDF: the rows and sums of the screen, read back from the sheets."""

from datetime import UTC, datetime

import pytest

from balai import clock, pdf, registers
from balai.formats import angka, rupiah, tanggal
from balai.money import terbilang
from balai.months import Month
from finance.books import receipts_book
from finance.register import receipts_register
from finance.reversals import ask_reversal
from orders.books import order_book
from orders.papers.register import order_register
from tests.factories import act, clerk, fresh, intent, make_order, take_back
from tests.print.books import BOOKS
from tests.print.drawn import squeezed
from tests.print.reading import ink_box, page_sizes, pages, text

NOVEMBER = datetime(2026, 11, 11, 3, 0, tzinfo=UTC)
BOTH = ("pesanan", "penerimaan")


@pytest.fixture
def books(office):
    """A done order, one that was paid and is not any more, one under work and one cancelled."""
    with clock.at(NOVEMBER):
        for stage in ("selesai", "produksi", "dibatalkan"):
            make_order(stage)
        take_back(make_order("siap_diambil"))


def assert_printed(paper: bytes, *sayings: str) -> None:
    found = squeezed(text(paper))
    assert [saying for saying in sayings if squeezed(saying) not in found] == []


@pytest.mark.real_pdf
def test_the_order_book_is_printed_as_it_stands_on_screen(books, as_pimpinan):
    response = as_pimpinan.get("/buku/pesanan.pdf", {"bulan": "2026-11"})
    assert response["Content-Type"] == "application/pdf"
    book = order_book(Month(2026, 11))
    assert_printed(
        response.content,
        "BUKU PESANAN",
        "Periode: November 2026",
        *(f"{tanggal(row.on)} {row.number} {angka(row.value)} {tanggal(row.promised_on)}" for row in book.rows),
        *(said for row in book.rows for said in (row.customer, row.work, row.note)),
        f"Jumlah seluruhnya {angka(book.value)} {angka(book.paid)} {angka(book.rest)}",
        "Surat pesanan terdaftar: 4 Nilai pesanan",
        "Batal atau diganti: 1",
        "Berlaku: 3",
        f"Belum dibayar: {rupiah(book.rest)}",
        f"# {terbilang(book.rest)} #",
        "Petugas Pelayanan, Endah Contohningrum",
        "oleh Endah Contohningrum, menurut keadaan saat itu Halaman 1 dari 2",
    )
    assert page_sizes(response.content) == {(330, 215)}


@pytest.mark.real_pdf
def test_the_receipts_book_is_printed_with_its_balance_in_words(books, as_keuangan):
    paper = as_keuangan.get("/buku/penerimaan.pdf", {"bulan": "2026-11"}).content
    book = receipts_book(Month(2026, 11))
    assert_printed(
        paper,
        "BUKU PENERIMAAN DAN PENYETORAN BENDAHARA PENERIMAAN PEMBANTU",
        *(f"{row.receipt}" for row in book.rows),
        f"Jumlah seluruhnya {angka(book.received)} 0",
        "Terdiri atas: Tunai Rp620.000; QRIS Rp0; Transfer bank Rp0; Virtual account Rp0",
        f"Sisa kas belum disetor: {rupiah(book.balance)} Dengan huruf: # {terbilang(book.balance)} #",
        "Bendahara Penerimaan Pembantu, Endah Contohningrum Dewi Contohsari",
    )
    assert "-620.000" in text(paper)


@pytest.mark.real_pdf
def test_a_note_that_its_column_cannot_hold_is_printed_in_full_behind_the_book(office, as_keuangan):
    why = "Salah memilih cara pembayaran; pelanggan ternyata membayar dengan QRIS milik saudaranya di Kudus (CONTOH)."
    with clock.at(NOVEMBER):
        make_order("siap_diambil")
        order = make_order("siap_diambil")
        ask_reversal(order.pk, intent(clerk("keuangan"), order), reason=why)
        act("unsettle", fresh(order))

    sheet, notes = pages(as_keuangan.get("/buku/penerimaan.pdf", {"bulan": "2026-11"}).content)

    receipt = receipts_book(Month(2026, 11)).rows[1].receipt
    assert squeezed(why) not in squeezed(sheet)
    assert squeezed(f"2 {receipt} BATAL 11 Nov 2026: {why}") in squeezed(notes)
    assert "Belum disetor" in sheet
    assert "Belum disetor" not in notes


@pytest.mark.real_pdf
def test_forty_rows_are_three_sheets_that_carry_over(office, as_pimpinan, monkeypatch):
    with clock.at(NOVEMBER):
        make_order("pesanan")
    rows = order_book(Month(2026, 11)).rows * 39
    monkeypatch.setattr(
        "orders.books.OrderBook.rows", property(lambda book: rows, lambda book, value: None), raising=False
    )
    paper = as_pimpinan.get("/buku/pesanan.pdf", {"bulan": "2026-11"}).content
    first, second, third = pages(paper)
    assert "Jumlah dipindahkan ke halaman berikutnya 9.300.000" in first
    assert "Jumlah pindahan dari halaman sebelumnya 9.300.000" in second
    assert "Jumlah seluruhnya 24.180.000" in third
    assert all("No Surat Pesanan" in page for page in (first, second, third))
    left, bottom, right, top = ink_box(paper)
    assert (left >= 19, bottom >= 5, right <= 317, top <= 210) == (True,) * 4


def test_the_sample_months_of_the_print_tests_have_the_fields_of_real_ones(books, pimpinan):
    real = {
        "buku_pesanan": order_register(order_book(Month(2026, 11)), by=pimpinan),
        "buku_penerimaan": receipts_register(receipts_book(Month(2026, 11))),
    }
    assert real.keys() < BOOKS.keys()
    for kind, body in real.items():
        sample = BOOKS[kind](1)
        assert sample.keys() - {"year", "printed_at", "printed_by"} == body.keys()
        assert sample["closing"].keys() == body["closing"].keys()
        assert sample["pages"][0]["rows"][0].keys() == body["pages"][0]["rows"][0].keys()


@pytest.mark.parametrize("book", BOTH)
def test_a_month_that_does_not_exist_prints_this_one(as_keuangan, book, office):
    response = as_keuangan.get(f"/buku/{book}.pdf", {"bulan": "2026-13"})
    assert response["Content-Disposition"].endswith(f'{Month.of(clock.today())}.pdf"')


def test_an_order_book_too_long_for_paper_is_read_on_screen(books, as_keuangan, monkeypatch):
    monkeypatch.setattr(registers, "MAX_ROWS", 1)
    response = as_keuangan.get("/buku/pesanan.pdf", {"bulan": "2026-11"}, follow=True)
    assert response.redirect_chain == [("/buku/pesanan/?bulan=2026-11", 302)]
    [message] = response.context["messages"]
    assert "terlalu panjang untuk PDF" in message.message


@pytest.mark.real_pdf
def test_a_receipts_book_too_long_for_paper_is_printed_day_by_day(books, as_keuangan, monkeypatch):
    monkeypatch.setattr(registers, "MAX_ROWS", 1)
    paper = as_keuangan.get("/buku/penerimaan.pdf", {"bulan": "2026-11"}).content
    assert_printed(
        paper,
        "Jumlah hari ini, 3 transaksi",
        "Jumlah seluruhnya 620.000 0",
        "Buku ini berisi 3 baris; yang tercetak jumlah tiap hari.",
    )


@pytest.mark.parametrize("book", BOTH)
def test_a_book_that_cannot_be_drawn_now_says_so(as_keuangan, book, office, monkeypatch):
    def fails(payload, seconds):
        raise pdf.RenderError("no process")

    monkeypatch.setattr(pdf, "render", fails)
    assert as_keuangan.get(f"/buku/{book}.pdf").status_code == 503


def test_the_screen_leads_to_the_paper(as_keuangan, office):
    for book in BOTH:
        assert (
            f'href="/buku/{book}.pdf?bulan=2026-10"' in as_keuangan.get(f"/buku/{book}/?bulan=2026-10").content.decode()
        )
