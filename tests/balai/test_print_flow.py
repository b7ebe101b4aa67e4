"""From issuing to the printer: the page of a paper, its marked copies, the papers of the day as one file."""

import io
from datetime import datetime, timedelta

import pytest
from django.test import Client
from pypdf import PageObject, PdfReader

from balai import batch, clock, documents
from balai.changes import Refused
from balai.clock import WIB
from balai.kinds import KINDS
from balai.models import AuditEntry, Document, DocumentFile, Reprint
from balai.pdf import RenderBusy, RenderError
from balai.reprints import reprint
from tests.factories import act, clerk, intent, make_order, take_back
from tests.pages import typed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(office):
    return make_order("siap_diambil")


@pytest.fixture
def receipt(order) -> Document:
    return order.papers.get(document__kind="bukti_pembayaran").document


def page_of(paper: Document) -> str:
    return f"/dokumen/{paper.pk}/lihat/"


def copy_page(paper: Document) -> str:
    return f"/dokumen/{paper.pk}/cetak-ulang/"


def ask_for_copy(browser: Client, paper: Document, reason: str = "Lembar pelanggan hilang", **changes):
    typed = typed_in(browser.get(copy_page(paper))) | {"reason": reason} | changes
    return browser.post(copy_page(paper), typed)


# The page of a paper


def test_the_page_shows_the_paper_in_a_frame_with_one_button_that_prints_it(as_keuangan, receipt):
    html = as_keuangan.get(page_of(receipt)).content.decode()
    assert f'src="/dokumen/{receipt.pk}/#' in html
    assert html.count("btn-primary") == 1
    assert f'href="/dokumen/{receipt.pk}/" target="_blank" data-prints="lembar"' in html
    assert receipt.printed_number in html
    assert "Berlaku" in html


def test_only_the_pdf_may_be_framed_and_only_by_our_own_pages(as_keuangan, receipt):
    pdf = as_keuangan.get(f"/dokumen/{receipt.pk}/")
    assert pdf["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in pdf["Content-Security-Policy"]
    page = as_keuangan.get(page_of(receipt))
    assert page["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert "frame-src 'self'" in page["Content-Security-Policy"]


def test_the_ways_on_are_the_order_its_other_papers_and_the_next_customer(as_keuangan, as_pelayanan, order, receipt):
    ways = as_keuangan.get(page_of(receipt)).context["onward"]
    letter = order.papers.get(document__kind="surat_pesanan").document
    assert (ways[0].url, ways[0].note) == (f"/pesanan/{order.pk}/", "Menunggu pelayanan: pengambilan")
    assert page_of(letter) in [way.url for way in ways]
    assert (ways[-1].label, ways[-1].url) == ("Pembayaran berikutnya", "/kasir/")
    ways = as_pelayanan.get(page_of(receipt)).context["onward"]
    assert ways[0].note == "Giliran Anda: serahkan barang"
    assert ways[-1].url == "/pesanan/baru/"


def test_a_paper_of_no_order_has_a_way_on_too(as_pimpinan, pimpinan):
    paper = documents.issue(documents.Kind.RECEIPT, {}, by=pimpinan, on=clock.today())
    assert [way.url for way in as_pimpinan.get(page_of(paper)).context["onward"]] == ["/"]


def test_a_voided_paper_is_shown_and_printed_as_batal_only(as_keuangan, order, receipt):
    ask_for_copy(as_keuangan, receipt)
    take_back(order)
    response = as_keuangan.get(f"{page_of(receipt)}?salinan=1")
    html = response.content.decode()
    assert "BATAL, tidak berlaku lagi" in html
    assert response.context["pdf_url"] == f"/dokumen/{receipt.pk}/"
    assert "cetak-ulang" not in html
    assert DocumentFile.objects.filter(document=receipt, variant="batal").count() == 1


def test_a_paper_that_was_replaced_says_by_which(as_pelayanan, office):
    order = make_order("produksi", open_change=True)
    first = order.papers.get(document__kind="surat_pesanan").document
    act("agree_change", order)
    html = as_pelayanan.get(page_of(first)).content.decode()
    assert f"Sudah diganti {Document.objects.get(replaces=first).printed_number}" in html


def test_how_a_wrong_paper_is_put_right_is_said_for_its_kind(as_keuangan, order):
    for paper in Document.objects.all():
        html = as_keuangan.get(page_of(paper)).content.decode()
        assert documents.KINDS[paper.kind].correction in html


@pytest.mark.parametrize("error", [RenderError("no font"), RenderBusy("many wait")])
def test_a_paper_that_cannot_be_drawn_says_so_and_is_tried_again(as_keuangan, receipt, monkeypatch, error):
    def fail(*_, **__):
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(documents.pdf, "render", fail)
        page = as_keuangan.get(page_of(receipt))
        assert page.status_code == 503
        html = page.content.decode()
        assert receipt.printed_number in html
        assert "Coba lagi" in html
        assert "<iframe" not in html
        assert as_keuangan.get(f"/dokumen/{receipt.pk}/").status_code == 503
    assert as_keuangan.get(page_of(receipt)).status_code == 200


def test_the_page_costs_the_same_with_many_copies(as_keuangan, receipt, count_queries):
    as_keuangan.get(page_of(receipt))
    few = count_queries(as_keuangan, page_of(receipt))
    for _ in range(5):
        ask_for_copy(as_keuangan, receipt)
    assert count_queries(as_keuangan, page_of(receipt)) == few <= 9


# Copies


def test_a_copy_is_counted_recorded_and_leaves_the_original_alone(as_keuangan, keuangan, receipt):
    original = as_keuangan.get(f"/dokumen/{receipt.pk}/").content
    made = ask_for_copy(as_keuangan, receipt)
    assert made.url == f"{page_of(receipt)}?salinan=1"
    copy = Reprint.objects.get()
    assert (copy.document, copy.ordinal, copy.made_by, copy.reason) == (receipt, 1, keuangan, "Lembar pelanggan hilang")
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.subject_id, entry.role, entry.note) == (
        "reprint",
        str(receipt.pk),
        "keuangan",
        "Lembar pelanggan hilang",
    )
    assert entry.after == {"paper": receipt.printed_number, "ordinal": 1}
    page = as_keuangan.get(made.url)
    assert page.context["pdf_url"] == f"/dokumen/{receipt.pk}/salinan/1/"
    assert "Lembar pelanggan hilang" in page.content.decode()
    assert as_keuangan.get(f"/dokumen/{receipt.pk}/").content == original


def test_each_copy_has_bytes_of_its_own_drawn_once(as_keuangan, receipt):
    for _ in range(2):
        ask_for_copy(as_keuangan, receipt)
    urls = [f"/dokumen/{receipt.pk}/salinan/{ordinal}/" for ordinal in (1, 2)]
    first, second = (as_keuangan.get(url) for url in urls)
    assert first.content != second.content
    assert first["Content-Disposition"].endswith('-salinan-1.pdf"')
    assert [as_keuangan.get(url).content for url in urls] == [first.content, second.content]
    assert DocumentFile.objects.filter(document=receipt, variant="salinan").count() == 2
    assert as_keuangan.get(f"/dokumen/{receipt.pk}/salinan/3/").status_code == 404


@pytest.mark.real_pdf
def test_a_copy_says_salinan_who_and_when(as_keuangan, receipt):
    ask_for_copy(as_keuangan, receipt)
    text = PdfReader(io.BytesIO(as_keuangan.get(f"/dokumen/{receipt.pk}/salinan/1/").content)).pages[0].extract_text()
    assert "SALINAN" in text
    assert "Cetak ulang ke-1" in text
    assert "Dewi Contohsari" in text


def test_the_same_form_sent_twice_makes_one_copy(as_keuangan, receipt):
    typed = typed_in(as_keuangan.get(copy_page(receipt))) | {"reason": "Basah"}
    answers = [as_keuangan.post(copy_page(receipt), typed) for _ in range(2)]
    assert answers[0].url == answers[1].url
    assert Reprint.objects.count() == 1
    other = as_keuangan.post(copy_page(receipt), typed | {"reason": "Hilang"})
    assert other.status_code == 409
    assert "sudah pernah dikirim" in other.content.decode()
    assert typed_in(other)["kunci"] != typed["kunci"]


@pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
def test_a_copy_needs_a_reason(as_keuangan, receipt, reason):
    refused = ask_for_copy(as_keuangan, receipt, reason)
    assert refused.status_code == 422
    assert typed_in(refused)["reason"].strip() == reason.strip()
    assert not Reprint.objects.exists()


def test_a_voided_paper_is_not_copied(as_keuangan, keuangan, order, receipt):
    typed = typed_in(as_keuangan.get(copy_page(receipt))) | {"reason": "Basah"}
    take_back(order)
    answer = as_keuangan.post(copy_page(receipt), typed, follow=True)
    assert answer.redirect_chain == [(page_of(receipt), 302)]
    assert "sudah BATAL" in answer.content.decode()
    with pytest.raises(Refused):
        reprint(receipt.pk, by=keuangan, key=intent(keuangan).key, reason="Basah")
    assert not Reprint.objects.exists()


def test_a_copy_does_not_stand_for_the_original(receipt, keuangan):
    reprint(receipt.pk, by=keuangan, key=intent(keuangan).key, reason="Basah")
    before = documents.pending_count()
    documents.pdf_bytes(receipt, receipt.reprints.get())
    assert documents.pending_count() == before
    documents.pdf_bytes(receipt)
    assert documents.pending_count() == before - 1


# The papers of the day


def pages_in(data: bytes) -> int:
    return len(PdfReader(io.BytesIO(data)).pages)


def size(page: PageObject) -> tuple[int, int]:
    return round(page.mediabox.width), round(page.mediabox.height)


@pytest.mark.real_pdf
def test_the_papers_of_the_day_are_one_file_each_on_its_own_size(as_pelayanan, order):
    papers = list(batch.papers_of(clock.today(), clerk("pelayanan")))
    issued = [each.document for each in order.papers.all()]
    assert papers == sorted(issued, key=lambda paper: (paper.issued_at, paper.kind))
    whole = PdfReader(io.BytesIO(as_pelayanan.get("/dokumen/hari-ini/cetak/").content))
    alone = [PdfReader(io.BytesIO(documents.pdf_bytes(paper))).pages for paper in papers]
    assert [size(page) for page in whole.pages] == [size(page) for pages in alone for page in pages]
    assert [page.extract_text() for page in whole.pages] == [page.extract_text() for pages in alone for page in pages]
    receipts = as_pelayanan.get("/dokumen/hari-ini/cetak/?jenis=bukti_pembayaran")
    assert pages_in(receipts.content) == len(alone[-1])


def test_the_page_lists_what_is_in_force_and_what_was_issued_today(as_keuangan, order, receipt):
    take_back(order)
    with clock.at(clock.now() - timedelta(days=1)):
        yesterday = make_order("permohonan")
    response = as_keuangan.get("/dokumen/hari-ini/")
    titles = [KINDS[each.document.kind].title for each in order.papers.exclude(document=receipt)]
    piles = [(pile.title, pile.count) for pile in response.context["piles"]]
    assert piles[0] == ("Semua surat", len(titles))
    assert dict(piles[1:]) == dict.fromkeys(titles, 1)
    html = response.content.decode()
    assert html.count("btn-primary") == 1
    assert receipt.printed_number not in html
    assert yesterday.papers.get().document.printed_number not in html


def test_the_day_is_that_of_the_office(as_keuangan, office):
    midnight = datetime(2026, 11, 24, tzinfo=WIB)
    for moment in (midnight - timedelta(minutes=1), midnight):
        with clock.at(moment):
            make_order("permohonan")
    with clock.at(midnight):
        assert batch.papers_of(clock.today(), clerk("keuangan")).count() == 1


def test_many_papers_come_in_parts(as_keuangan, office, monkeypatch):
    monkeypatch.setattr(batch, "PART", 2)
    for _ in range(3):
        make_order("permohonan")
    pile = batch.piles_of(clock.today(), clerk("keuangan"))[0]
    assert list(pile.parts) == [1, 2]
    html = as_keuangan.get("/dokumen/hari-ini/").content.decode()
    assert "Semua surat, bagian 2 dari 2" in html
    assert html.count("btn-primary") == 1
    assert [batch.part_of(clock.today(), clerk("keuangan"), "", part).count() for part in (1, 2, 3)] == [2, 1, 0]


@pytest.mark.parametrize("query", ["?jenis=lain", "?bagian=0", "?bagian=-1", "?bagian=x", "?bagian=9", "?bagian=²"])
def test_a_file_that_does_not_exist_is_not_found(as_keuangan, order, query):
    assert as_keuangan.get(f"/dokumen/hari-ini/cetak/{query}").status_code == 404


def test_a_day_without_papers_explains_itself(as_keuangan):
    assert "Belum ada surat yang terbit hari ini" in as_keuangan.get("/dokumen/hari-ini/").content.decode()


def test_one_paper_that_cannot_be_drawn_stops_the_file_with_words(as_keuangan, order, monkeypatch):
    def fail(*_, **__):
        raise RenderError("no font")

    monkeypatch.setattr(documents.pdf, "render", fail)
    response = as_keuangan.get("/dokumen/hari-ini/cetak/")
    assert response.status_code == 503
    assert "Coba lagi" in response.content.decode()
