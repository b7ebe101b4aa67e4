"""The desk that stays open: what a filter leaves on it, goods nobody collects, and how it learns what is new."""

import time
from datetime import date, datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session

from balai import clock
from balai.clock import WIB
from balai.models import Office
from balai.views import live
from orders.models import Customer, Order
from tests.factories import act, make_office, make_order

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
POLL = {"HX-Request": "true", "X-Balai-Polling": "1"}


def at(day: date, hour: int = 9) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=WIB)


def rows(response) -> dict[str, list[str]]:
    return {section["title"]: [row["number"] for row in section["rows"]] for section in response.context["sections"]}


@pytest.fixture
def still(monkeypatch) -> None:
    """The clock behind the versions does not run, so that only what is done makes a new one."""
    monkeypatch.setattr(live.time, "time", lambda: 1_000_000)


# Goods that nobody collects


@pytest.fixture
def forgotten(office) -> Order:
    """Ready for more days than the office gives, beside one that is ready since as many."""
    orders = [make_order("siap_diambil") for _ in range(2)]
    for order, days in zip(orders, (15, 14), strict=True):
        Order.objects.filter(pk=order.pk).update(stage_since=at(MONDAY - timedelta(days=days)))
    return orders[0]


def test_goods_not_collected_come_back_on_a_pile_of_their_own_with_the_telephone(as_pelayanan, forgotten) -> None:
    Customer.objects.filter(pk=forgotten.customer_id).update(phone="6281277770011")
    with clock.at(at(MONDAY)):
        response = as_pelayanan.get("/meja/")
    assert rows(response)["Belum diambil lebih dari 14 hari"] == [forgotten.number]
    assert forgotten.number not in rows(response)["Siap diambil"]
    assert len(rows(response)["Siap diambil"]) == 1
    html = response.content.decode()
    assert 'href="tel:+6281277770011">0812 7777 0011</a>' in html
    assert 'href="https://wa.me/6281277770011"' in html
    assert "15 hari belum diambil" in html


def test_how_long_the_customer_has_is_a_setting_of_the_office(as_pelayanan, forgotten) -> None:
    make_office(pickup_days=20)
    with clock.at(at(MONDAY)):
        assert list(rows(as_pelayanan.get("/meja/"))) == ["Siap diambil"]
    make_office(pickup_days=7)
    with clock.at(at(MONDAY)):
        assert len(rows(as_pelayanan.get("/meja/"))["Belum diambil lebih dari 7 hari"]) == 2


def test_a_pile_says_the_standard_of_the_office(as_pelayanan) -> None:
    make_order("permohonan")
    make_office(service_days={"permohonan": 3})
    html = as_pelayanan.get("/meja/").content.decode()
    assert "Putuskan bisa atau tidak bisa dikerjakan, paling lambat 3 hari kerja" in html


# The filter


@pytest.fixture
def three(office) -> dict[str, Order]:
    orders = {"late": make_order("permohonan"), "wood": make_order("permohonan", service="kayu")}
    orders["other"] = make_order("estimasi", service="kayu")
    Order.objects.filter(pk=orders["late"].pk).update(stage_since=clock.now() - timedelta(days=9))
    return orders


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ({}, {"late", "wood"}),
        ({"terlambat": "on"}, {"late"}),
        ({"layanan": "kayu"}, {"wood"}),
        ({"layanan": "kayu", "terlambat": "on"}, set()),
        ({"q": "poros"}, {"late", "wood"}),
        ({"q": "tidakada"}, set()),
        ({"layanan": "batu"}, {"late", "wood"}),
    ],
)
def test_the_desk_shows_what_the_filter_asks_for(as_pelayanan, three, asked, left) -> None:
    response = as_pelayanan.get("/meja/", asked)
    shown = {number for numbers in rows(response).values() for number in numbers}
    assert shown == {three[name].number for name in left}
    assert response.context["count"] == len(left)


def test_the_filter_holds_for_what_waits_elsewhere_and_for_leadership(as_pelayanan, as_pimpinan, three) -> None:
    assert as_pelayanan.get("/meja/", {"layanan": "logam"}).context["others_count"] == 0
    assert as_pelayanan.get("/meja/", {"layanan": "kayu"}).context["others_count"] == 1
    assert as_pimpinan.get("/meja/", {"layanan": "kayu"}).context["late"]["count"] == 0
    assert as_pimpinan.get("/meja/", {"layanan": "logam"}).context["late"]["count"] == 1


def test_an_empty_desk_says_that_the_filter_left_nothing(as_pelayanan, three) -> None:
    html = as_pelayanan.get("/meja/", {"q": "tidakada"}).content.decode()
    assert "Tidak ada pesanan di meja Anda yang cocok dengan saringan." in html
    assert "Pesanan muncul di sini begitu giliran" not in html


# Up to date by itself


def test_while_nothing_is_done_the_answer_is_304_for_few_queries(
    as_pelayanan, three, still, django_assert_num_queries
) -> None:
    first = as_pelayanan.get("/meja/")
    with django_assert_num_queries(5):  # session, user, roles, and the two of the version
        again = as_pelayanan.get("/meja/", headers=POLL | {"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_after_something_was_done_the_parts_come_without_the_frame(as_pelayanan, three, still) -> None:
    first = as_pelayanan.get("/meja/")
    act("accept", three["wood"])
    answer = as_pelayanan.get("/meja/", headers=POLL | {"If-None-Match": first["ETag"]})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert answer["ETag"] != first["ETag"]
    assert rows(answer) == {"Perlu diidentifikasi": [three["late"].number]}
    assert "<html" not in html
    assert 'data-part="tumpukan-identifikasi"' in html


@pytest.mark.parametrize("change", ["settings", "day", "time", "filter", "person"])
def test_whatever_the_desk_shows_makes_another_version(as_pelayanan, as_bengkel, three, monkeypatch, change) -> None:
    monkeypatch.setattr(live.time, "time", lambda: 1_000_000)
    etag = as_pelayanan.get("/meja/")["ETag"]
    browser, asked, day = as_pelayanan, {}, clock.now()
    if change == "settings":
        Office.objects.update(version=9)
    elif change == "day":
        day += timedelta(days=1)
    elif change == "time":
        monkeypatch.setattr(live.time, "time", lambda: 1_000_000 + live.STALE_AFTER)
    elif change == "filter":
        asked = {"layanan": "kayu"}
    else:
        browser = as_bengkel
    with clock.at(day):
        assert browser.get("/meja/", asked, headers=POLL | {"If-None-Match": etag}).status_code == 200


def test_the_page_itself_is_never_304(as_pelayanan, three, still) -> None:
    etag = as_pelayanan.get("/meja/")["ETag"]
    answer = as_pelayanan.get("/meja/", headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-cache"


def test_a_desk_that_asks_by_itself_does_not_keep_a_session_alive(as_pelayanan, monkeypatch) -> None:
    as_pelayanan.get("/meja/")
    before = Session.objects.get().session_data
    later = time.time() + 600
    monkeypatch.setattr("balai.middleware.time.time", lambda: later)
    as_pelayanan.get("/meja/", headers=POLL)
    assert Session.objects.get().session_data == before
    as_pelayanan.get("/meja/")
    assert Session.objects.get().session_data != before


def test_a_desk_that_asks_by_itself_takes_no_message_away(as_pelayanan, three) -> None:
    page = as_pelayanan.get(f"/pesanan/{three['wood'].pk}/produksi/")
    assert "hanya untuk" in page.content.decode()
    as_pelayanan.get(f"/pesanan/{three['other'].pk}/identifikasi/")  # leaves a message on the way to the order
    answer = as_pelayanan.get("/meja/", headers=POLL)
    assert len(list(get_messages(answer.wsgi_request))) == 1
