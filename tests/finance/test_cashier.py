"""The cashier's pages in a browser without scripts: find, type, read once more, issue."""

from datetime import timedelta

import pytest

from balai import clock
from balai.models import Document
from balai.roles import Role
from finance import desk
from finance.models import Payment
from orders.deadlines import Deadlines
from tests.factories import act, clerk, fresh, make_office, make_order, make_user, take_back
from tests.pages import typed_in

pytestmark = pytest.mark.django_db


def url(order) -> str:
    return f"/pesanan/{order.pk}/pembayaran/"


@pytest.fixture
def order(office):
    return make_order("pembayaran")


@pytest.fixture
def typed(order, as_keuangan):
    """`typed(**changes)` is the page's form with Rp700.000 in cash."""

    def filled(**changes) -> dict[str, str]:
        return typed_in(as_keuangan.get(url(order))) | {"method": "tunai", "received": "700.000"} | changes

    return filled


def test_no_way_of_paying_is_chosen_beforehand(as_keuangan, order):
    page = as_keuangan.get(url(order))

    assert "method" not in typed_in(page)
    assert "Rp620.000" in page.content.decode()
    assert "enam ratus dua puluh ribu rupiah" in page.content.decode()


def test_a_payment_is_read_once_more_before_anything_is_written(as_keuangan, order, typed):
    check = as_keuangan.post(url(order), typed(langkah="periksa"))

    text = check.content.decode()
    for expected in ("Rp620.000", "Rp700.000", "Rp80.000", "0001/TBP/", "Terbitkan bukti pembayaran", "Tunai"):
        assert expected in text
    assert (check.status_code, Payment.objects.count(), fresh(order).version) == (200, 0, order.version)

    issued = as_keuangan.post(url(order), typed_in(check) | {"langkah": "terbitkan"})

    assert issued.status_code == 302
    payment = Payment.objects.get()
    assert (payment.amount, payment.change_given) == (620_000, 80_000)
    assert fresh(order).stage == "siap_diambil"
    assert f"/dokumen/{payment.receipt_id}/" in as_keuangan.get(issued.url).content.decode()


def test_going_back_keeps_what_was_typed(as_keuangan, order, typed):
    check = as_keuangan.post(url(order), typed(langkah="periksa"))

    back = typed_in(as_keuangan.post(url(order), typed_in(check) | {"langkah": "ubah"}))

    assert (back["method"], back["received"]) == ("tunai", "700.000")
    assert Payment.objects.count() == 0


def test_a_double_click_gives_one_receipt(as_keuangan, order, typed):
    form = typed_in(as_keuangan.post(url(order), typed(langkah="periksa"))) | {"langkah": "terbitkan"}

    answers = [as_keuangan.post(url(order), form) for _ in range(3)]

    assert len({(answer.status_code, answer.url) for answer in answers}) == 1
    assert Payment.objects.count() == Document.objects.filter(kind="bukti_pembayaran").count() == 1


def test_the_amount_cannot_be_forged(as_keuangan, order, typed):
    forged = typed(amount="1", bill="1", total="1", change_given="9", recorded_by="1", stage="selesai")

    as_keuangan.post(url(order), forged | {"langkah": "terbitkan"})

    payment = Payment.objects.get()
    assert (payment.amount, payment.change_given, payment.recorded_by) == (620_000, 80_000, clerk(Role.KEUANGAN))
    assert fresh(order).stage == "siap_diambil"


@pytest.mark.parametrize("step", ["periksa", "terbitkan"])
@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"received": "1.50"}, "setiap tiga angka"),
        ({"received": "-700.000"}, "kurang dari nol"),
        ({"received": "1e9"}, "dengan angka"),
        ({"received": "619.999"}, "Kurang Rp1 dari tagihan"),
        ({"received": ""}, "Isi uang yang diterima"),
        ({"method": ""}, "Pilih cara pembayaran"),
        ({"method": "saham"}, "Pilihan ini tidak ada"),
        ({"method": "qris"}, "Isi nomor referensi"),
        ({"method": "transfer", "reference": "  "}, "Isi nomor referensi"),
        ({"method": "transfer", "reference": "x" * 61}, "Terlalu panjang"),
    ],
)
def test_a_faulty_payment_is_refused_with_its_reason_and_kept(as_keuangan, order, typed, changes, reason, step):
    sent = typed(**changes, langkah=step)

    answer = as_keuangan.post(url(order), sent)

    assert (answer.status_code, Payment.objects.count()) == (422, 0)
    assert reason in answer.content.decode()
    kept = typed_in(answer)
    assert kept["received"] == sent["received"]
    assert kept["reference"].strip() == sent["reference"].strip()
    assert kept.get("method", "") == (sent["method"] if sent["method"] != "saham" else "")


def test_a_used_reference_is_refused_before_the_check_page(as_keuangan, order, typed):
    form = typed(method="qris", reference="QR-1", received="")
    as_keuangan.post(url(order), form | {"langkah": "terbitkan"})
    second = make_order("pembayaran")
    form = typed_in(as_keuangan.get(url(second))) | {"method": "va", "reference": "qr 1", "langkah": "periksa"}

    answer = as_keuangan.post(url(second), form)

    assert answer.status_code == 422
    used = f"Nomor referensi qr 1 sudah dipakai: bukti {Payment.objects.get().receipt.printed_number} tanggal"
    assert used in answer.content.decode()
    assert order.number in answer.content.decode()
    assert typed_in(answer)["reference"] == "qr 1"


def test_who_made_the_estimate_is_told_before_the_check_page(office, sign_in):
    both = make_user(Role.BENGKEL, Role.KEUANGAN)
    order = act("finish", act("start", act("agree", act("offer", make_order("estimasi"), by=both))))
    browser = sign_in(both)
    form = typed_in(browser.get(url(order))) | {"method": "tunai", "received": "620.000", "langkah": "periksa"}

    refused = browser.post(url(order), form)
    assert refused.status_code == 422
    assert "Penyusun estimasi" in refused.content.decode()

    make_office(estimator_may_cash=True)
    assert "Periksa sebelum bukti terbit" in browser.post(url(order), form).content.decode()


def test_the_slower_of_two_cashiers_is_told_who_was_faster(as_keuangan, order, typed):
    form = typed(langkah="terbitkan")
    faster = make_user(Role.KEUANGAN, full_name="Tuti Contoh")
    act("settle", order, by=faster)

    answer = as_keuangan.post(url(order), form)

    assert (answer.status_code, Payment.objects.count()) == (409, 1)
    assert "Tuti Contoh" in answer.content.decode()


@pytest.mark.parametrize("role", ["pelayanan", "bengkel", "admin", "no_role"])
def test_others_take_no_money(role, order, request, sign_in):
    browser = sign_in(request.getfixturevalue(role))

    assert browser.get("/kasir/").status_code == 403
    assert browser.get(url(order)).status_code == 403
    assert browser.post(url(order), {"langkah": "terbitkan"}).status_code == 403


@pytest.mark.parametrize("stage", ["draf", "estimasi", "siap_diambil", "selesai"])
def test_at_another_stage_the_page_leads_back_with_the_reason(as_keuangan, office, stage):
    order = make_order(stage)

    answer = as_keuangan.get(url(order), follow=True)
    assert answer.redirect_chain == [(f"/pesanan/{order.pk}/", 302)]
    assert "Terima pembayaran" in answer.content.decode()

    sent = {"kunci": "7b1b2c1e-0000-4000-8000-000000000000", "versi": str(order.version), "method": "tunai"}
    refused = as_keuangan.post(url(order), sent | {"received": "999.999.999", "langkah": "terbitkan"})
    assert (refused.status_code, fresh(order).stage) == (409, stage)


def test_the_desk_lists_who_is_to_pay_longest_waiting_first(as_keuangan, office):
    with clock.at(clock.now() - timedelta(days=40)):
        old = make_order("pembayaran")
    new = make_order("pembayaran")
    make_order("siap_diambil")

    page = as_keuangan.get("/kasir/")

    rows = page.context["queue"]["rows"]
    assert [row["number"] for row in rows] == [old.number, new.number]
    assert (rows[0]["tag"].tone, rows[1]["tag"].tone) == ("late", "ok")
    assert rows[0]["amount"] == 620_000
    assert "Jumlah Rp1.240.000" in page.content.decode()
    assert page.content.decode().count("Terima bayar") == 2


def test_count_and_sum_are_of_all_who_wait(office, monkeypatch):
    for _ in range(3):
        make_order("pembayaran")
    monkeypatch.setattr(desk, "ROWS", 2)

    queue = desk.waiting(Deadlines(office), "")

    assert (len(queue["rows"]), queue["count"], queue["hint"]) == (2, 3, "Jumlah Rp1.860.000")
    assert queue["more_url"] == "/pesanan/?tahap=pembayaran"


def test_todays_takings_are_counted_by_way_of_paying(office):
    with clock.at(clock.now() - timedelta(days=1)):
        make_order("siap_diambil")
    make_order("siap_diambil")
    take_back(make_order("siap_diambil"))

    takings = desk.cash_day(clock.today())

    cash, qris, *_ = takings.ways
    assert (cash.label, cash.issued, cash.reversed, cash.amount) == ("Tunai", 2, 1, 620_000)
    assert (qris.issued, takings.issued, takings.reversed, takings.amount) == (0, 2, 1, 620_000)


def test_a_typed_or_scanned_number_opens_its_payment(as_keuangan, order):
    letter = order.papers.get(document__kind="surat_pesanan").document

    def leads_to(text):
        return as_keuangan.get("/kasir/", {"q": text}).headers.get("Location")

    assert leads_to(f" {order.number.lower()} ") == leads_to(letter.printed_number) == url(order)
    assert leads_to("tidak ada") is None


@pytest.mark.parametrize("asked", ["number", "printed_number", "verify_url", "customer"])
def test_who_asks_for_a_paid_order_is_told_of_its_receipt(as_keuangan, office, asked):
    paid = make_order("siap_diambil")
    receipt = Payment.objects.get().receipt
    words = {
        "number": paid.number,
        "printed_number": receipt.printed_number,
        "verify_url": receipt.payload["verify_url"],
        "customer": paid.customer.name,
    }

    page = as_keuangan.get("/kasir/", {"q": words[asked]})

    [found] = page.context["not_waiting"]
    assert (found.order, found.receipt_id, found.tag.text) == (paid, receipt.pk, "Siap diambil")
    text = page.content.decode()
    assert f"Lunas: bukti pembayaran {receipt.printed_number}, Rp620.000" in text
    assert clerk(Role.KEUANGAN).full_name in text
    assert f'href="/dokumen/{receipt.pk}/lihat/"' in text


def test_who_asks_for_a_cancelled_order_reads_why(as_keuangan, office):
    order = act("cancel", make_order("pesanan"))

    page = as_keuangan.get("/kasir/", {"q": order.number})

    [found] = page.context["not_waiting"]
    assert (found.event.sentence, found.receipt_id) == ("Pesanan dibatalkan", None)
    assert found.event.why
    assert found.event.why in page.content.decode()


def test_who_asks_too_early_reads_what_is_waited_for(as_keuangan, office):
    order = make_order("produksi")

    page = as_keuangan.get("/kasir/", {"q": order.number}).content.decode()

    assert "Belum dapat dibayar: Dikerjakan sejak" in page


def test_a_payment_taken_back_is_taken_again(as_keuangan, office):
    order = take_back(make_order("siap_diambil"))

    assert as_keuangan.get("/kasir/", {"q": order.number}).headers["Location"] == url(order)


def test_a_name_finds_who_is_to_pay_first_and_then_who_has_paid(as_keuangan, order, count_queries):
    paid = make_order("siap_diambil")

    page = as_keuangan.get("/kasir/", {"q": "contoh"})

    assert [row["number"] for row in page.context["queue"]["rows"]] == [order.number]
    assert [found.order for found in page.context["not_waiting"]] == [paid]
    few = count_queries(as_keuangan, "/kasir/?q=contoh")
    for _ in range(3):
        make_order("siap_diambil")
    assert count_queries(as_keuangan, "/kasir/?q=contoh") == few <= 16


@pytest.mark.parametrize("text", ["%", "\x00", "' OR 1=1", "<script>", "x" * 500])
def test_any_search_is_answered(as_keuangan, order, text):
    answer = as_keuangan.get("/kasir/", {"q": text})

    assert answer.status_code == 200
    assert "<script>" not in answer.content.decode().replace('<script type="module"', "")


def test_pages_cost_the_same_queries_whoever_waits(as_keuangan, office, count_queries):
    with clock.at(clock.now() - timedelta(days=40)):
        make_order("pembayaran")
    order = make_order("pembayaran")
    few = count_queries(as_keuangan, "/kasir/"), count_queries(as_keuangan, url(order))
    for _ in range(5):
        make_order("pembayaran")

    many = count_queries(as_keuangan, "/kasir/"), count_queries(as_keuangan, url(order))

    assert few == many
    assert many[0] <= 10  # one of them the holidays, as somebody is late; one the reversals that were asked for
    assert many[1] <= 8
