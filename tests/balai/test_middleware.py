"""Request ids, the two ages of a session, and parts of pages after it."""

import re
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from balai import middleware
from balai.middleware import RequestIdFilter, current_request_id
from orders.models import Order
from tests.factories import audit_of, make_order
from tests.pages import typed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(monkeypatch):
    """`moved(seconds)` moves the clock that the session's ages are read from."""

    def move(seconds: float) -> None:
        moment = time.time() + seconds
        monkeypatch.setattr(middleware.time, "time", lambda: moment)

    return move


def test_every_answer_has_an_id_of_our_own_making(as_pelayanan):
    ids = [as_pelayanan.get("/pesanan/", headers={"X-Request-Id": "theirs"}).headers["X-Request-Id"] for _ in range(2)]

    assert all(re.fullmatch("[0-9a-f]{32}", request_id) for request_id in ids)
    assert ids[0] != ids[1]
    assert current_request_id() == ""


def test_the_audit_and_the_answer_name_the_same_request(as_pelayanan):
    order = make_order("permohonan")
    url = reverse("identifikasi", args=[order.pk])
    fields = typed_in(as_pelayanan.get(url))

    answer = as_pelayanan.post(url, fields | {"tindakan": "accept", "catatan": ""})

    assert answer.status_code == 302
    assert audit_of(order)[-1].request_id == answer.headers["X-Request-Id"]


def test_log_lines_outside_a_request_have_a_dash():
    record = type("Record", (), {})()

    assert RequestIdFilter().filter(record)
    assert record.request_id == "-"


def test_a_session_ends_twelve_hours_after_sign_in_however_busy(as_pelayanan, moved):
    assert as_pelayanan.get("/pesanan/").status_code == 200
    moved(12 * 3600 - 5)
    assert as_pelayanan.get("/pesanan/").status_code == 200
    moved(12 * 3600 + 5)

    answer = as_pelayanan.get("/pesanan/")

    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("masuk"))
    assert "_auth_user_id" not in as_pelayanan.session


def test_use_renews_the_idle_limit_every_five_minutes_not_on_every_page(as_pelayanan, moved):
    as_pelayanan.get("/pesanan/")
    first = Session.objects.get().session_data
    moved(60)
    as_pelayanan.get("/pesanan/")
    assert Session.objects.get().session_data == first

    moved(6 * 60)
    as_pelayanan.get("/pesanan/")
    assert Session.objects.get().session_data != first


def test_half_an_hour_without_use_ends_the_session(as_pelayanan):
    as_pelayanan.get("/pesanan/")
    session = Session.objects.get()
    assert as_pelayanan.session.get_expiry_age() == 30 * 60

    session.expire_date -= timedelta(minutes=31)
    session.save()

    assert as_pelayanan.get("/pesanan/").status_code == 302


@pytest.mark.parametrize(("headers", "status"), [({}, 302), ({"HX-Request": "true"}, 401)])
def test_after_the_session_a_page_leads_to_sign_in_and_a_part_of_a_page_is_refused(as_pelayanan, headers, status):
    as_pelayanan.logout()

    assert as_pelayanan.get("/pesanan/", headers=headers).status_code == status


def test_a_part_of_a_page_may_be_led_on_while_somebody_is_signed_in(as_pelayanan):
    assert as_pelayanan.get("/", headers={"HX-Request": "true"}).status_code == 302


def test_a_disabled_person_is_out_at_the_next_page(as_pelayanan, pelayanan):
    assert as_pelayanan.get("/pesanan/").status_code == 200
    pelayanan.is_active = False
    pelayanan.save()

    assert as_pelayanan.get("/pesanan/").status_code == 302


def test_reading_pages_writes_nothing(as_pelayanan):
    order = make_order("konfirmasi")
    as_pelayanan.get("/meja/")
    version, entries = order.version, len(audit_of(order))

    for url in ("/meja/", "/pesanan/", reverse("pesanan-satu", args=[order.pk])):
        assert as_pelayanan.get(url).status_code == 200
    assert Order.objects.get(pk=order.pk).version == version
    assert len(audit_of(order)) == entries
