"""Goods leave against the right receipt, in pieces or all at once, and nobody hands them over twice."""

import errno
import hashlib
import uuid
from decimal import Decimal

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile

from balai.formats import tanggal
from balai.models import Document
from orders import actions
from orders.actions import ActionRefused
from orders.actions.intake import LeftGoodsData
from orders.models import HandOver, Order
from orders.queries import valid_receipt_number
from tests.factories import (
    act,
    clerk,
    fresh,
    hand_over_data,
    intent,
    make_drawing,
    make_image,
    make_order,
    make_user,
    take_back,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(office) -> Order:
    return make_order("siap_diambil")


def address(order: Order) -> str:
    return f"/pesanan/{order.pk}/serah-terima/"


def send(browser, order: Order, pieces: tuple[str, ...] = ("4", "24"), /, **changes):
    """The filled-in form of a fresh page of this order; `pieces` go now, in the order of the items."""
    data = {
        "kunci": str(uuid.uuid4()),
        "versi": str(order.version),
        "receipt_number": valid_receipt_number(order) or "x",
        "collector": "pemesan",
        "collector_name": "Siti Contoh",
        "collector_relation": "",
        "note": "Baik, lengkap.",
    }
    data |= {f"pieces-{item.pk}": count for item, count in zip(order.items.all(), pieces, strict=True)}
    return browser.post(address(order), data | changes)


def said(response) -> list[str]:
    return [f"{f.label}: {f.message}" if f.label else f.message for f in response.context["form"].error_summary]


def test_the_form_proposes_all_that_is_left_and_asks_who_collects(as_pelayanan, order):
    form = as_pelayanan.get(address(order)).context["form"]

    assert [(line.item.name, line.given, line.left, line.field.value()) for line in form.lines] == [
        ("Poros utama", 0, 4, "4"),
        ("Braket siku", 0, 24, "24"),
    ]
    assert form["collector_name"].value() == order.customer.name
    assert form["collector"].value() is None


def test_everything_handed_over_ends_the_order(as_pelayanan, order):
    response = send(as_pelayanan, order)

    handover = HandOver.objects.get()
    assert response.status_code == 302
    assert fresh(order).stage == "selesai"
    assert (handover.collector, handover.note, handover.paper.kind) == ("pemesan", "Baik, lengkap.", "surat_jalan")
    assert f"/dokumen/{handover.paper_id}/" in as_pelayanan.get(f"/pesanan/{order.pk}/").content.decode()


def test_a_part_leaves_the_rest_to_be_handed_over(as_pelayanan, order):
    send(as_pelayanan, order, ("1", "0"))

    assert fresh(order).stage == "siap_diambil"
    first, second = as_pelayanan.get(address(order)).context["form"].lines
    assert (first.given, first.left, first.field.value()) == (1, 3, "3")
    assert (second.given, second.left) == (0, 24)

    send(as_pelayanan, fresh(order), ("", "24"))
    done, _ = as_pelayanan.get(address(order)).context["form"].lines[::-1]
    assert done.field is None

    send(as_pelayanan, fresh(order), ("3", ""))
    assert fresh(order).stage == "selesai"
    assert Document.objects.filter(kind="surat_jalan").count() == 3


def test_sent_twice_it_is_one_surat_jalan(as_pelayanan, order):
    key = str(uuid.uuid4())
    answers = [send(as_pelayanan, order, ("1", ""), kunci=key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert HandOver.objects.get().lines.get().quantity == Decimal(1)


@pytest.mark.parametrize(
    ("pieces", "fault"),
    [
        (("5", "24"), "Poros utama: sisa hanya 4 buah."),
        (("-1", "24"), "Tulis jumlah dengan angka"),
        (("1.000", "24"), "bisa dibaca dua cara"),
        (("", "0"), "Isi jumlah barang yang diserahkan, paling sedikit satu."),
    ],
)
def test_wrong_pieces_are_refused(as_pelayanan, order, pieces, fault):
    response = send(as_pelayanan, order, pieces)

    assert response.status_code == 422
    assert any(fault.lower() in line.lower() for line in said(response)), said(response)
    assert f'value="{pieces[0]}"' in response.content.decode() or not pieces[0]
    assert "Baik, lengkap." in response.content.decode()
    assert not HandOver.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"receipt_number": ""}, "Isi bukti pembayaran."),
        ({"receipt_number": "9999/TBP/XI/2026"}, "Bukti pembayaran ini tidak ditemukan."),
        ({"collector": ""}, "Pilih diambil oleh."),
        ({"collector": "pencuri"}, "Pilihan ini tidak ada"),
        ({"collector_name": " "}, "Isi nama yang menerima."),
        ({"collector": "wakil"}, "Tulis hubungan wakil dengan pemesan."),
    ],
)
def test_a_wrong_answer_is_refused_and_the_rest_stays(as_pelayanan, order, wrong, fault):
    response = send(as_pelayanan, order, ("2", "7"), **wrong)

    assert response.status_code == 422
    assert any(fault.lower() in line.lower() for line in said(response)), said(response)
    assert [line.field.value() for line in response.context["form"].lines] == ["2", "7"]
    assert not HandOver.objects.exists()


def test_a_deputy_is_named_with_the_relation(as_pelayanan, order):
    send(as_pelayanan, order, collector="wakil", collector_name="O'Brien", collector_relation="sopir\u202e")

    handover = HandOver.objects.get()
    assert (handover.collector, handover.collector_name, handover.collector_relation) == ("wakil", "O'Brien", "sopir")


def test_the_receipt_number_may_be_typed_in_small_letters(as_pelayanan, order):
    assert send(as_pelayanan, order, receipt_number=valid_receipt_number(order).lower()).status_code == 302


def test_the_scanned_code_of_the_receipt_stands_for_its_number(as_pelayanan, order):
    receipt = Document.objects.get(kind="bukti_pembayaran")
    other = Document.objects.get(kind="surat_pesanan")

    assert send(as_pelayanan, order, receipt_number=other.payload["verify_url"]).status_code == 422
    assert send(as_pelayanan, order, receipt_number=receipt.payload["verify_url"]).status_code == 302
    assert HandOver.objects.get().receipt_number == receipt.printed_number


def test_a_stale_page_names_who_was_faster_and_keeps_what_was_typed(as_pelayanan, order):
    old = order
    act("hand_over_part", order, by=make_user("pelayanan", full_name="Budi Contohnya"))

    response = send(as_pelayanan, old, ("4", "24"), note="Kata saya.")

    html = response.content.decode()
    assert response.status_code == 409
    assert "Budi Contohnya sudah mengubah pesanan ini pada" in html
    assert "Kata saya." in html
    assert HandOver.objects.count() == 1


def test_when_all_is_gone_the_words_typed_can_be_copied(as_pelayanan, order):
    old = order
    act("hand_over", order, by=make_user("pelayanan", full_name="Budi Contohnya"))

    response = send(as_pelayanan, old, note="Kata saya.")

    html = response.content.decode()
    assert response.status_code == 409
    assert "Budi Contohnya sudah mengubah" in html
    assert "Kata saya." in html
    assert HandOver.objects.count() == 1


@pytest.mark.parametrize("role", ["bengkel", "keuangan", "pimpinan"])
def test_only_pelayanan_hands_over(sign_in, order, role):
    browser = sign_in(clerk(role))

    assert browser.get(address(order)).status_code == 403
    assert send(browser, order).status_code == 403
    assert "Diserahkan sekarang" not in browser.get(f"/pesanan/{order.pk}/").content.decode()
    assert not HandOver.objects.exists()


@pytest.mark.parametrize("stage", ["produksi", "pembayaran", "selesai"])
def test_only_what_is_paid_and_still_here(as_pelayanan, office, stage):
    order = make_order(stage)
    already = HandOver.objects.count()

    page = as_pelayanan.get(address(order), follow=True)

    assert page.redirect_chain == [(f"/pesanan/{order.pk}/", 302)]
    assert "tidak dapat dilakukan" in page.content.decode()
    assert send(as_pelayanan, order).status_code == 409
    assert HandOver.objects.count() == already


def test_a_missing_order_is_not_found(as_pelayanan):
    assert as_pelayanan.get("/pesanan/999/serah-terima/").status_code == 404


def shown_as(paper: Document, way: str) -> str:
    """The receipt as it is scanned or typed."""
    ways = {
        "link": paper.payload["verify_url"],
        "code": paper.code,
        "code without its dash": paper.code.replace("-", "").lower(),
        "number with blanks": f" {paper.printed_number.replace('/', ' / ').lower()} ",
    }
    return ways[way]


@pytest.mark.parametrize("way", ["link", "code", "code without its dash", "number with blanks"])
def test_the_receipt_is_known_however_it_is_shown(as_pelayanan, order, way):
    receipt = Document.objects.get(kind="bukti_pembayaran")

    assert send(as_pelayanan, order, receipt_number=shown_as(receipt, way)).status_code == 302
    assert HandOver.objects.get().receipt_number == receipt.printed_number


@pytest.mark.parametrize("way", ["link", "code", "number with blanks"])
def test_a_wrong_paper_is_refused_at_its_field_with_what_it_is(as_pelayanan, order, way):
    other = make_order("siap_diambil")
    paid = act("settle", take_back(make_order("siap_diambil")))
    of_another = other.papers.get(document__kind="bukti_pembayaran").document
    letter = order.papers.get(document__kind="surat_pesanan").document
    void = paid.papers.filter(document__kind="bukti_pembayaran").order_by("id").first().document
    for target, paper, words in (
        (order, of_another, f"milik pesanan lain, yaitu {other.number}"),
        (order, letter, "bukan bukti pembayaran"),
        (paid, void, f"sudah BATAL sejak {tanggal(void.voided_at)}. Minta bukti yang berlaku"),
    ):
        response = send(as_pelayanan, target, receipt_number=shown_as(paper, way))
        assert response.status_code == 422
        [fault] = response.context["form"].error_summary
        assert (fault.id, words in fault.message) == ("id_receipt_number", True), fault.message
    assert not HandOver.objects.exists()


def test_a_photo_is_cleaned_kept_and_shown_to_the_office_only(as_pelayanan, client, order):
    file = SimpleUploadedFile("../foto\u202egpj.exe", make_image(format="JPEG"), "image/jpeg")
    send(as_pelayanan, order, photo=file)

    handover = HandOver.objects.get()
    with handover.photo.open() as kept:
        assert hashlib.sha256(kept.read()).hexdigest() == handover.photo_sha256
    url = f"/serah-terima/{handover.pk}/foto/"
    assert url in as_pelayanan.get(f"/pesanan/{order.pk}/").content.decode()
    shown = as_pelayanan.get(url)
    assert (shown["Content-Type"], "sandbox" in shown["Content-Security-Policy"]) == ("image/jpeg", True)
    assert client.get(url).status_code == 302
    assert "foto" not in client.get(f"/lacak/{order.tracking_links.get().token}/").content.decode().lower()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "kosong"), (b"<svg onload=alert(1)>", "bukan gambar"), (make_image()[:400], "rusak"), (b"%PDF-1.4", "PDF")],
)
def test_what_is_no_photo_is_refused_and_nothing_goes(as_pelayanan, order, content, words):
    response = send(as_pelayanan, order, photo=SimpleUploadedFile("foto.jpg", content, "image/jpeg"))

    assert response.status_code == 422
    assert any(words in line for line in said(response)), said(response)
    assert not HandOver.objects.exists()


def test_a_full_disk_takes_no_goods_and_leaves_no_file(as_pelayanan, order, monkeypatch):
    before = stored_files()

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    response = send(as_pelayanan, order, photo=SimpleUploadedFile("foto.jpg", make_image(), "image/jpeg"))

    assert response.status_code == 422
    assert "penyimpanan balai penuh" in " ".join(said(response))
    assert (HandOver.objects.exists(), stored_files()) == (False, before)


def test_a_refused_hand_over_leaves_no_photo_behind(office):
    order = make_order("siap_diambil", left_goods=(LeftGoodsData("Plat", Decimal(3), "lembar"),))
    before = stored_files()
    data = hand_over_data(order, left_goods={})
    with pytest.raises(ActionRefused, match="belum jelas"):
        actions.hand_over(order.pk, intent(clerk("pelayanan"), order), data, make_drawing())

    assert stored_files() == before


def stored_files() -> int:
    return sum(1 for path in settings.BALAI_FILES.rglob("*") if path.is_file())
