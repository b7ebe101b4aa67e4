"""The customer's page behind the secret link: what it tells, what it keeps to itself, what guessing it is worth."""

import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from balai import clock
from balai.models import AuditEntry, VerificationTry
from orders.actions.tracking import LENGTH, LETTERS, MESSAGES, address, new_token
from orders.models import Customer, Order
from orders.stages import Stage
from tests.factories import act, audit_of, fresh, make_order
from tests.print.issued import body

pytestmark = pytest.mark.django_db
MALFORMED = ("x", "%00", "a/b/c", "k" * 5000, "' OR 1=1", "1" * LENGTH, "<script>", "٢" * LENGTH)


def page_of(order: Order) -> str:
    return f"/lacak/{order.tracking_links.get(revoked_at=None).token}/"


def words(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def send(client: Client, order: Order, jawaban: str = "sepakat", catatan: str = "", **fields):
    offer = order.open_offer
    typed = {"kunci": uuid.uuid4(), "versi": offer.version if offer else 1, "jawaban": jawaban, "catatan": catatan}
    return client.post(page_of(order), typed | fields)


# What it tells


SAYS = {
    "permohonan": ("Permohonan Anda sedang diperiksa", "Langkah 2 dari 7", "Diterima"),
    "estimasi": ("Bengkel menghitung waktu dan biaya", "Langkah 3 dari 7", "Bisa dikerjakan"),
    "konfirmasi": ("Menunggu jawaban Anda", "Langkah 4 dari 7", "Rp620.000", "5 hari kerja", "Berlaku sampai"),
    "pesanan": ("Antre di bengkel", "Langkah 5 dari 7", "Janji selesai", "Anda sepakat", "Rp620.000"),
    "produksi": ("Sedang dikerjakan di bengkel", "Janji selesai", "Anda tidak perlu berbuat apa-apa"),
    "pembayaran": ("Barang selesai, silakan membayar", "bayar retribusi Rp620.000", "Langkah 6 dari 7"),
    "siap_diambil": ("Sudah lunas, silakan diambil", "Bawa bukti pembayaran", "Langkah 7 dari 7"),
    "selesai": ("Pesanan selesai", "Diambil"),
    "dikembalikan": ("Permohonan dikembalikan", "Langkah 2 dari 7"),
    "dibatalkan": ("Pesanan dibatalkan", "Langkah 5 dari 7"),
}


def test_every_stage_but_the_draft_has_its_words():
    assert set(SAYS) == set(Stage) - {Stage.DRAF}


@pytest.mark.parametrize("stage", SAYS)
def test_the_page_says_where_the_order_stands_and_what_is_asked(client, stage):
    order = make_order(stage)
    text = words(client.get(page_of(order)))
    assert [saying for saying in (order.number, *SAYS[stage]) if saying not in text] == []
    assert ("Kirim jawaban" in text) == (stage == "konfirmasi")
    assert ("Janji selesai" in text) == (stage in ("pesanan", "produksi"))


def test_an_estimate_under_revision_is_not_shown(client):
    order = act("revise", make_order("konfirmasi"))
    assert "Rp620.000" not in words(client.get(page_of(order)))


def test_a_hold_is_told_but_not_why(client):
    order = make_order("produksi", on_hold=True)
    text = words(client.get(page_of(order)))
    assert "Pekerjaan tertunda sementara" in text
    assert order.hold_reason not in text


def test_a_change_is_read_beside_what_holds_now(client):
    text = words(client.get(page_of(make_order("produksi", open_change=True))))
    assert "Ada perubahan yang perlu Anda jawab" in text
    assert "Ukuran berubah." in text
    assert "Perubahan yang ditawarkan" in text
    assert "Estimasi yang berlaku sekarang" in text


def test_an_expired_estimate_says_so_and_takes_no_answer(client):
    order = make_order("konfirmasi")
    with clock.at(clock.now() + timedelta(days=15)):
        text = words(client.get(page_of(order)))
        assert "Estimasi sudah lewat masa berlakunya" in text
        assert "Kirim jawaban" not in text
        refused = send(client, order)
    assert refused.status_code == 422
    assert "Masa berlaku estimasi ini sudah lewat" in words(refused)
    assert not order.contacts.exists()


@pytest.mark.parametrize("stage", SAYS)
def test_nothing_personal_is_told(client, stage):
    order = make_order(stage, note="Catatan Rahasia")
    fields = {"name": "Sulastri Rahasia", "business": "CV Karya Rahasia", "nik": "3300000000000143"}
    fields |= {"email": "rahasia@contoh.example", "nib": "0000000000143", "address": "Dukuh Rahasia"}
    Customer.objects.filter(pk=order.customer_id).update(**fields)
    answer = client.get(page_of(order))
    html = answer.content.decode() + str(answer.headers)
    customer = Customer.objects.get(pk=order.customer_id)
    secrets = [*fields.values(), customer.phone, customer.phone[2:], "Catatan Rahasia"]
    secrets += [drawing.original_name for drawing in order.drawings.all()]
    secrets += [f"/gambar/{drawing.pk}" for drawing in order.drawings.all()]
    secrets += [entry.actor_name for entry in audit_of(order)] + [entry.note for entry in audit_of(order) if entry.note]
    assert [secret for secret in secrets if secret in html] == []


def test_the_address_is_told_to_nobody(client):
    order = make_order("konfirmasi")
    for answer in (client.get(page_of(order)), client.get("/lacak/x/"), send(client, order, "revisi")):
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]
        assert not answer.cookies


def test_queries_are_few_and_do_not_grow(client, count_queries):
    few = count_queries(client, page_of(make_order("konfirmasi")))
    order = make_order("produksi", open_change=True)
    for _ in range(5):
        order = act("note_contact", order)
    assert count_queries(client, page_of(order)) == few <= 10


# The link


def test_a_token_has_128_bits_and_nothing_of_the_order(db):
    assert len(LETTERS) ** LENGTH >= 2**128
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    order = make_order("permohonan")
    token = order.tracking_links.get().token
    assert re.fullmatch(f"[{LETTERS}]{{{LENGTH}}}", token)


def test_the_link_is_printed_on_the_form_and_opens_however_it_is_typed(client, office):
    order = make_order("permohonan")
    link = order.tracking_links.get()
    assert body(order, "formulir_permohonan")["tracking_url"] == address(link, office)
    assert address(link, office).startswith(office.verify_base)
    for spelling in (link.token, link.token.upper(), f" {link.token} "):
        assert client.get(f"/lacak/{spelling}/").status_code == 200


def test_unknown_malformed_and_revoked_links_get_the_same_answer(client):
    order = make_order("konfirmasi")
    revoked = page_of(order)
    act("revoke_link", order)
    unknown = client.get(f"/lacak/{new_token()}/")
    assert unknown.status_code == 404
    for url in (revoked, *(f"/lacak/{token}/" for token in MALFORMED)):
        for answer in (client.get(url), client.post(url, {"jawaban": "sepakat"})):
            assert (answer.status_code, answer.content) == (404, unknown.content), url


def test_a_renewed_link_opens_the_page_and_the_old_one_does_not(client):
    order = make_order("konfirmasi")
    former = page_of(order)
    order = act("renew_link", order)
    assert page_of(order) != former
    assert (client.get(former).status_code, client.get(page_of(order)).status_code) == (404, 200)
    assert audit_of(order)[-1].verb == "renew_link"


def test_an_order_without_a_link_can_be_given_one(client):
    order = act("renew_link", act("revoke_link", make_order("produksi")))
    assert client.get(page_of(order)).status_code == 200


def test_guessing_gives_nothing_and_is_slowed_down(client):
    order = make_order("konfirmasi")
    with clock.at(clock.now()):
        statuses = [client.get(f"/lacak/{new_token()}/").status_code for _ in range(200)]
        assert statuses == [404] * 30 + [429] * 170
        slow = client.get(page_of(order))
        assert slow.status_code == 429
        assert order.number not in slow.content.decode()
        assert int(slow["Retry-After"]) == 600
        assert send(client, order).status_code == 429
        elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
        assert client.get(page_of(order), **elsewhere).status_code == 200
    assert VerificationTry.objects.count() == 30
    assert not order.contacts.exists()


# The answer is a message


def test_an_answer_is_a_message_and_moves_nothing(client):
    order = make_order("konfirmasi")
    answer = send(client, order, "sepakat", "Mohon dikabari.")
    assert (answer.status_code, answer.url) == (302, page_of(order))
    after = fresh(order)
    assert (after.stage, after.version, after.estimate.status) == ("konfirmasi", order.version, "ditawarkan")
    [message] = order.contacts.all()
    assert (message.way, message.answer, message.said) == ("lacak", "sepakat", "Mohon dikabari.")
    assert (message.noted_by, message.estimate) == (None, order.estimate)
    text = words(client.get(page_of(order)))
    assert "Jawaban Anda, saya sepakat , kami terima" in text
    assert "“Mohon dikabari.”" in text
    assert "object" not in text
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.subject_kind, entry.actor) == ("tracking.message", "contact", None)


def test_a_wish_needs_words(client):
    order = make_order("konfirmasi")
    answer = send(client, order, "revisi")
    assert answer.status_code == 422
    assert "Tulis apa yang ingin Anda ubah." in words(answer)
    assert not order.contacts.exists()


def test_the_same_form_sent_again_is_one_message(client):
    order, key = make_order("konfirmasi"), uuid.uuid4()
    assert [send(client, order, kunci=key).status_code for _ in range(3)] == [302] * 3
    assert order.contacts.count() == 1
    assert send(client, order, "revisi", "Lain.", kunci=key).status_code == 422


def test_three_messages_to_an_offer_and_no_more(client):
    order = make_order("konfirmasi")
    for _ in range(MESSAGES):
        assert send(client, order).status_code == 302
    assert "Kirim jawaban" not in words(client.get(page_of(order)))
    assert send(client, order).status_code == 422
    assert order.contacts.count() == MESSAGES


def test_an_answer_to_an_offer_that_is_gone_is_refused(client):
    order = make_order("konfirmasi")
    revised = act("offer", act("revise", order))
    late = client.post(page_of(order), {"kunci": uuid.uuid4(), "versi": 1, "jawaban": "sepakat"})
    assert late.status_code == 409
    assert "sudah dijawab atau diganti" in words(late)
    agreed = act("agree", revised)
    assert send(client, agreed).status_code == 409


@pytest.mark.parametrize(
    "broken",
    [{"kunci": ""}, {"kunci": "x"}, {"versi": ""}, {"versi": "x"}, {"jawaban": "batal"}, {"catatan": "k" * 301}],
)
def test_a_form_that_was_tampered_with_is_refused_in_words(client, broken):
    order = make_order("konfirmasi")
    answer = send(client, order, **broken)
    assert answer.status_code in (409, 422)
    assert not order.contacts.exists()
