"""Drawings sent one by one, from the desk by a script or from a phone by a link; one bad file loses no good one."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from balai import clock
from balai.models import VerificationTry
from balai.verification import TRIES
from orders.models import Order
from orders.phonelinks import LIFETIME, MAX_TRIES, token_of
from tests import hostile_files
from tests.factories import act, audit_of, fresh, make_image, make_order

pytestmark = pytest.mark.django_db


def png(name: str, text: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_image(text or name))


def bad(name: str = "jahat.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, hostile_files.html())


def send(browser, url: str, *files: SimpleUploadedFile, key: str = ""):
    return browser.post(url, {"kunci": key or str(uuid.uuid4()), "versi": "", "drawings": list(files)})


def names(order: Order) -> list[str]:
    return sorted(order.drawings.values_list("original_name", flat=True))


def test_the_first_file_of_a_new_request_opens_its_draft(as_pelayanan, office):
    key = str(uuid.uuid4())

    answers = [send(as_pelayanan, "/pesanan/baru/gambar/", png(name), key=key) for name in ("a.png", "b.png")]

    order = Order.objects.get()
    assert names(order) == ["a.png", "b.png"]
    assert f'data-action="/pesanan/{order.pk}/permohonan/" data-version="2"' in answers[0].content.decode()
    assert "a.png: sudah tersimpan." in answers[0].content.decode()


def test_each_file_is_told_what_became_of_it(as_pelayanan, office):
    order = make_order()

    answer = send(as_pelayanan, f"/pesanan/{order.pk}/permohonan/gambar/", png("baik.png"), bad(), png("lain.png"))

    html = answer.content.decode()
    assert answer.status_code == 200
    assert all(words in html for words in ("baik.png: sudah tersimpan.", "lain.png: sudah tersimpan."))
    assert "jahat.png: berkas ini bukan gambar" in html
    assert names(order)[:2] == ["baik.png", "gambar-contoh-1.png"]
    assert f'value="{order.drawings.get(original_name="baik.png").pk}"' in html


def test_a_bad_file_alone_opens_no_draft(as_pelayanan, office):
    answer = send(as_pelayanan, "/pesanan/baru/gambar/", bad())

    assert "jahat.png: berkas ini bukan gambar" in answer.content.decode()
    assert not Order.objects.exists()


def test_the_same_file_sent_again_from_the_same_page_is_kept_once(as_pelayanan, office):
    order, key = make_order(drawings=0), str(uuid.uuid4())
    url = f"/pesanan/{order.pk}/permohonan/gambar/"

    answers = [send(as_pelayanan, url, png("a.png"), key=key).content.decode() for _ in range(2)]

    assert all("a.png: sudah tersimpan." in html for html in answers)
    assert names(order) == ["a.png"]


def test_a_page_without_its_key_stores_nothing(as_pelayanan, office):
    order = make_order(drawings=0)

    answer = as_pelayanan.post(f"/pesanan/{order.pk}/permohonan/gambar/", {"drawings": [png("a.png")]})

    assert "a.png: halaman ini terlalu lama terbuka" in answer.content.decode()
    assert not order.drawings.exists()


def test_an_order_on_its_way_takes_no_more_drawings(as_pelayanan, office):
    order = make_order("estimasi")

    answer = send(as_pelayanan, f"/pesanan/{order.pk}/permohonan/gambar/", png("a.png"))

    assert "tidak dapat dilakukan" in answer.content.decode()
    assert order.drawings.count() == 1


def test_what_was_typed_is_saved_although_files_came_meanwhile(as_pelayanan, office):
    order = make_order()
    page = as_pelayanan.get(f"/pesanan/{order.pk}/permohonan/")
    send(as_pelayanan, f"/pesanan/{order.pk}/permohonan/gambar/", png("a.png"))

    typed = {"kunci": page.context["form"]["kunci"].value(), "versi": str(order.version), "note": "Diketik sejak tadi."}
    typed |= {"draf": "hp", "items-TOTAL_FORMS": "0", "items-INITIAL_FORMS": "0", "service": "logam"}
    typed |= {"left-TOTAL_FORMS": "0", "left-INITIAL_FORMS": "0", "customer": str(order.customer_id)}
    answer = as_pelayanan.post(f"/pesanan/{order.pk}/permohonan/", typed)

    assert answer.url == f"/pesanan/{order.pk}/gambar/hp/"
    assert fresh(order).note == "Diketik sejak tadi."


@pytest.fixture
def order(office) -> Order:
    return make_order("permohonan")


@pytest.fixture
def url(as_pelayanan, order) -> str:
    """The address of an open link, made on the clerk's page."""
    page = as_pelayanan.post(
        f"/pesanan/{order.pk}/gambar/hp/", {"kunci": str(uuid.uuid4()), "versi": str(order.version), "buka": "1"}
    )
    assert page.url == f"/pesanan/{order.pk}/gambar/hp/"
    return f"/unggah/{token_of(order.upload_links.get())}/"


def test_the_clerk_sees_the_code_and_what_arrives(as_pelayanan, client, order, url):
    before = as_pelayanan.get(f"/pesanan/{order.pk}/gambar/hp/").content.decode()
    send(client, url, png("dari-hp.png"))
    after = as_pelayanan.get(f"/pesanan/{order.pk}/gambar/hp/").content.decode()

    assert f"https://balai.example{url}" in before
    assert 'src="data:image/png;base64,' in before
    assert ("dari-hp.png" in before, "dari-hp.png" in after) == (False, True)
    timeline = as_pelayanan.get(f"/pesanan/{order.pk}/").content.decode()
    assert "Gambar ditambahkan: dari-hp.png" in timeline
    assert "lewat tautan HP" in timeline


def test_the_phone_learns_nothing_but_the_number(client, order, url):
    answer = client.get(url)
    html = answer.content.decode()

    assert order.number in html
    assert not any(word in html for word in (order.customer.name, order.customer.phone, order.title, "gambar-contoh"))
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex, nofollow")
    assert "no-store" in answer["Cache-Control"]
    assert 'capture="environment"' in html
    assert not client.cookies


def test_a_phone_sends_several_and_is_told_of_each(client, order, url):
    answer = send(client, url, png("a.png"), bad(), png("b.png"))

    html = answer.content.decode()
    assert answer.status_code == 200
    assert all(words in html for words in ("a.png: sudah tersimpan.", "b.png: sudah tersimpan.", "jahat.png: berkas"))
    assert "2 gambar sudah diterima" in html
    assert order.drawings.filter(link__isnull=False).count() == 2


def test_one_file_sent_by_the_script(client, order, url):
    html = send(client, f"{url}gambar/", png("a.png")).content.decode()

    assert "a.png: sudah tersimpan." in html
    assert "1 gambar sudah diterima" in html
    assert audit_of(order)[-1].after["names"] == ["a.png"]


def test_nothing_chosen_is_said(client, url):
    answer = send(client, url)

    assert answer.status_code == 422
    assert "Pilih atau foto gambarnya dulu." in answer.content.decode()


def test_a_link_that_is_over_reads_like_one_that_never_was(as_pelayanan, client, order, url):
    never = client.get("/unggah/aaaabbbbccccddddeeeeffffgggghhhh/")
    with clock.at(clock.now() + LIFETIME):
        over = send(client, url, png("a.png"))
    typed = {"kunci": str(uuid.uuid4()), "versi": str(fresh(order).version), "tutup": "1"}
    as_pelayanan.post(f"/pesanan/{order.pk}/gambar/hp/", typed)
    closed = client.get(url)

    assert [answer.status_code for answer in (never, over, closed)] == [404, 404, 404]
    assert never.content == over.content == closed.content
    assert order.drawings.count() == 1


def test_files_are_counted_good_or_not(client, order, url):
    link = order.upload_links.get()
    link.tries = MAX_TRIES - 1
    link.save()

    html = send(client, url, bad("satu.png"), png("dua.png")).content.decode()

    assert "satu.png: berkas ini bukan gambar" in html
    assert "terlalu banyak berkas dikirim" in html
    assert order.drawings.count() == 1


def test_whoever_guesses_is_slowed_down(client, url):
    answers = [client.get(f"/unggah/{number:032}/").status_code for number in range(TRIES + 1)]

    assert answers == [404] * TRIES + [429]
    assert client.get(url).status_code == 429
    assert VerificationTry.objects.count() == TRIES


def test_a_request_that_was_accepted_takes_no_more_photos(client, order, url):
    act("accept", fresh(order))

    assert "tidak dapat dilakukan" in send(client, url, png("a.png")).content.decode()
    assert order.drawings.count() == 1
