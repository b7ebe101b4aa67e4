"""Papers have the size of the form, stay inside their margins and break at the right places."""

from datetime import date

import pytest

from balai import pdf
from balai.money import terbilang
from balai.officesections import MAX_FOOTER
from tests.print.bodies import BODIES, HEAD, TERMS
from tests.print.drawn import assert_says, draw, short, squeezed, worst_order_letter
from tests.print.payloads import NUMBERS, WORST_ROWS, long, payload
from tests.print.pictures import ink, pictures
from tests.print.reading import A4, A5_LANDSCAPE, F4, ink_box, page_sizes, pages, text


@pytest.mark.parametrize(
    ("kind", "size"),
    [("formulir_permohonan", F4), ("surat_pesanan", F4), ("surat_jalan", F4), ("bukti_pembayaran", A5_LANDSCAPE)],
)
def test_an_ordinary_paper_is_one_page_of_its_size(kind, size):
    assert page_sizes(short(kind)) == {size}
    assert len(pages(short(kind))) == 1


def test_the_office_may_print_on_a4():
    assert page_sizes(draw(payload("surat_jalan", page="a4"))) == {A4}


def test_a_receipt_too_long_for_a5_is_printed_on_one_full_page():
    paper = draw(long("bukti_pembayaran"))
    assert page_sizes(paper) == {F4}
    assert len(pages(paper)) == 1
    assert_says(paper, "Halaman 1 dari 1", f"# {terbilang(2_257_000)} #")


FOOTER = "Jam layanan Senin sampai Jumat, pukul 08.00 sampai 15.00 WIB. " * 2 + "Pengaduan: layanan@balai.example."


@pytest.mark.parametrize("page", ["f4", "a4", "f4 rangkap"])
@pytest.mark.parametrize("kind", NUMBERS)
def test_the_sentence_of_the_office_stands_at_the_foot_and_costs_no_page(kind, page):
    plain, paper = (draw(payload(kind, page=page, footer=said)) for said in ("", FOOTER[:MAX_FOOTER]))
    assert len(pages(paper)) == len(pages(plain))
    assert page_sizes(paper) == page_sizes(plain)
    assert all(squeezed(FOOTER[:MAX_FOOTER]) in squeezed(page) for page in pages(paper))
    assert min(edge for picture in pictures(paper) for edge in ink(picture)) >= 5


@pytest.mark.parametrize(("sheet", "size"), [("f4 rangkap", F4), ("a4 rangkap", A4)])
def test_two_copies_of_a_receipt_share_a_sheet_with_a_line_to_cut(sheet, size):
    paper = draw(payload("bukti_pembayaran", page=sheet))
    assert page_sizes(paper) == {size}
    [said] = pages(paper)
    assert [said.count(once) for once in ("Lembar 1: pelanggan", "Lembar 2: arsip", "potong di sini")] == [1, 1, 1]
    for twice in (
        "Nomor 0109/TBP/X/2026",
        f"# {terbilang(2_257_000)} #",
        "Kode verifikasi S3GX-7PLE",
        "JUMLAH 2.257.000",
    ):
        assert squeezed(said).count(squeezed(twice)) == 2


def test_what_does_not_fit_twice_or_is_marked_is_printed_once():
    assert "potong" not in text(draw(long("bukti_pembayaran") | {"page": "a4 rangkap"}))
    copy = draw(payload("bukti_pembayaran", page="f4 rangkap"), pdf.Copy(1, date(2026, 10, 26), "Ratna Dewi"))
    assert page_sizes(copy) == {A5_LANDSCAPE}


def test_a_long_order_letter_names_itself_and_its_page_on_every_page():
    first, *middle, last = pages(worst_order_letter())
    assert "(lanjutan)" not in first
    assert all("Surat Pesanan 0118/SP/X/2026 (lanjutan)" in page for page in [*middle, last])
    assert f"Halaman {len(middle) + 2} dari {len(middle) + 2}" in last


def test_amount_in_words_terms_and_signatures_stay_together():
    lines = BODIES["surat_pesanan"]["lines"]
    *_, last = pages(draw(payload("surat_pesanan", {"lines": lines + lines[:3]})))
    together = (f"# {terbilang(2_257_000)} #", TERMS[0], HEAD["name"])
    assert [part for part in together if squeezed(part) not in squeezed(last)] == []


def test_the_worst_order_letter_stays_inside_its_margins():
    paper = worst_order_letter()
    left, bottom, right, top = ink_box(paper)
    assert (left >= 29.5, right <= 195.5) == (True, True)  # 30 mm left and 20 mm right of 215 mm
    assert (bottom >= 5, top <= 325) == (True, True)  # what a printer cannot reach
    assert squeezed(text(paper)).count("Serut,papanjatiduamuka") == WORST_ROWS // len(BODIES["surat_pesanan"]["lines"])
