"""The worksheet in a browser without scripts: what it asks, computes, keeps and refuses."""

from datetime import timedelta
from decimal import Decimal

import pytest

from balai import clock
from orders.models import Estimate, EstimateLine, Tariff
from orders.pricing import LineData
from tests.factories import act, clerk, estimate_data, fresh, make_order, make_tariffs, next_workday
from tests.pages import typed_in

pytestmark = pytest.mark.django_db


def url(order) -> str:
    return f"/pesanan/{order.pk}/estimasi/"


@pytest.fixture
def order(office):
    return make_order("estimasi")


@pytest.fixture
def sheet(order, as_bengkel):
    """`sheet(**changes)` is the opened worksheet with one service of 2,5 hours, ready to be sent."""
    bubut = make_tariffs()[0]

    def filled(**changes) -> dict[str, str]:
        typed = typed_in(as_bengkel.get(url(order)))
        typed |= {"jasa-0-tariff": str(bubut.pk), "jasa-0-description": "poros", "jasa-0-quantity": "2,5", "days": "5"}
        return typed | changes

    return filled


def material(place: int = 0, **changes) -> dict[str, str]:
    """A row of steel from the office, 24 kg at Rp22.000."""
    row = {
        "description": "Baja S45C",
        "origin": "bahan_balai",
        "quantity": "24",
        "unit": "kg",
        "price": "22.000",
        "price_source": "Nota CONTOH",
    }
    return {"bahan-TOTAL_FORMS": str(place + 1)} | {f"bahan-{place}-{k}": v for k, v in (row | changes).items()}


def test_a_complete_worksheet_becomes_the_offer(as_bengkel, order, sheet):
    answer = as_bengkel.post(url(order), sheet(**material(), note="Sudah termasuk ongkos", langkah="kirim"))

    assert (answer.status_code, answer.url) == (302, f"/pesanan/{order.pk}/")
    order = fresh(order)
    assert order.stage == "konfirmasi"
    assert (order.estimate.total, order.estimate.days) == (112_500 + 528_000, 5)
    assert order.estimate.note == "Sudah termasuk ongkos"
    assert [line.price_source for line in order.estimate.lines.all()] == ["", "Nota CONTOH"]


def test_recomputing_prices_the_rows_and_stores_nothing(as_bengkel, order, sheet):
    answer = as_bengkel.post(url(order), sheet(**material(), langkah="hitung"))

    assert answer.status_code == 200
    assert (answer.context["form"].services_total, answer.context["form"].materials_total) == (112_500, 528_000)
    page = answer.content.decode()
    assert "Rp640.500" in page
    assert "enam ratus empat puluh ribu lima ratus rupiah" in page
    assert not Estimate.objects.exists()
    assert fresh(order).version == order.version


def test_prices_cannot_be_forged(as_bengkel, order, sheet):
    forged = {
        "jasa-0-price": "1",
        "jasa-0-amount": "1",
        "jasa-0-unit": "hari",
        "jasa-0-kind": "bahan_pelanggan",
        "total": "1",
        "status": "disepakati",
        "version": "9",
        "stage": "selesai",
    }

    as_bengkel.post(url(order), sheet(**forged, langkah="kirim"))

    order = fresh(order)
    line = order.estimate.lines.get()
    assert (line.kind, line.unit, line.price, line.amount) == ("jasa", "jam", 45_000, 112_500)
    assert (order.stage, order.estimate.total, order.estimate.version) == ("konfirmasi", 112_500, 1)
    assert order.estimate.status == "ditawarkan"


def test_material_of_the_customer_costs_nothing_whatever_is_sent(as_bengkel, order, sheet):
    as_bengkel.post(url(order), sheet(**material(origin="bahan_pelanggan", price="99.000"), langkah="kirim"))

    assert fresh(order).estimate.total == 112_500


def test_the_price_of_a_service_is_text(as_bengkel, order, sheet):
    page = as_bengkel.post(url(order), sheet(langkah="hitung"))

    assert "45.000" in page.content.decode()
    names = typed_in(page)
    assert not [name for name in names if name.startswith("jasa-") and name.rpartition("-")[2] in ("price", "amount")]


def test_a_tariff_out_of_force_is_not_offered_and_refused(as_bengkel, order, sheet):
    ended = Tariff.objects.create(
        code="J-99",
        name="Lama CONTOH",
        unit="jam",
        price=1,
        account_code="4",
        legal_basis="CONTOH",
        valid_from=clock.today() - timedelta(days=9),
        valid_until=clock.today() - timedelta(days=1),
    )

    answer = as_bengkel.post(url(order), sheet(**{"jasa-0-tariff": str(ended.pk)}, langkah="kirim"))

    assert answer.status_code == 422
    assert "Lama CONTOH" not in answer.content.decode()
    assert not Estimate.objects.exists()


def test_rows_are_added_and_removed_by_the_server_and_nothing_typed_is_lost(as_bengkel, order, sheet):
    more = as_bengkel.post(url(order), sheet(**material(), **{"tambah-jasa": "1"}))
    assert (more.status_code, typed_in(more)["jasa-TOTAL_FORMS"]) == (200, "2")

    typed = typed_in(more) | {"jasa-1-description": "pasak", "jasa-1-quantity": "1", "days": "7"}
    fewer = typed_in(as_bengkel.post(url(order), typed | {"hapus-jasa": "0"}))

    assert (fewer["jasa-TOTAL_FORMS"], fewer["bahan-TOTAL_FORMS"]) == ("1", "1")
    assert (fewer["jasa-0-description"], fewer["jasa-0-quantity"], fewer["days"]) == ("pasak", "1", "7")
    assert fewer["bahan-0-description"] == "Baja S45C"
    assert not Estimate.objects.exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"jasa-0-quantity": "-1"}, "Tulis jumlah dengan angka"),
        ({"jasa-0-quantity": "1.000"}, "bisa dibaca dua cara"),
        ({"jasa-0-quantity": ""}, "Isi jumlah"),
        ({"jasa-0-tariff": ""}, "Pilih tarif"),
        ({"days": "0"}, "Tulis angka 1 atau lebih"),
        ({"days": "9999"}, "Tulis angka paling besar 365"),
        ({"days": ""}, "Isi lama pengerjaan"),
        ({"starts_on": "9999-12-31"}, "paling lambat satu tahun"),
        ({"starts_on": "2020-01-01"}, "sudah lewat"),
        (material(price="1.50"), "setiap tiga angka"),
        (material(price=""), "Isi harga bahan dari balai"),
        (material(price="0"), "paling sedikit Rp1"),
        (material(price="999.999.999.999"), "paling banyak Rp1.000.000.000"),
        (material(price_source=""), "Isi asal harga"),
        (material(origin=""), "Pilih asal"),
        (material(unit=""), "Isi satuan"),
        (material(quantity="1000000", price="1.000.000.000"), "terlalu besar"),
    ],
)
def test_a_faulty_worksheet_is_refused_with_its_reason_and_kept(as_bengkel, order, sheet, changes, reason):
    typed = sheet(**changes, langkah="kirim")

    answer = as_bengkel.post(url(order), typed)

    assert answer.status_code == 422
    assert reason in answer.content.decode()
    kept = typed_in(answer)
    own = ("kunci", "csrfmiddlewaretoken", "langkah")
    assert {k: v for k, v in kept.items() if k in typed and k not in own} == {
        k: v for k, v in typed.items() if k not in own
    }
    assert (fresh(order).stage, Estimate.objects.count()) == ("estimasi", 0)


def test_a_preview_asks_for_nothing_yet_but_says_what_it_cannot_read(as_bengkel, order):
    empty = as_bengkel.get(url(order))
    assert (empty.status_code, empty.context["form"].errors) == (200, {})

    typed = typed_in(empty)
    assert as_bengkel.post(url(order), typed | {"tambah-bahan": "1"}).status_code == 200
    unread = as_bengkel.post(url(order), typed | material(price="1.50") | {"langkah": "hitung"})

    assert unread.status_code == 200
    assert "setiap tiga angka" in unread.content.decode()
    assert typed_in(unread)["bahan-0-price"] == "1.50"


def test_a_worksheet_without_value_is_refused(as_bengkel, order, sheet):
    bare = sheet(**{"jasa-0-tariff": "", "jasa-0-description": "", "jasa-0-quantity": ""}, langkah="kirim")

    answer = as_bengkel.post(url(order), bare)

    assert answer.status_code == 422
    assert "belum bernilai" in answer.content.decode()


def test_a_draft_is_kept_and_opened_again(as_bengkel, order, sheet):
    answer = as_bengkel.post(url(order), sheet(**material(origin="bahan_pelanggan"), langkah="draf"))
    assert (answer.status_code, answer.url) == (302, url(order))

    page = as_bengkel.get(url(order))

    typed = typed_in(page)
    assert (typed["jasa-0-description"], typed["jasa-0-quantity"], typed["days"]) == ("poros", "2,5", "5")
    assert (typed["bahan-0-origin"], typed["bahan-0-quantity"]) == ("bahan_pelanggan", "24")
    assert page.context["form"].total == 112_500
    assert (page.context["versions"].number, fresh(order).stage) == (1, "estimasi")


def test_a_revision_opens_with_the_former_version_and_the_customers_words(as_bengkel, office):
    order = act("revise", make_order("konfirmasi"))

    page = as_bengkel.get(url(order))

    assert (page.context["versions"].number, page.context["difference"]) == (2, "sama")
    assert (page.context["form"].total, typed_in(page)["jasa-1-quantity"]) == (620_000, "4,25")
    text = page.content.decode()
    assert "Minta lebih cepat." in text
    assert "lewat WhatsApp" in text

    fewer = as_bengkel.post(url(order), typed_in(page) | {"hapus-jasa": "1"})
    assert fewer.context["difference"] == "turun 170.000"


def test_a_version_opens_with_the_tariff_that_followed_its_own(as_bengkel, office):
    order = act("revise", make_order("konfirmasi"))
    old = Tariff.objects.get(code="J-01")
    Tariff.objects.filter(pk=old.pk).update(valid_until=clock.today() - timedelta(days=1))
    new = Tariff.objects.create(
        code="J-01",
        name="Bubut CONTOH",
        unit="jam",
        price=50_000,
        account_code=old.account_code,
        legal_basis="CONTOH",
        valid_from=clock.today(),
    )
    Tariff.objects.filter(code="J-04").update(valid_until=clock.today() - timedelta(days=1))

    page = as_bengkel.get(url(order))

    typed = typed_in(page)
    assert (typed["jasa-0-tariff"], typed["jasa-1-tariff"]) == (str(new.pk), "")
    assert page.context["form"].total == 500_000


def test_a_past_first_day_is_moved_to_the_next_working_day(as_bengkel, office):
    with clock.at(clock.now() - timedelta(days=60)):
        order = act("revise", make_order("konfirmasi"))

    assert typed_in(as_bengkel.get(url(order)))["starts_on"] > clock.today().isoformat()


def test_the_workshop_declines_with_a_reason_and_keeps_the_sheet_without_one(as_bengkel, order, sheet):
    unsaid = as_bengkel.post(url(order), sheet(langkah="tidak-sanggup"))
    assert unsaid.status_code == 422
    assert "Isi alasan tidak sanggup." in unsaid.content.decode()
    assert typed_in(unsaid)["jasa-0-quantity"] == "2,5"

    said = typed_in(unsaid) | {"decline_reason": "Bahan tidak ada.", "langkah": "tidak-sanggup"}
    assert as_bengkel.post(url(order), said).status_code == 302
    assert fresh(order).stage == "permohonan"


def test_a_change_during_production_needs_a_reason(as_bengkel, office):
    order = make_order("produksi")
    typed = typed_in(as_bengkel.get(url(order))) | {"langkah": "kirim", "jasa-0-quantity": "12"}

    refused = as_bengkel.post(url(order), typed)
    assert refused.status_code == 422
    assert "Isi alasan perubahan." in refused.content.decode()

    sent = typed_in(refused) | {"langkah": "kirim", "reason": "Ukuran berubah."}
    assert as_bengkel.post(url(order), sent).status_code == 302
    order = fresh(order)
    assert (order.stage, order.change.total, order.change.reason) == ("produksi", 710_000, "Ukuran berubah.")
    assert as_bengkel.get(url(order)).status_code == 302  # the change waits for its answer


def test_the_colleague_who_was_slower_is_told_and_keeps_what_was_typed(as_bengkel, order, sheet):
    typed = sheet(**{"jasa-0-description": "ditulis lama"}, langkah="kirim")
    act("offer", order)

    answer = as_bengkel.post(url(order), typed)

    assert answer.status_code == 409
    assert clerk("bengkel").full_name in answer.content.decode()
    assert typed_in(answer)["jasa-0-description"] == "ditulis lama"
    assert Estimate.objects.count() == 1


def test_a_form_sent_twice_makes_one_version(as_bengkel, order, sheet):
    typed = sheet(langkah="kirim")

    answers = [as_bengkel.post(url(order), typed) for _ in range(2)]

    assert [(a.status_code, a.url) for a in answers] == [(302, f"/pesanan/{order.pk}/")] * 2
    assert Estimate.objects.count() == 1


@pytest.mark.parametrize("role", ["pelayanan", "keuangan", "pimpinan", "admin", "no_role"])
def test_only_the_workshop_estimates(role, order, request, sign_in):
    browser = sign_in(request.getfixturevalue(role))

    assert browser.get(url(order)).status_code == 403
    assert browser.post(url(order), {"langkah": "hitung"}).status_code == 403


def test_at_another_stage_the_page_leads_back_with_the_reason(as_bengkel, office):
    order = make_order("pembayaran")

    answer = as_bengkel.get(url(order), follow=True)

    assert answer.redirect_chain == [(f"/pesanan/{order.pk}/", 302)]
    assert "sudah di tahap Pembayaran" in answer.content.decode()


@pytest.mark.parametrize(
    "broken",
    [
        {"jasa-TOTAL_FORMS": "999999999"},
        {"jasa-TOTAL_FORMS": "x", "tambah-jasa": "1"},
        {"hapus-jasa": "7"},
        {"hapus-jasa": "-1"},
        {"kunci": "bukan", "langkah": "kirim"},
        {"versi": "satu", "langkah": "kirim"},
        {"langkah": "lain"},
        {"jasa-0-description": "\x00", "langkah": "kirim"},
    ],
)
def test_a_tampered_form_is_never_a_crash(as_bengkel, order, sheet, broken):
    assert as_bengkel.post(url(order), sheet(**broken)).status_code in (200, 302, 409, 422)
    assert as_bengkel.post(url(order), broken).status_code in (200, 409, 422)


def test_what_people_write_stays_text(as_bengkel, order, sheet):
    nasty = "<script>alert(1)</script> O'Brien =cmd"

    as_bengkel.post(url(order), sheet(**{"jasa-0-description": nasty}, langkah="draf"))

    assert EstimateLine.objects.get().description == nasty
    assert "<script>alert" not in as_bengkel.get(url(order)).content.decode()


def test_the_worksheet_costs_the_same_queries_with_few_rows_and_many(as_bengkel, office, count_queries):
    bubut = make_tariffs()[0]
    rows = tuple(LineData("jasa", Decimal(1), f"bagian {n}", tariff_id=bubut.pk) for n in range(30))
    few, many = make_order("konfirmasi"), make_order("konfirmasi", estimate=estimate_data(lines=rows))
    few, many = (act("save_estimate", act("revise", order)) for order in (few, many))

    costs = [count_queries(as_bengkel, url(order)) for order in (few, many)]

    assert costs[0] == costs[1] <= 20


def test_the_proposed_end_is_shown_against_the_day_it_is_needed(as_bengkel, office):
    needed = next_workday() + timedelta(days=28)
    order = make_order("estimasi", needed_on=needed)
    typed = typed_in(as_bengkel.get(url(order)))

    in_time = as_bengkel.post(url(order), typed | {"days": "5", "langkah": "hitung"})
    late = as_bengkel.post(url(order), typed | {"days": "90", "langkah": "hitung"})

    assert "sebelum dibutuhkan" in in_time.content.decode()
    assert "Lewat dari yang dibutuhkan" in late.content.decode()
