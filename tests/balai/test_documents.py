"""Issued papers are frozen: payload, number, code and bytes."""

import logging
import random
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from balai import clock, documents, pdf
from balai.models import Document, DocumentFile, NumberSeries
from orders.models import Tariff
from tests.factories import make_office, make_order, take_back
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 23)


@pytest.fixture
def paper(pelayanan) -> Document:
    body = {"quantity": Decimal("2.50"), "on": NOVEMBER, "names": ("Siti", "O'Brien")}
    return documents.issue(documents.Kind.ORDER_LETTER, body, by=pelayanan, on=NOVEMBER)


@pytest.fixture
def letter() -> Document:
    """A real surat pesanan."""
    return make_order("pesanan").papers.get(document__kind="surat_pesanan").document


def stored(paper: Document) -> list[tuple[str, bytes]]:
    return [(file.variant, bytes(file.pdf)) for file in DocumentFile.objects.filter(document=paper).order_by("id")]


def test_the_payload_is_frozen_as_it_will_be_read_back(paper):
    assert paper.payload["body"] == {"quantity": "2.50", "on": "2026-11-23", "names": ["Siti", "O'Brien"]}
    read_back = Document.objects.get(pk=paper.pk)
    assert read_back.payload == paper.payload
    assert documents.payload_hash(read_back.payload) == paper.payload_sha256


def test_a_paper_carries_its_number_code_and_office(paper):
    assert (paper.register, paper.year, paper.number) == ("surat_pesanan", 2026, 1)
    assert paper.printed_number == paper.payload["number"] == "0001/SP/XI/2026"
    assert paper.payload["code"] == paper.code
    assert paper.payload["verify_url"] == f"https://balai.example/verifikasi/{paper.code}/"
    assert paper.payload["office"]["unit"] == "BALAI LOGAM DAN KAYU CONTOH"
    assert paper.payload["sample"] is True


def test_a_later_name_of_the_office_changes_no_issued_paper(paper):
    before = paper.payload
    make_office(unit="BALAI BARU CONTOH", page_sizes={"surat_pesanan": "a4"})

    assert Document.objects.get(pk=paper.pk).payload == before


def test_an_issue_that_is_rolled_back_leaves_no_paper_and_no_gap(pelayanan):
    with transaction.atomic():
        documents.issue(documents.Kind.RECEIPT, {}, by=pelayanan, on=NOVEMBER)
        transaction.set_rollback(True)

    assert not Document.objects.exists()
    assert documents.issue(documents.Kind.RECEIPT, {}, by=pelayanan, on=NOVEMBER).number == 1


def test_bytes_are_drawn_once_and_then_served_as_stored(paper, monkeypatch):
    first = documents.pdf_bytes(paper)
    monkeypatch.setattr(documents.pdf, "render", lambda *_: pytest.fail("drawn again"))

    assert documents.pdf_bytes(Document.objects.get(pk=paper.pk)) == first
    assert stored(paper) == [("asli", first)]


def test_of_two_processes_that_draw_at_once_the_first_stored_is_the_paper(paper, monkeypatch):
    def another_was_faster(payload, marking=None, **_):
        DocumentFile.objects.create(
            document=paper, variant="asli", pdf=b"theirs", sha256="0" * 64, rendered_at=clock.now()
        )
        return b"ours"

    monkeypatch.setattr(documents.pdf, "render", another_was_faster)

    assert documents.pdf_bytes(paper) == b"theirs"
    assert stored(paper) == [("asli", b"theirs")]


def test_a_failed_drawing_is_logged_and_made_good_on_the_first_request(paper, monkeypatch, caplog):
    def broken(payload, marking=None, **_):
        raise pdf.RenderError("no fonts")

    with monkeypatch.context() as broken_fonts, caplog.at_level(logging.ERROR):
        broken_fonts.setattr(documents.pdf, "render", broken)
        documents.render_pending([paper.pk])
    assert paper.printed_number in caplog.text
    assert documents.pending_count() == 1

    assert documents.pdf_bytes(paper)
    assert documents.pending_count() == 0


def test_a_voided_paper_keeps_number_payload_and_original(paper, pimpinan):
    original = documents.pdf_bytes(paper)
    payload = paper.payload

    documents.void(paper, by=pimpinan, reason="Salah nama.")

    paper = Document.objects.get(pk=paper.pk)
    assert (paper.voided_by, paper.void_reason, paper.printed_number) == (pimpinan, "Salah nama.", "0001/SP/XI/2026")
    assert (paper.payload, paper.payload_sha256) == (payload, documents.payload_hash(payload))
    batal = documents.pdf_bytes(paper)
    assert batal != original
    assert stored(paper) == [("asli", original), ("batal", batal)]
    assert NumberSeries.objects.get(register="surat_pesanan").last == 1


def test_a_paper_is_voided_once(paper, pimpinan, keuangan):
    documents.void(paper, by=pimpinan, reason="Salah nama.")

    with pytest.raises(ValueError, match="already void"):
        documents.void(paper, by=keuangan, reason="Lagi.")
    assert Document.objects.get(pk=paper.pk).void_reason == "Salah nama."


def test_a_void_needs_its_reason(paper, pimpinan):
    with pytest.raises(IntegrityError), transaction.atomic():
        documents.void(paper, by=pimpinan, reason="")


@pytest.mark.parametrize("spelled", [str, str.lower, lambda code: code.replace("-", ""), lambda code: f" {code} "])
def test_a_code_is_found_however_it_is_typed(paper, spelled):
    assert documents.find_by_code(spelled(paper.code)) == paper


@pytest.mark.parametrize("code", ["", "-", "AAAA", "OOOO-1111", "ABCDEFGHJ", "🦆🦆🦆🦆-🦆🦆🦆🦆", "S3GX-7PL' OR 1=1"])
def test_what_is_no_code_is_not_looked_up(paper, code, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert documents.find_by_code(code) is None


def test_two_swapped_letters_of_a_code_are_noticed(paper, django_assert_num_queries):
    pick = random.Random(7)
    for _ in range(200):
        letters = list(documents.new_code(pick.choice).replace("-", ""))
        place = pick.randrange(6)
        if letters[place] == letters[place + 1]:
            continue
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
        with django_assert_num_queries(0):
            assert documents.find_by_code("".join(letters)) is None


def test_codes_look_alike_and_never_repeat():
    codes = {documents.new_code() for _ in range(1000)}

    assert len(codes) == 1000
    assert all(len(code) == 9 and code[4] == "-" and not set(code) & set("01OI") for code in codes)


@pytest.mark.real_pdf
def test_a_paper_printed_again_after_tariff_office_and_template_changed_is_byte_identical(letter, monkeypatch):
    first = documents.pdf_bytes(letter)
    assert first.startswith(b"%PDF-")

    with unguarded():
        Tariff.objects.update(price=1, name="Lain CONTOH")
    make_office(unit="BALAI BARU CONTOH", order_terms=["Lain."], page_sizes={"surat_pesanan": "a4"})
    monkeypatch.setattr(documents.pdf, "render", lambda *_, **__: b"drawn from another template")

    assert documents.pdf_bytes(Document.objects.get(pk=letter.pk)) == first
    # What is issued from now on is of the new office and drawn by the new template.
    newer = make_order("pesanan").papers.get(document__kind="surat_pesanan").document
    assert newer.payload["office"]["unit"] == "BALAI BARU CONTOH"
    assert documents.pdf_bytes(newer) == b"drawn from another template"


@pytest.mark.real_pdf
def test_a_payload_alone_gives_the_same_bytes_again(letter):
    first = documents.pdf_bytes(letter)
    make_office(unit="BALAI BARU CONTOH")

    assert pdf.render(Document.objects.get(pk=letter.pk).payload) == first


@pytest.mark.real_pdf
def test_a_voided_receipt_is_drawn_with_its_reason():
    order = take_back(make_order("siap_diambil"))
    receipt = order.papers.get(document__kind="bukti_pembayaran").document

    assert documents.pdf_bytes(receipt) != pdf.render(receipt.payload)
    assert DocumentFile.objects.get(document=receipt).variant == "batal"


def test_a_code_that_a_paper_has_already_is_not_given_again(paper, pelayanan, monkeypatch):
    drawn = iter([paper.code, paper.code, free := documents.new_code()])
    monkeypatch.setattr(documents, "new_code", lambda: next(drawn))

    assert documents.issue(documents.Kind.RECEIPT, {}, by=pelayanan, on=NOVEMBER).code == free
