"""The register of customers: found by what people know, never by NIK; every change on record."""

import uuid

import pytest

from balai.models import AuditEntry
from orders.models import Customer
from tests.factories import clerk, make_customer, make_order, make_user

pytestmark = pytest.mark.django_db

NIK = "3374010101800001"


@pytest.fixture
def siti(office) -> Customer:
    return make_customer(name="Siti Contoh", business="Mebel Ukir", phone="6281200001122", nik=NIK)


def change(browser, customer: Customer, /, **changes):
    """The form of a fresh page of this customer."""
    form = browser.get(f"/pelanggan/{customer.pk}/").context["form"]
    data = {field.html_name: field.value() or "" for field in form}
    return browser.post(f"/pelanggan/{customer.pk}/", data | changes)


@pytest.mark.parametrize(
    "search", ["siti", "UKIR", "ukir siti", "0812 0000 1122", "+62812-0000", "1122", "(0812) 0000"]
)
def test_a_customer_is_found(as_pelayanan, siti, search):
    make_customer(name="Joko Contoh", business="Las", phone="628999888777")

    page = as_pelayanan.get("/pelanggan/", {"q": search}).context["page"]

    assert list(page) == [siti]


@pytest.mark.parametrize("search", ["siti las", NIK, NIK[:8], "%", "siti\x00x", "x" * 500])
def test_what_does_not_match_is_not_found(as_pelayanan, siti, search):
    response = as_pelayanan.get("/pelanggan/", {"q": search})

    assert not list(response.context["page"])
    assert "Tidak ada pelanggan yang cocok." in response.content.decode()


def test_the_list_is_in_pages_and_counts_orders(as_pelayanan, siti, count_queries):
    make_order(customer=siti.pk)
    few = count_queries(as_pelayanan, "/pelanggan/")
    for _ in range(60):
        make_customer()

    assert as_pelayanan.get("/pelanggan/", {"q": "ukir"}).context["page"][0].order_count == 1
    assert as_pelayanan.get("/pelanggan/").context["page"].paginator.num_pages == 2
    assert as_pelayanan.get("/pelanggan/?halaman=2&q=").status_code == 200
    assert count_queries(as_pelayanan, "/pelanggan/") == few <= 6


def test_the_nik_is_masked_and_in_no_list(as_pelayanan, siti):
    one = as_pelayanan.get(f"/pelanggan/{siti.pk}/").content.decode()

    assert "************0001" in one
    assert NIK not in one
    assert "0001" not in as_pelayanan.get("/pelanggan/").content.decode()


def test_the_page_shows_facts_and_orders(as_pelayanan, siti):
    order = make_order("permohonan", customer=siti.pk)

    html = as_pelayanan.get(f"/pelanggan/{siti.pk}/").content.decode()

    for fact in (
        "Mebel Ukir",
        "Siti Contoh",
        "0812 0000 1122",
        "https://wa.me/6281200001122",
        siti.address,
        order.number,
    ):
        assert fact in html
    assert f"/pesanan/baru/?pelanggan={siti.pk}" in html


def test_a_change_is_written_and_on_record(as_pelayanan, siti):
    response = change(as_pelayanan, siti, phone="0813 1111 2222", address="Jalan Baru 1")

    siti.refresh_from_db()
    entry = AuditEntry.objects.get(verb="customer.change")
    assert (response.status_code, siti.phone, siti.address) == (302, "6281311112222", "Jalan Baru 1")
    assert entry.before == {"phone": "6281200001122", "address": "Desa Contoh RT 01 RW 02"}
    assert entry.after == {"phone": "6281311112222", "address": "Jalan Baru 1"}
    assert (entry.subject_id, entry.role) == (str(siti.pk), "pelayanan")


@pytest.mark.parametrize(
    ("answer", "kept"),
    [({}, NIK), ({"nik": "3374010101800999"}, "3374010101800999"), ({"remove_nik": "on"}, "")],
)
def test_the_nik_stays_is_replaced_or_removed_and_is_in_no_record(as_pelayanan, siti, answer, kept):
    assert change(as_pelayanan, siti, address="Jalan Baru 1", **answer).status_code == 302

    siti.refresh_from_db()
    record = str(AuditEntry.objects.values_list("before", "after", "note"))
    assert siti.nik == kept
    assert NIK not in record
    assert "3374010101800999" not in record


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ({"phone": "0812"}, "Tulis satu nomor telepon Indonesia"),
        ({"name": " \u200b"}, "Isi nama orang."),
        ({"kind": "lain"}, "Pilihan ini tidak ada"),
        ({"nik": "12"}, "NIK terdiri atas 16 angka."),
        ({"email": "x"}, "Tulis alamat surel"),
    ],
)
def test_wrong_facts_are_refused_and_stay_on_the_page(as_pelayanan, siti, wrong, fault):
    response = change(as_pelayanan, siti, address="Kata saya", **wrong)

    html = response.content.decode()
    assert response.status_code == 422
    assert fault in html
    assert "Kata saya" in html
    assert Customer.objects.get() == siti
    assert not AuditEntry.objects.filter(verb="customer.change").exists()


def test_sent_twice_it_is_changed_once(as_pelayanan, siti):
    key = str(uuid.uuid4())
    answers = [change(as_pelayanan, siti, kunci=key, versi="0", address="Jalan Baru 1") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEntry.objects.filter(verb="customer.change").count() == 1


def test_a_stale_page_names_who_was_faster_and_keeps_what_was_typed(as_pelayanan, sign_in, siti):
    change(sign_in(make_user("pelayanan", full_name="Budi Contohnya")), siti, address="Jalan Budi")

    response = change(as_pelayanan, siti, versi="0", address="Jalan saya")

    html = response.content.decode()
    assert response.status_code == 409
    assert "Budi Contohnya sudah mengubah data pelanggan ini pada" in html
    assert "Jalan saya" in html
    siti.refresh_from_db()
    assert siti.address == "Jalan Budi"

    form = response.context["form"]
    data = {field.html_name: field.value() or "" for field in form}
    assert as_pelayanan.post(f"/pelanggan/{siti.pk}/", data).status_code == 302


@pytest.mark.parametrize("role", ["bengkel", "keuangan", "pimpinan"])
def test_only_pelayanan_sees_the_register(sign_in, siti, role):
    browser = sign_in(clerk(role))

    assert browser.get("/pelanggan/").status_code == 403
    assert browser.get(f"/pelanggan/{siti.pk}/").status_code == 403
    assert browser.post(f"/pelanggan/{siti.pk}/", {"name": "x"}).status_code == 403


def test_a_missing_customer_is_not_found(as_pelayanan):
    assert as_pelayanan.get("/pelanggan/999/").status_code == 404


def test_an_empty_register_says_how_it_fills(as_pelayanan):
    assert "Belum ada pelanggan." in as_pelayanan.get("/pelanggan/").content.decode()
