"""The calendar of the office: holidays come and go on screen, and the deadlines of open orders follow."""

from datetime import date, timedelta

import pytest

from balai import clock
from balai.models import AuditEntry, Holiday
from balai.office import get_office
from orders.deadlines import Deadlines
from tests.factories import make_order
from tests.pages import typed_in

pytestmark = pytest.mark.django_db

PAGE = "/kantor/libur/"
EVE = date(2026, 12, 24)


def send(browser, **typed):
    return browser.post(PAGE, typed_in(browser.get(PAGE)) | typed, follow=True)


@pytest.fixture
def eve(office) -> Holiday:
    return Holiday.objects.create(day=EVE, name="Cuti bersama")


def test_a_holiday_is_added_and_its_year_is_shown(as_admin):
    response = send(as_admin, day="2027-08-17", name="Hari Kemerdekaan")
    assert response.redirect_chain == [(f"{PAGE}?tahun=2027", 302)]
    html = response.content.decode()
    assert "Selasa, 17 Agustus 2027" in html
    assert "Hari Kemerdekaan" in html
    assert "Hari libur disimpan." in html
    assert "17 Agu 2027: kosong → Hari Kemerdekaan" in as_admin.get("/kantor/").content.decode()


def test_a_holiday_is_taken_away(as_admin, eve):
    response = send(as_admin, hapus="2026-12-24")
    assert not Holiday.objects.exists()
    assert "Belum ada hari libur" in response.content.decode()
    last = AuditEntry.objects.filter(verb="change_holiday").get()
    assert (last.before, last.after) == ({"2026-12-24": "Cuti bersama"}, {"2026-12-24": ""})


def test_one_that_is_gone_already_is_no_fault(as_admin, eve):
    Holiday.objects.all().delete()
    assert "Tidak ada yang berubah." in send(as_admin, hapus="2026-12-24").content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"day": "2026-12-24", "name": "Natal"}, "24 Des 2026 sudah tercatat sebagai hari libur: Cuti bersama."),
        ({"day": "", "name": "Natal"}, "Tanggal"),
        ({"day": "2026-12-25", "name": ""}, "Nama hari libur"),
        ({"day": "1826-12-25", "name": "Natal"}, "Tulis tanggal dari tahun 2000 sampai 2099."),
        ({"day": "2026-02-30", "name": "Natal"}, "tanggal"),
        ({"hapus": "kemarin"}, "Hari libur ini tidak ada."),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_stays_typed(as_admin, eve, typed, said):
    response = send(as_admin, **typed)
    html = response.content.decode()
    assert response.status_code == 422
    assert said in html
    assert typed.get("name", "") in html
    assert list(Holiday.objects.values_list("day", flat=True)) == [EVE]


def test_two_admins_are_told_apart_and_a_form_counts_once(as_admin, eve):
    form = typed_in(as_admin.get(PAGE)) | {"day": "2026-12-25", "name": "Natal"}
    assert as_admin.post(PAGE, form).status_code == as_admin.post(PAGE, form).status_code == 302
    assert Holiday.objects.count() == 2
    late = typed_in(as_admin.get(PAGE)) | {"versi": "1", "day": "2026-12-28", "name": "Lain"}
    answer = as_admin.post(PAGE, late)
    assert answer.status_code == 409
    assert "sudah mengubah pengaturan" in answer.content.decode()


def test_only_the_admin_has_the_calendar(as_pimpinan, as_pelayanan):
    for browser in (as_pimpinan, as_pelayanan):
        assert browser.get(PAGE).status_code == browser.post(PAGE, {}).status_code == 403


def test_a_year_that_is_none_is_this_one(as_admin, eve):
    for asked in ("", "abad", "1999", "20266"):
        assert as_admin.get(PAGE, {"tahun": asked}).context["year"] == clock.today().year


def test_the_deadline_of_an_open_order_follows_the_calendar(as_admin):
    order = make_order("permohonan")
    before = Deadlines(get_office()).due(order)
    send(as_admin, day=before.isoformat(), name="Libur mendadak")
    assert Deadlines(get_office()).due(order) > before
    send(as_admin, hapus=before.isoformat())
    assert Deadlines(get_office()).due(order) == before


def test_the_page_costs_the_same_with_many_holidays(as_admin, count_queries):
    few = count_queries(as_admin, PAGE)
    start = date(clock.today().year, 1, 1)
    Holiday.objects.bulk_create(Holiday(day=start + timedelta(days=n), name=f"Libur {n}") for n in range(60))
    assert count_queries(as_admin, PAGE) == few <= 5
