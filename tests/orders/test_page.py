"""The order page: next action first for whoever must act, else whom it waits for; goods, papers, drawings, past."""

from datetime import date
from decimal import Decimal

import pytest

from orders.actions.intake import CustomerData, ItemData, LeftGoodsData
from orders.models import Customer, Estimate
from orders.steps import current_step
from tests.copies import copies_of
from tests.factories import act, make_customer, make_order, take_back

pytestmark = pytest.mark.django_db

# State -> who must act, and the words of the card for everybody else
WAITS = {
    "draf": ("pelayanan", "Menunggu pelayanan: permohonan"),
    "permohonan": ("pelayanan", "Menunggu pelayanan: identifikasi"),
    "estimasi": ("bengkel", "Menunggu bengkel: estimasi"),
    "konfirmasi": ("pelayanan", "Menunggu pelayanan: konfirmasi"),
    "pesanan": ("bengkel", "Menunggu bengkel: produksi"),
    "produksi": ("bengkel", "Menunggu bengkel: produksi"),
    "produksi, tertunda": ("bengkel", "Menunggu bengkel: produksi"),
    "produksi, perubahan ditawarkan": ("pelayanan", "Menunggu pelayanan: jawaban atas perubahan"),
    "pembayaran": ("keuangan", "Menunggu keuangan: pembayaran"),
    "siap_diambil": ("pelayanan", "Menunggu pelayanan: pengambilan"),
    "siap_diambil, sebagian diserahkan": ("pelayanan", "Menunggu pelayanan: pengambilan"),
}
CLOSED = {"selesai": "Selesai", "dikembalikan": "Dikembalikan", "dibatalkan": "Dibatalkan"}


def page(browser, order) -> str:
    response = browser.get(f"/pesanan/{order.pk}/")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("state", WAITS)
def test_who_must_act_finds_the_next_action_and_the_others_whom_it_waits_for(cell, sign_in, state) -> None:
    order, people = cell(state)
    role, words = WAITS[state]
    step = current_step(order)[1]
    for name, user in people.items():
        if name == "tanpa bagian":
            continue
        html = page(sign_in(user), order)
        if name == role:
            assert html.count("btn-primary") == 1
            assert f"/pesanan/{order.pk}/{step.url}/" in html.partition("next-card")[2].partition("</section>")[0]
        else:
            assert "btn-primary" not in html
            assert "next-card" not in html
            assert words in html


@pytest.mark.parametrize("state", CLOSED)
def test_a_closed_order_says_how_it_ended_and_offers_nothing(cell, sign_in, state) -> None:
    order, people = cell(state)
    for user in (people["pelayanan"], people["pimpinan"], people["admin"]):
        html = page(sign_in(user), order)
        assert f'class="m-0">{CLOSED[state]} ' in html
        assert "btn-primary" not in html
        offers = user == people["pimpinan"] and state == "selesai"  # what was paid may be refunded
        assert ("Tindakan lain" in html) == offers
        assert "Terbit s" not in html  # no paper is promised any more


def test_the_reason_of_an_ending_is_read_on_top(cell, sign_in) -> None:
    order, people = cell("dibatalkan")
    html = page(sign_in(people["bengkel"]), order)
    assert "Pelanggan mundur." in html.partition('id="berikut"')[2].partition("</section>")[0]


def test_an_account_without_a_role_sees_no_order(cell, sign_in) -> None:
    order, people = cell("konfirmasi")
    response = sign_in(people["tanpa bagian"]).get(f"/pesanan/{order.pk}/")
    assert response.status_code == 403
    assert "belum diberi bagian" in response.content.decode()


def test_an_order_that_is_not_there_is_not_found(as_pelayanan) -> None:
    assert as_pelayanan.get("/pesanan/424242/").status_code == 404


def test_nobody_signed_in_is_sent_to_the_door(cell, client) -> None:
    order, _ = cell("konfirmasi")
    assert client.get(f"/pesanan/{order.pk}/")["Location"].startswith("/masuk/")


@pytest.mark.parametrize(
    ("state", "role", "offered"),
    [
        ("permohonan", "pelayanan", {"Ubah permohonan"}),
        ("draf", "pelayanan", set()),  # its own step leads to the same page
        ("produksi", "bengkel", {"Ubah rencana kerja", "Tambah foto hasil", "Tawarkan perubahan"}),
        ("produksi", "pimpinan", {"Batalkan pesanan"}),
        ("siap_diambil", "keuangan", {"Minta pembatalan pembayaran"}),
        ("siap_diambil", "pimpinan", {"Catat pengembalian uang"}),
        ("pembayaran", "pimpinan", {"Catat pengurangan atau pembebasan"}),
        ("siap_diambil, dibebaskan", "pimpinan", {"Cabut pembebasan"}),
        ("siap_diambil, sebagian diserahkan", "keuangan", set()),
        ("konfirmasi", "pelayanan", set()),
    ],
)
def test_other_actions_stand_in_a_menu_only_where_they_may_be_done(cell, sign_in, state, role, offered) -> None:
    order, people = cell(state)
    response = sign_in(people[role]).get(f"/pesanan/{order.pk}/")
    assert {other["label"] for other in response.context["side_actions"]} == offered
    assert ("Tindakan lain" in response.content.decode()) == bool(offered)


def test_the_head_answers_when_and_how_much(cell, sign_in) -> None:
    order, people = cell("konfirmasi")
    browser = sign_in(people["pelayanan"])
    facts = {fact["label"]: fact for fact in browser.get(f"/pesanan/{order.pk}/").context["facts"]}
    assert list(facts) == ["Pelanggan", "Keadaan", "Usulan selesai", "Nilai"]
    assert facts["Nilai"]["value"] == "Rp620.000"
    assert facts["Keadaan"]["tag"].text.startswith("Menunggu jawaban pelanggan sejak")
    agreed = act("agree", order)
    labels = [fact["label"] for fact in browser.get(f"/pesanan/{agreed.pk}/").context["facts"]]
    assert "Janji selesai" in labels


@pytest.mark.parametrize(("finish_on", "words"), [(date(2999, 1, 1), "ditepati"), (date(2020, 1, 1), "tidak ditepati")])
def test_a_finished_order_says_whether_the_promise_was_kept(cell, sign_in, finish_on, words) -> None:
    order, people = cell("pembayaran")
    Estimate.objects.filter(pk=order.estimate_id).update(starts_on=date(2020, 1, 1), finish_on=finish_on)
    facts = sign_in(people["keuangan"]).get(f"/pesanan/{order.pk}/").context["facts"]
    assert facts[2]["value"].endswith(f" {finish_on.year}, {words}")


def test_goods_are_shown_before_the_estimate_and_its_lines_afterwards(cell, sign_in) -> None:
    order, people = cell("permohonan")
    browser = sign_in(people["bengkel"])
    html = page(browser, order)
    assert "Ø 20 × 180 mm" in html
    assert "Estimasi versi" not in html
    html = page(browser, cell("konfirmasi")[0])
    for words in ("Estimasi versi 1", "Jasa bengkel", "Bahan", "4,25", "dari pelanggan", "Rp620.000"):
        assert words in html
    assert "enam ratus dua puluh ribu rupiah" in html
    assert '<details class="card disclosure">' in html  # the goods fold away


def test_the_workshop_keeps_the_goods_in_sight(cell, sign_in) -> None:
    order, people = cell("produksi")
    assert '<details class="card disclosure" open>' in page(sign_in(people["bengkel"]), order)


def test_an_open_change_shows_both_totals(cell, sign_in) -> None:
    order, people = cell("produksi, perubahan ditawarkan")
    Estimate.objects.filter(pk=order.change_id).update(total=999_000)
    html = page(sign_in(people["bengkel"]), order)
    for words in ("Perubahan yang ditawarkan, estimasi versi 2", "Rp620.000", "Rp999.000", "Ukuran berubah."):
        assert words in html
    assert "Estimasi yang berlaku, versi 1" in html


def test_goods_left_with_the_office_and_a_missing_drawing_are_told(as_pelayanan) -> None:
    order = make_order(
        "permohonan",
        drawings=0,
        no_drawing_reason="Contoh barang dibawa.",
        left_goods=(LeftGoodsData("Contoh pisau lama", Decimal(1), "buah", "Tumpul"),),
    )
    html = page(as_pelayanan, order)
    assert "Contoh pisau lama, 1 buah" in html
    assert "Tumpul" in html
    assert "Tanpa gambar: Contoh barang dibawa." in html


def test_the_newest_drawing_stands_first_and_only_it_can_be_replaced(cell, sign_in) -> None:
    order, people = cell("konfirmasi")
    old = order.drawings.get()
    act("revise_drawing", order)
    new = old.replaced_by
    response = sign_in(people["pelayanan"]).get(f"/pesanan/{order.pk}/")
    first, second = response.context["drawings"]
    assert (first["url"], first["old"]) == (f"/gambar/{new.pk}/lihat/", False)
    assert (second["url"], second["old"], second["replace_url"]) == (f"/gambar/{old.pk}/lihat/", True, "")
    assert f"/gambar/{new.pk}/versi-baru/" in response.content.decode()
    assert "sudah diganti" in response.content.decode()
    assert "versi-baru" not in page(sign_in(people["bengkel"]), order)


def test_papers_are_named_with_their_number_and_those_to_come_with_their_time(cell, sign_in) -> None:
    order, people = cell("pesanan")
    papers = sign_in(people["pelayanan"]).get(f"/pesanan/{order.pk}/").context["papers"]
    assert [paper["name"] for paper in papers] == [
        "Surat perintah kerja",
        "Surat pesanan",
        "Lembar estimasi",
        "Formulir permohonan",
        "Bukti pembayaran",
        "Surat jalan",
    ]
    letter = order.papers.get(document__kind="surat_pesanan").document
    assert letter.printed_number in papers[1]["detail"]
    assert papers[1]["url"] == f"/dokumen/{letter.pk}/lihat/"
    assert papers[4] == {"name": "Bukti pembayaran", "detail": "Terbit saat retribusi dibayar"}


def test_a_void_paper_and_a_replaced_paper_say_so(cell, sign_in) -> None:
    order, people = cell("produksi, perubahan ditawarkan")
    browser = sign_in(people["pelayanan"])
    act("agree_change", order)
    work, second, offer, former_work, first = browser.get(f"/pesanan/{order.pk}/").context["papers"][:5]
    assert (second["name"], first["name"]) == ("Surat pesanan, perubahan ke-1", "Surat pesanan")
    assert (work["name"], former_work["name"]) == ("Surat perintah kerja, perubahan ke-1", "Surat perintah kerja")
    assert offer["name"] == "Lembar estimasi"
    assert f"diganti {second['detail'].partition(' ')[0]}" in first["detail"]
    assert f"diganti {work['detail'].partition(' ')[0]}" in former_work["detail"]
    cancelled, _ = cell("dibatalkan")
    papers = browser.get(f"/pesanan/{cancelled.pk}/").context["papers"]
    assert "BATAL" in papers[0]["detail"]
    assert papers[0]["detail"].endswith("Pelanggan mundur.")


def test_after_a_reversed_payment_a_new_receipt_is_to_come(cell, sign_in) -> None:
    order, people = cell("siap_diambil")
    take_back(order)
    papers = sign_in(people["keuangan"]).get(f"/pesanan/{order.pk}/").context["papers"]
    receipts = [paper["detail"] for paper in papers if paper["name"] == "Bukti pembayaran"]
    assert "BATAL" in receipts[0]
    assert receipts[1] == "Terbit saat retribusi dibayar"


def test_the_paper_of_my_action_opens_to_be_printed(cell, sign_in) -> None:
    order, people = cell("konfirmasi")
    browser = sign_in(people["pelayanan"])
    form = browser.get(f"/pesanan/{order.pk}/").context["form"]
    answer = {"kunci": form["kunci"].value(), "versi": order.version, "tindakan": "agree"}
    answer |= {"lewat": "loket", "penjawab": "Siti Contoh"}
    response = browser.post(f"/pesanan/{order.pk}/konfirmasi/", answer, follow=True)
    letter = order.papers.get(document__kind="surat_pesanan").document
    assert response.redirect_chain == [(f"/dokumen/{letter.pk}/lihat/", 302)]
    assert 'class="alert alert-success"' in response.content.decode()
    again = page(browser, order)
    assert "Cetak ulang" not in again.partition(letter.printed_number)[2].partition("</li>")[0]
    somebody_else = page(sign_in(people["bengkel"]), order)
    assert "Cetak ulang" in somebody_else.partition(letter.printed_number)[2].partition("</li>")[0]


def test_the_customer_can_be_called_and_written_to(cell, sign_in, as_pelayanan) -> None:
    order, people = cell("konfirmasi")
    phone = order.customer.phone
    html = page(sign_in(people["pelayanan"]), order)
    assert f'href="tel:+{phone}"' in html
    assert f'href="https://wa.me/{phone}?text=' in html
    assert f'href="/pelanggan/{order.customer_id}/"' in html
    assert f"/pelanggan/{order.customer_id}/" not in page(sign_in(people["bengkel"]), order)


def test_a_landline_has_no_whatsapp_and_a_nik_is_never_shown(as_pelayanan) -> None:
    customer = make_customer(phone="62247600000", nik="3374010101900001")
    html = page(as_pelayanan, make_order("permohonan", customer=customer.pk))
    assert "(024) 7600000" in html
    assert "wa.me" not in html
    assert "3374010101900001" not in html


def test_names_are_written_as_text(as_pelayanan) -> None:
    nasty = "<script>alert(1)</script> O'Brien =cmd"
    order = make_order(
        "permohonan",
        customer=CustomerData(nasty, Customer.Kind.IKM, "628110000001", nasty, business=nasty),
        items=(ItemData(nasty, Decimal(1), "buah"),),
    )
    html = page(as_pelayanan, order)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; O&#x27;Brien =cmd" in html


def test_the_timeline_says_who_when_and_why(cell, sign_in) -> None:
    order, people = cell("produksi, tertunda")
    html = page(sign_in(people["pimpinan"]), order).partition('id="riwayat"')[2]
    assert html.index("Pekerjaan ditunda") < html.index("Mulai dikerjakan") < html.index("Permohonan diterima")
    assert "Agus Contohadi, bengkel" in html
    assert "Menunggu bahan: datang 24 Nov" in html


@pytest.mark.parametrize("state", [*WAITS, *CLOSED])
def test_no_order_page_costs_more_than_19_queries(cell, sign_in, count_queries, state) -> None:
    """Whoever asks the customer about an offer also reads the queue of the workshop and the price list of today."""
    order, people = cell(state)
    for name in ("pelayanan", "bengkel", "keuangan", "pimpinan", "admin"):
        asks = name == "pelayanan" and order.open_offer is not None
        assert count_queries(sign_in(people[name]), f"/pesanan/{order.pk}/") <= (23 if asks else 19), name


def test_much_on_one_order_and_many_orders_cost_the_same(as_pelayanan, count_queries) -> None:
    small = make_order("konfirmasi", drawings=1)
    few = count_queries(as_pelayanan, f"/pesanan/{small.pk}/")
    items = tuple(ItemData(f"Barang {n}", Decimal(n), "buah") for n in range(1, 41))
    left = tuple(LeftGoodsData(f"Titipan {n}", Decimal(n), "buah") for n in range(1, 21))
    big = make_order("konfirmasi", drawings=6, items=items, left_goods=left)
    for verb in ("revise", "offer") * 3:
        big = act(verb, big)
    copies_of(small, 200)
    assert count_queries(as_pelayanan, f"/pesanan/{big.pk}/") == few
