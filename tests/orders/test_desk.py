"""The desk: what waits for this role, the oldest duty first; what is late, what waits elsewhere, what was printed last."""

from datetime import date, datetime, time, timedelta

import pytest

from balai import clock
from balai.clock import WIB
from orders.desk import PILES, ROWS
from orders.models import Estimate, Order
from orders.stages import FINAL, Stage
from tests.copies import copies_of
from tests.factories import act, fresh, make_order, make_user

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
# State -> the section and the button of whoever must act
DUTIES = {
    "draf": ("pelayanan", "Draf permohonan", "Lanjutkan", "/permohonan/"),
    "permohonan": ("pelayanan", "Perlu diidentifikasi", "Identifikasi", "/#berikut"),
    "estimasi": ("bengkel", "Perlu diestimasi", "Buat estimasi", "/estimasi/"),
    "konfirmasi": ("pelayanan", "Perlu dikonfirmasi ke pelanggan", "Catat jawaban", "/#berikut"),
    "pesanan": ("bengkel", "Antre", "Mulai kerjakan", "/#berikut"),
    "produksi": ("bengkel", "Sedang dikerjakan", "Catat kemajuan", "/#berikut"),
    "produksi, tertunda": ("bengkel", "Tertunda", "Lanjutkan", "/#berikut"),
    "produksi, perubahan ditawarkan": (
        "pelayanan",
        "Perubahan menunggu jawaban pelanggan",
        "Catat jawaban",
        "/#berikut",
    ),
    "pembayaran": ("keuangan", "Perlu dibayar", "Terima bayar", "/pembayaran/"),
    "siap_diambil": ("pelayanan", "Siap diambil", "Serahkan barang", "/#berikut"),
}


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), WIB)


def sections(response) -> dict[str, dict]:
    return {section["title"]: section for section in response.context["sections"]}


def row_of(section: dict, order: Order) -> dict | None:
    url = f"/pesanan/{order.pk}/"
    return next((row for row in section["rows"] if row["url"] == url), None)


@pytest.mark.parametrize("state", DUTIES)
def test_an_order_lies_on_one_desk_with_one_button_that_names_the_work(cell, sign_in, state) -> None:
    order, people = cell(state)
    role, title, work, address = DUTIES[state]
    response = sign_in(people[role]).get("/meja/")
    row = row_of(sections(response)[title], order)
    assert (row["action_label"], row["action_url"]) == (work, f"/pesanan/{order.pk}{address}")
    assert sum(row_of(section, order) is not None for section in response.context["sections"]) == 1
    for other in {"pelayanan", "bengkel", "keuangan"} - {role}:
        elsewhere = sign_in(people[other]).get("/meja/")
        assert all(row_of(section, order) is None for section in elsewhere.context["sections"]), other


def test_every_open_stage_has_a_pile_and_no_order_lies_on_two(cell) -> None:
    assert {pile.stage for pile in PILES} == set(Stage) - FINAL
    for state in DUTIES:
        order, _ = cell(state)
        assert [Order.objects.filter(pile.where, pk=order.pk).exists() for pile in PILES].count(True) == 1


@pytest.mark.parametrize(
    ("role", "heading", "primary"),
    [
        ("pelayanan", "Meja pelayanan", 1),
        ("bengkel", "Meja bengkel", 0),
        ("keuangan", "Meja keuangan", 0),
        ("pimpinan", "Meja pimpinan", 0),
        ("admin", "Meja kerja", 0),
    ],
)
def test_each_role_has_its_heading_and_only_the_front_desk_a_new_request(cell, sign_in, role, heading, primary) -> None:
    _, people = cell("draf")
    html = sign_in(people[role]).get("/meja/").content.decode()
    assert f"<h1>{heading}</h1>" in html
    assert html.count("btn-primary") == primary
    assert ("Permohonan baru" in html) == bool(primary)


def test_one_person_with_two_hats_has_both_desks_on_one_page(office, sign_in) -> None:
    make_order("permohonan")
    make_order("estimasi")
    response = sign_in(make_user("pelayanan", "bengkel")).get("/meja/")
    assert set(sections(response)) == {"Perlu diidentifikasi", "Perlu diestimasi"}
    assert "<h1>Meja kerja</h1>" in response.content.decode()


def test_an_account_without_a_role_has_no_desk(sign_in, no_role) -> None:
    assert sign_in(no_role).get("/meja/").status_code == 403


def test_the_oldest_duty_stands_first_and_the_head_counts_the_late_ones(as_pelayanan) -> None:
    orders = [make_order("permohonan") for _ in range(3)]
    for order, days in zip(orders, (1, 5, 3), strict=True):
        Order.objects.filter(pk=order.pk).update(stage_since=at(MONDAY - timedelta(days=days)))
    with clock.at(at(MONDAY)):
        response = as_pelayanan.get("/meja/")
    rows = sections(response)["Perlu diidentifikasi"]["rows"]
    assert [row["number"] for row in rows] == [orders[1].number, orders[2].number, orders[0].number]
    assert [row["tag"].tone for row in rows] == ["late", "soon", "ok"]
    assert "Senin, 23 November 2026</time> · 3 pesanan menunggu Anda, 1 di antaranya terlambat" in (
        response.content.decode()
    )


def test_the_workshop_works_by_promise(as_bengkel) -> None:
    orders = [make_order("produksi") for _ in range(3)]
    for order, days in zip(orders, (9, 2, 5), strict=True):
        day = MONDAY + timedelta(days=days)
        Estimate.objects.filter(order=order).update(starts_on=day, finish_on=day)
    rows = sections(as_bengkel.get("/meja/"))["Sedang dikerjakan"]["rows"]
    assert [row["number"] for row in rows] == [orders[1].number, orders[2].number, orders[0].number]


def test_work_on_hold_says_why(as_bengkel) -> None:
    make_order("produksi", on_hold=True)
    html = as_bengkel.get("/meja/").content.decode()
    assert "Tertunda: Menunggu bahan." in html


def test_an_offer_shows_its_value_and_until_when_it_is_valid(as_pelayanan) -> None:
    order = make_order("konfirmasi")
    Estimate.objects.filter(order=order).update(valid_until=date(2999, 12, 7))
    html = as_pelayanan.get("/meja/").content.decode()
    assert "Rp620.000" in html
    assert "Berlaku sampai 7 Des 2999" in html


def test_a_changed_order_shows_the_value_that_is_asked_for(as_pelayanan) -> None:
    order = make_order("produksi", open_change=True)
    Estimate.objects.filter(pk=order.change_id).update(total=777_000)
    assert "Rp777.000" in as_pelayanan.get("/meja/").content.decode()


def test_a_long_section_leads_on_to_the_list(as_pelayanan) -> None:
    order = make_order("permohonan")
    copies_of(order, ROWS - 1)
    response = as_pelayanan.get("/meja/")
    assert sections(response)["Perlu diidentifikasi"]["more_url"] == ""
    copies_of(order, 1)
    response = as_pelayanan.get("/meja/")
    section = sections(response)["Perlu diidentifikasi"]
    assert (len(section["rows"]), section["count"]) == (ROWS, ROWS + 1)
    assert 'href="/pesanan/?tahap=permohonan"' in response.content.decode()


def test_what_waits_for_others_is_counted_and_folded_away(as_pelayanan) -> None:
    first = make_order("estimasi")
    make_order("estimasi")
    make_order("pembayaran")
    response = as_pelayanan.get("/meja/")
    html = response.content.decode()
    assert "Bengkel: 2 estimasi · Keuangan: 1 pembayaran" in html
    assert response.context["others_count"] == 3
    assert response.context["others"][0]["url"] == f"/pesanan/{first.pk}/"
    assert "Menunggu bengkel: estimasi, sejak" in html


def test_an_empty_desk_explains_itself(as_pelayanan, as_bengkel) -> None:
    for browser in (as_pelayanan, as_bengkel):
        assert "Tidak ada pesanan yang menunggu Anda." in browser.get("/meja/").content.decode()
    make_order("permohonan")
    html = as_pelayanan.get("/meja/").content.decode()
    assert "Tidak ada yang menunggu di: perlu dikonfirmasi ke pelanggan" in html


def test_the_papers_i_issued_last_can_be_printed_again(cell, sign_in) -> None:
    order, people = cell("dibatalkan")
    browser = sign_in(people["pelayanan"])
    letter = order.papers.get(document__kind="surat_pesanan").document
    recent = browser.get("/meja/").context["recent"]
    assert len(recent) == 5
    assert recent == sorted(recent, key=lambda paper: paper["at"], reverse=True)
    fresh_order = act("submit", make_order())
    html = browser.get("/meja/").content.decode()
    assert f"Formulir permohonan {fresh_order.number}, {fresh_order.customer}" in html
    assert letter.voided_at is not None
    assert "Terakhir Anda kerjakan" not in sign_in(people["bengkel"]).get("/meja/").content.decode()
    new_clerk = sign_in(make_user("pelayanan"))
    assert "Surat yang Anda terbitkan muncul di sini" in new_clerk.get("/meja/").content.decode()


@pytest.mark.parametrize("name", ["pimpinan", "admin"])
def test_leadership_sees_what_is_late_first_and_what_waits_where(cell, sign_in, name) -> None:
    late, people = cell("permohonan")
    older, _ = cell("produksi")
    Order.objects.filter(pk=late.pk).update(stage_since=at(MONDAY - timedelta(days=7)))
    Estimate.objects.filter(order=older).update(starts_on=date(2026, 11, 2), finish_on=date(2026, 11, 3))
    with clock.at(at(MONDAY)):
        response = sign_in(people[name]).get("/meja/")
    rows = response.context["late"]["rows"]
    places = [row["url"] for row in rows]
    assert places.index(f"/pesanan/{older.pk}/") < places.index(f"/pesanan/{late.pk}/")
    assert rows[places.index(f"/pesanan/{late.pk}/")]["tag"].note == "Menunggu pelayanan: identifikasi"
    counts = {waiting.pile.key: waiting.count for waiting in response.context["overview"]}
    assert counts == {pile.key: Order.objects.filter(pile.where).count() for pile in PILES}
    html = response.content.decode()
    assert html.index("Terlambat</h2>") < html.index("Di mana pesanan menunggu")
    assert 'href="/pesanan/?tahap=permohonan"' in html


def test_leadership_of_an_office_in_time_reads_that(as_pimpinan) -> None:
    make_order("permohonan")
    assert "Tidak ada pesanan yang lewat tenggat." in as_pimpinan.get("/meja/").content.decode()


@pytest.mark.parametrize("role", ["pelayanan", "bengkel", "keuangan", "pimpinan", "admin"])
def test_the_desk_costs_the_same_with_5_and_200_rows(cell, sign_in, count_queries, role) -> None:
    _, people = cell("draf")
    browser = sign_in(people[role])
    few = count_queries(browser, "/meja/")
    for state in ("permohonan", "konfirmasi", "pesanan", "produksi", "pembayaran"):
        order = fresh(cell(state)[0])
        copies_of(order, 40)
    Order.objects.update(stage_since=at(date(2026, 1, 5)))
    assert count_queries(browser, "/meja/") == few
