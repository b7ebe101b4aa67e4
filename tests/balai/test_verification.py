"""What anybody may learn of a paper by its QR, its typed code or its file, and what guessing is worth."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from balai import clock, documents, verification
from balai.documents import find_by_code, new_code
from balai.kinds import KINDS
from balai.models import Document, DocumentFile, VerificationTry
from balai.reprints import reprint
from balai.uploads import MAX_BYTES
from tests.factories import act, intent, make_order, take_back

pytestmark = pytest.mark.django_db
PAGE = "/verifikasi/"
MALFORMED = ("x", "AAAA-AAAA-AAAA", "0O1I-0O1I", "a/b/c", "%00", "../../masuk", "'; DROP TABLE", "<script>", "S" * 5000)


@pytest.fixture
def order(office):
    return make_order("selesai")


@pytest.fixture
def receipt(order) -> Document:
    return order.papers.get(document__kind="bukti_pembayaran").document


def send_file(client: Client, data: bytes, name: str = "surat.pdf"):
    return client.post(PAGE, {"berkas": SimpleUploadedFile(name, data, "application/pdf")})


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# What a paper tells


def test_each_kind_tells_its_number_its_date_and_its_figure(client, order):
    figures = {
        "formulir_permohonan": "Isi 2 macam barang",
        "lembar_estimasi": "Jumlah Rp620.000",
        "surat_pesanan": "Jumlah Rp620.000",
        "surat_perintah_kerja": "Isi 2 macam barang",
        "bukti_pembayaran": "Jumlah Rp620.000",
        "surat_jalan": "Isi 2 macam barang",
    }
    for paper in Document.objects.all():
        text = words(client.get(f"{PAGE}{paper.code}/"))
        assert KINDS[paper.kind].title in text
        assert paper.printed_number in text
        assert "Terdaftar dan berlaku" in text
        assert figures[paper.kind] in text


def test_nothing_personal_is_told(client, order, office):
    customer = order.customer
    secrets = [customer.name, customer.phone, customer.phone[2:], customer.address, order.title, "Poros utama"]
    secrets += [person.full_name for person in {paper.issued_by for paper in Document.objects.all()}]
    for paper in Document.objects.all():
        html = client.get(f"{PAGE}{paper.code}/").content.decode()
        assert not [secret for secret in secrets if secret in html]


def test_a_voided_paper_says_batal_but_not_by_whom_or_why(client, office):
    order = make_order("siap_diambil")
    receipt = order.papers.get(document__kind="bukti_pembayaran").document
    take_back(order)
    receipt.refresh_from_db()
    text = words(client.get(f"{PAGE}{receipt.code}/"))
    assert "BATAL, tidak berlaku lagi" in text
    assert "Terdaftar dan berlaku" not in text
    assert receipt.void_reason not in text
    assert receipt.voided_by.full_name not in text


def test_a_replaced_paper_names_its_successor(client, office):
    order = make_order("produksi", open_change=True)
    first = order.papers.get(document__kind="surat_pesanan").document
    act("agree_change", order)
    text = words(client.get(f"{PAGE}{first.code}/"))
    assert "Sudah diganti" in text
    assert Document.objects.get(replaces=first).printed_number in text


def test_every_kind_with_a_figure_takes_it_from_a_field_its_papers_have(order):
    for paper in Document.objects.all():
        assert verification.figure(paper)["value"]


# Typing a code


@pytest.mark.parametrize("spell", [str, str.lower, lambda c: c.replace("-", ""), lambda c: f"  {c[:2]} {c[2:]} "])
def test_a_code_may_be_typed_in_any_way(client, receipt, spell):
    response = client.get(PAGE, {"kode": spell(receipt.code)})
    assert response.status_code == 200
    assert receipt.printed_number in response.content.decode()


def test_an_empty_field_is_no_guess(client, office):
    response = client.get(PAGE, {"kode": "  "})
    assert response.status_code == 422
    assert "Isi kode verifikasi." in response.content.decode()
    assert not VerificationTry.objects.exists()


def test_unknown_and_malformed_codes_get_the_same_answer(client, receipt):
    unknown = client.get(f"{PAGE}{new_code()}/")
    assert unknown.status_code == 404
    for code in MALFORMED:
        for answer in (client.get(PAGE, {"kode": code}), client.get(f"{PAGE}{code.replace('..', 'x')}/")):
            assert (answer.status_code, answer.content) == (404, unknown.content)


def test_one_wrong_letter_is_never_another_paper(receipt):
    letters = receipt.code.replace("-", "")
    for place in range(8):
        for other in documents.CODE_LETTERS:
            wrong = letters[:place] + other + letters[place + 1 :]
            assert (find_by_code(wrong) is None) == (wrong != letters)


def test_answers_are_neither_kept_nor_found_by_search_engines(client, receipt):
    response = client.get(f"{PAGE}{receipt.code}/")
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]


# Sending the file


def test_the_archived_bytes_are_known(client, receipt):
    data = documents.pdf_bytes(receipt)
    answer = send_file(client, data)
    assert answer.status_code == 200
    assert "sama persis dengan arsip" in words(answer)
    assert receipt.printed_number in words(answer)


def test_one_changed_byte_is_refused(client, receipt):
    data = bytearray(documents.pdf_bytes(receipt))
    for place in (0, len(data) // 2, -1):
        changed = bytes(data[:place]) + bytes([data[place] ^ 1]) + bytes(data[place:][1:])
        answer = send_file(client, changed)
        assert answer.status_code == 404
        assert "tidak sama dengan arsip" in words(answer)
        assert receipt.printed_number not in words(answer)
    assert send_file(client, bytes(data) + b"\n").status_code == 404


def test_a_copy_and_a_voided_sheet_are_known_for_what_they_are(client, office, keuangan):
    order = make_order("siap_diambil")
    receipt = order.papers.get(document__kind="bukti_pembayaran").document
    original = documents.pdf_bytes(receipt)
    reprint(receipt.pk, by=keuangan, key=intent(keuangan).key, reason="Basah")
    copy = documents.pdf_bytes(receipt, receipt.reprints.get())
    assert "salinan ke-1" in words(send_file(client, copy))
    take_back(order)
    voided = documents.pdf_bytes(Document.objects.get(pk=receipt.pk))
    assert "lembar BATAL" in words(send_file(client, voided))
    # The sheet the customer kept is still what was archived; what it stands for is not in force any more.
    assert "BATAL, tidak berlaku lagi" in words(send_file(client, original))


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", bytes(range(256)) * 40])
def test_any_other_file_is_refused_without_being_opened(client, receipt, data):
    assert send_file(client, data, "x.exe").status_code in (404, 422)


def test_a_file_too_large_is_refused_by_its_size(client, office, monkeypatch):
    monkeypatch.setattr("balai.paper_forms.MAX_BYTES", 100)
    answer = send_file(client, b"x" * 101)
    assert answer.status_code == 422
    assert "lebih dari 20 MB" in words(answer)
    assert MAX_BYTES == 20 * 1024 * 1024


def test_nothing_sent_is_kept(client, receipt):
    before = DocumentFile.objects.count()
    send_file(client, b"%PDF-1.7 something")
    assert DocumentFile.objects.count() == before


def test_a_file_is_read_in_pieces(receipt):
    data = documents.pdf_bytes(receipt)
    whole = SimpleUploadedFile("x.pdf", data)
    whole.file = io.BytesIO(data)
    whole.DEFAULT_CHUNK_SIZE = 7
    assert verification.find_by_file(whole).document == receipt


# Guessing


def guess(client: Client, **extra) -> int:
    return client.get(f"{PAGE}{new_code()}/", **extra).status_code


def test_thirty_guesses_in_ten_minutes_and_no_more(client, receipt):
    with clock.at(clock.now()):
        assert [guess(client) for _ in range(30)] == [404] * 30
        slow = client.get(f"{PAGE}{receipt.code}/")
        assert slow.status_code == 429
        assert receipt.printed_number not in slow.content.decode()
        assert int(slow["Retry-After"]) == 600
        assert "Tunggu 10 menit" in words(slow)
        assert guess(client) == 429
        assert send_file(client, b"%PDF").status_code == 429
        assert client.get(PAGE, {"kode": receipt.code}).status_code == 429
        assert client.get(PAGE).status_code == 200
    with clock.at(clock.now() + timedelta(minutes=10)):
        assert client.get(f"{PAGE}{receipt.code}/").status_code == 200


def test_the_limit_moves_with_the_clock_and_old_tries_go(client, receipt):
    start = clock.now()
    for minute in range(15):
        with clock.at(start + timedelta(minutes=minute)):
            assert [guess(client), guess(client)] == [404, 404]
    assert VerificationTry.objects.count() == 20


def test_who_finds_papers_does_not_guess(client, receipt):
    assert {client.get(f"{PAGE}{receipt.code}/").status_code for _ in range(40)} == {200}
    assert not VerificationTry.objects.exists()


def test_each_address_is_counted_alone(client, receipt):
    for _ in range(30):
        guess(client, REMOTE_ADDR="192.0.2.1")
    assert guess(client, REMOTE_ADDR="192.0.2.1") == 429
    assert guess(client, REMOTE_ADDR="192.0.2.2") == 404


def test_an_ipv6_customer_is_one_address(client, receipt):
    for host in range(30):
        guess(client, REMOTE_ADDR=f"2001:db8::{host + 1:x}")
    assert guess(client, REMOTE_ADDR="2001:db8::ffff") == 429
    assert guess(client, REMOTE_ADDR="2001:db8:0:1::1") == 404


def test_addresses_cannot_be_read_back(client, receipt):
    guess(client, REMOTE_ADDR="192.0.2.77")
    assert "192.0.2.77" not in str(VerificationTry.objects.values().get())


@pytest.mark.parametrize(
    ("proxies", "header", "expected"),
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (2, "1.2.3.4, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (1, "", "10.0.0.1"),
        (2, "203.0.113.9", "10.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, header, expected):
    settings.BALAI_PROXIES = proxies
    request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=header, REMOTE_ADDR="10.0.0.1")
    assert verification.client_address(request) == expected


def test_guesses_at_the_same_moment_do_not_slip_through(client, office, monkeypatch):
    """Another process writes its thirtieth try between our count and ours."""
    assert [guess(client) for _ in range(29)] == [404] * 29
    create = VerificationTry.objects.create

    def both(**fields):
        create(**fields)
        return create(**fields)

    monkeypatch.setattr(VerificationTry.objects, "create", both)
    assert guess(client) == 429
    assert VerificationTry.objects.count() == 30


# The page


def test_the_page_asks_for_a_code_or_a_file(client, office):
    html = client.get(PAGE).content.decode()
    assert html.count("btn-primary") == 1
    assert 'name="kode"' in html
    assert 'name="berkas"' in html


def test_the_qr_of_a_paper_leads_to_its_answer(client, receipt, office):
    url = receipt.payload["verify_url"]
    assert url.startswith(office.verify_base)
    assert client.get(url.removeprefix(office.verify_base)).status_code == 200
