"""The sections of the desk: the oldest duty first, what stands in a row, what waits elsewhere, empty desks."""

from datetime import date, datetime, time, timedelta

import pytest

from balai import clock
from balai.clock import WIB
from orders.desk import ROWS
from orders.models import Estimate, Order
from tests.copies import copies_of
from tests.factories import make_order, make_user

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


def at(day: date, hour: int = 9) -> datetime:
    return datetime.combine(day, time(hour), WIB)


def sections(response) -> dict[str, dict]:
    return {section["title"]: section for section in response.context["sections"]}


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
    for order, days in zip(orders, (0, 5, 3), strict=True):
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
    assert "Tertunda: Menunggu bahan: datang 24 Nov" in html


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
    assert "Tidak ada yang menunggu di: dijawab lewat tautan lacak" in html
    assert "perlu dikonfirmasi ke pelanggan" in html


def test_leadership_of_an_office_in_time_reads_that(as_pimpinan) -> None:
    make_order("permohonan")
    assert "Tidak ada pesanan yang lewat tenggat." in as_pimpinan.get("/meja/").content.decode()
