"""A form that was typed and not sent comes back: to its typist only, filled in and not sent, without files."""

import json
import re
import uuid
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client

from balai import clock, keptforms
from balai.models import KeptForm
from orders.models import Order
from tests.factories import PASSWORD, fresh, make_order, make_user
from tests.orders.test_intake import typed

pytestmark = pytest.mark.django_db
HEADERS = {keptforms.AUTOSAVE: "ya"}


def hidden(html: str, name: str) -> str:
    return re.search(rf'name="{name}"[^>]* value="([^"]*)"', html)[1]


def typed_on(browser: Client, url: str, **typed: str) -> dict[str, str]:
    """The fields of a fresh page, with something typed."""
    html = browser.get(url).content.decode()
    return {name: hidden(html, name) for name in ("kunci", "versi")} | typed


def new_request(browser: Client) -> dict[str, str]:
    """A complete request as a fresh page sends it."""
    html = browser.get("/pesanan/baru/").content.decode()
    return typed() | {name: hidden(html, name) for name in ("kunci", "versi", "isian")}


def expire(browser: Client) -> None:
    """As after half an hour: the browser has thrown the session's cookie away, the other ones are there."""
    del browser.cookies["sessionid"]


def back_through_sign_in(browser: Client, answer, user) -> str:
    """The page on which the kept form stands after sign-in."""
    assert answer.status_code == 302
    return browser.post(answer.url, {"username": user.username, "password": PASSWORD}, follow=True).content.decode()


@pytest.fixture
def review(office) -> Order:
    return make_order("permohonan")


@pytest.fixture
def address(review) -> str:
    return f"/pesanan/{review.pk}/identifikasi/"


def test_a_form_sent_after_the_session_stands_filled_in_after_sign_in(as_pelayanan, pelayanan, review, address):
    sent = typed_on(as_pelayanan, address, tindakan="return_to_customer", catatan="Mesin frais rusak.")
    expire(as_pelayanan)

    answer = as_pelayanan.post(address, sent)
    html = back_through_sign_in(as_pelayanan, answer, pelayanan)

    assert fresh(review).stage == "permohonan", "nothing was sent"
    assert 'value="Mesin frais rusak."' in html
    assert re.search(r'value="return_to_customer"[^>]* checked', html)
    assert "dikembalikan dan belum terkirim" in html
    assert hidden(html, "kunci") == sent["kunci"]
    assert as_pelayanan.post(address, sent | {"kunci": hidden(html, "kunci")}).status_code == 302
    assert fresh(review).stage == "dikembalikan"


def test_it_comes_back_after_twelve_hours_too(as_pelayanan, pelayanan, address):
    sent = typed_on(as_pelayanan, address, tindakan="accept", catatan="Bisa.")
    session = as_pelayanan.session
    session["signed_in_at"] -= 13 * 3600
    session.save()

    assert 'value="Bisa."' in back_through_sign_in(as_pelayanan, as_pelayanan.post(address, sent), pelayanan)


def test_nobody_else_gets_it(as_pelayanan, address):
    colleague = make_user("pelayanan", username="rekan")
    sent = typed_on(as_pelayanan, address, tindakan="accept", catatan="Rahasia meja.")
    expire(as_pelayanan)

    html = back_through_sign_in(as_pelayanan, as_pelayanan.post(address, sent), colleague)

    assert "Rahasia meja." not in html
    assert "sudah terkirim, dihapus, atau terlalu lama" in html


@pytest.mark.parametrize("what", ["typist unknown", "another's page", "no key"])
def test_what_is_not_surely_somebodys_is_not_kept(as_pelayanan, as_bengkel, address, what):
    sent = typed_on(as_pelayanan, address, tindakan="accept", catatan="x")
    expire(as_pelayanan)
    if what == "typist unknown":
        del as_pelayanan.cookies[keptforms.COOKIE]
    elif what == "another's page":
        as_bengkel.get("/meja/")
        as_pelayanan.cookies[keptforms.COOKIE] = as_bengkel.cookies[keptforms.COOKIE].value
    else:
        sent["kunci"] = str(uuid.uuid4())

    answer = as_pelayanan.post(address, sent)

    assert parse_qs(urlsplit(answer.url).query)["next"] == [address]
    assert not KeptForm.objects.exists()


def test_whoever_signs_out_leaves_no_form(as_pelayanan, address):
    sent = typed_on(as_pelayanan, address, tindakan="accept", catatan="x")
    as_pelayanan.post("/keluar/")

    as_pelayanan.post(address, sent)

    assert not KeptForm.objects.exists()


def test_after_half_an_hour_it_is_gone(as_pelayanan, pelayanan, address):
    sent = typed_on(as_pelayanan, address, tindakan="accept", catatan="Lama.")
    expire(as_pelayanan)
    answer = as_pelayanan.post(address, sent)
    KeptForm.objects.update(keep_until=clock.now())

    assert "Lama." not in back_through_sign_in(as_pelayanan, answer, pelayanan)
    keptforms.keep(pelayanan, "/", QueryDict("a=1"), keptforms.UNSENT)
    assert KeptForm.objects.count() == 1, "the next form that is kept sweeps"


def test_another_tab_may_have_signed_in_meanwhile(pelayanan, address):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(pelayanan)
    html = browser.get(address).content.decode()
    sent = {name: hidden(html, name) for name in ("kunci", "versi", "csrfmiddlewaretoken")} | {"catatan": "Tab lama."}
    browser.cookies["csrftoken"] = "A" * 32  # a sign-in gives a new one

    from_elsewhere = browser.post(address, sent, headers={"Sec-Fetch-Site": "cross-site"})
    answer = browser.post(address, sent, headers={"Sec-Fetch-Site": "same-origin"})

    assert from_elsewhere.status_code == 403
    assert 'value="Tab lama."' in browser.get(answer.url).content.decode()


def test_rows_come_back_and_files_do_not(as_pelayanan, pelayanan):
    sent = new_request(as_pelayanan) | {"items-TOTAL_FORMS": "2", "items-1-name": "Braket", "items-1-quantity": "dua?"}
    expire(as_pelayanan)
    file = SimpleUploadedFile("gambar.png", b"x", "image/png")

    html = back_through_sign_in(as_pelayanan, as_pelayanan.post("/pesanan/baru/", sent | {"drawings": file}), pelayanan)

    assert 'value="dua?"' in html, "what was typed wrong comes back as it was typed"
    assert hidden(html, "items-TOTAL_FORMS") == "2"
    assert "Berkas dan NIK tidak ikut tersimpan" in html
    assert not Order.objects.exists()


def test_a_form_keeps_itself_and_is_forgotten_when_it_is_sent(as_pelayanan, pelayanan):
    sent = new_request(as_pelayanan)

    saved = as_pelayanan.post("/pesanan/baru/", sent, headers=HEADERS)

    assert re.fullmatch(r"\d\d\.\d\d", saved.content.decode())
    assert not Order.objects.exists()
    as_pelayanan.post("/pesanan/baru/", sent | {"note": "Lebih panjang."}, headers=HEADERS)
    kept = KeptForm.objects.get()
    assert kept.keep_until - kept.kept_at == timedelta(days=7)
    page = as_pelayanan.get("/pesanan/baru/").content.decode()
    assert "Isian yang belum terkirim" in page
    assert "Lebih panjang." not in page
    assert "Lebih panjang." in as_pelayanan.get(keptforms.way_back(kept)).content.decode()
    assert as_pelayanan.post("/pesanan/baru/", sent | {"draf": "1"}).status_code == 302
    assert not KeptForm.objects.exists()


def test_a_form_that_keeps_itself_after_the_session_says_where_to_sign_in(as_pelayanan, pelayanan):
    sent = new_request(as_pelayanan)
    expire(as_pelayanan)

    answer = as_pelayanan.post("/pesanan/baru/", sent, headers=HEADERS)

    assert answer.status_code == 401
    assert answer.content.decode().startswith("/masuk/?next=/pesanan/baru/%3Fisian%3D")


def test_a_nik_is_never_kept(as_pelayanan, pelayanan, caplog):
    nik = "3374010101800001"
    sent = new_request(as_pelayanan) | {"baru-nik": nik}
    as_pelayanan.post("/pesanan/baru/", sent, headers=HEADERS)
    expire(as_pelayanan)

    answer = as_pelayanan.post("/pesanan/baru/", sent)

    assert nik not in json.dumps(list(KeptForm.objects.values_list("fields", flat=True)))
    assert nik not in back_through_sign_in(as_pelayanan, answer, pelayanan)
    assert nik not in caplog.text


def test_two_tabs_keep_two_forms(as_pelayanan):
    for _ in range(2):
        as_pelayanan.post("/pesanan/baru/", new_request(as_pelayanan), headers=HEADERS)

    assert KeptForm.objects.count() == 2


def test_what_is_kept_is_bounded(as_pelayanan, pelayanan):
    for number in range(keptforms.MOST_FORMS + 3):
        keptforms.keep(pelayanan, f"/{number}/", QueryDict("a=1"), keptforms.UNSENT)
    too_long = new_request(as_pelayanan) | {"note": "x" * (keptforms.MOST_LETTERS + 1)}

    assert as_pelayanan.post("/pesanan/baru/", too_long, headers=HEADERS).status_code == 413
    assert KeptForm.objects.count() == keptforms.MOST_FORMS


@pytest.mark.parametrize("parameter", ["x", "5b1cbb54-0f0a-4a5c-9a53-6a4e7a1d2c11", ""])
def test_a_kept_form_that_is_not_there_is_said_so(as_pelayanan, parameter):
    answer = as_pelayanan.get(f"/pesanan/baru/?isian={parameter}")

    assert answer.status_code == 200
    assert "sudah terkirim, dihapus, atau terlalu lama" in answer.content.decode()
