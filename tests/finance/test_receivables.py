"""Piutang: open bills by age since completion; interest is a draft and only where the office has set a rate."""

import io
from datetime import date, datetime, timedelta

import pytest
from openpyxl import load_workbook

from balai import clock
from balai.clock import WIB
from balai.office import get_office
from finance.receivables import ages, interest_of, months_begun, receivable, unpaid
from orders.deadlines import Deadlines
from orders.models import Order
from tests.factories import make_office, make_order, take_back

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, tzinfo=WIB)


def owed_for(days: int):
    with clock.at(NOON - timedelta(days=days)):
        return make_order("pembayaran")


def test_bills_are_sorted_into_ages_by_the_day_the_work_was_done(office):
    for days in (0, 30, 31, 60, 61, 90, 91, 400):
        owed_for(days)
    with clock.at(NOON):
        make_order("siap_diambil")
        found = ages(clock.today())

    assert [(age.label, age.count, age.amount) for age in found] == [
        ("0–30 hari", 2, 1_240_000),
        ("31–60 hari", 2, 1_240_000),
        ("61–90 hari", 2, 1_240_000),
        ("Lebih dari 90 hari", 2, 1_240_000),
    ]


@pytest.mark.parametrize(
    ("days", "overdue", "words", "note"),
    [
        (30, 0, "Belum jatuh tempo", ""),
        (31, 1, "Lewat 1 hari", ""),
        (36, 6, "Lewat 6 hari", ""),
        (37, 7, "Lewat 7 hari", "Perlu ditegur"),
    ],
)
def test_a_bill_is_late_after_its_day_and_to_be_reminded_a_week_later(office, days, overdue, words, note):
    bill = receivable(owed_for(days), get_office(), NOON.date())

    assert (bill.overdue, bill.tag.text, bill.tag.note) == (overdue, words, note)


@pytest.mark.parametrize(("days", "overdue"), [(30, 0), (31, 1), (45, 15)])
def test_a_payment_taken_back_gives_no_new_term_neither_on_the_desk_nor_in_piutang(office, days, overdue):
    with clock.at(NOON - timedelta(days=days)):
        order = make_order("siap_diambil")
    with clock.at(NOON):
        order = take_back(order)
        desk = Deadlines(get_office())
        bill = receivable(order, get_office(), NOON.date())

        assert desk.due(order) == bill.due == NOON.date() + timedelta(days=30 - days)
        assert bill.overdue == overdue
        assert Order.objects.filter(desk.late(), pk=order.pk).exists() == (overdue > 0)
        assert desk.tag(order).text == (f"Terlambat {overdue} hari" if overdue else "Jatuh tempo hari ini")


def test_due_days_reminder_and_rate_are_the_offices(office):
    order = owed_for(20)
    make_office(payment_due_days=10, reminder_days=3, late_interest=2)

    bill = receivable(order, get_office(), NOON.date())

    assert (bill.due, bill.overdue, bill.to_remind, bill.interest) == (date(2026, 11, 13), 10, True, 12_400)
    make_office(late_interest=None)
    assert receivable(order, get_office(), NOON.date()).interest is None


def test_a_reversed_payment_is_owed_since_the_work_was_done(office):
    with clock.at(NOON - timedelta(days=40)):
        order = make_order("siap_diambil")
    with clock.at(NOON):
        order = take_back(order)

    assert receivable(order, get_office(), NOON.date()).age == 40


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2026, 1, 31), 0),
        (date(2026, 2, 1), 1),
        (date(2026, 2, 28), 1),
        (date(2026, 3, 1), 2),
        (date(2026, 3, 31), 2),
        (date(2026, 4, 1), 3),
        (date(2027, 1, 31), 12),
        (date(2027, 2, 1), 13),
    ],
)
def test_a_begun_month_counts_as_a_whole_one(today, months):
    assert months_begun(date(2026, 1, 31), today) == months


def test_interest_is_rounded_to_the_rupiah():
    assert [interest_of(amount, 1, 1) for amount in (49, 50, 620_050, 0)] == [0, 1, 6_201, 0]
    assert interest_of(620_000, 2, 3) == 37_200


def test_the_page_and_its_excel_list_who_owes(office, as_pimpinan):
    order = owed_for(70)
    make_office(late_interest=1)
    with clock.at(NOON):
        page = as_pimpinan.get("/piutang/").content.decode()
        content = b"".join(as_pimpinan.get("/piutang.xlsx").streaming_content)

    for said in (order.number, "Lewat 40 hari", "Perlu ditegur", "12.400", "rancangan untuk diputuskan"):
        assert said in page
    rows = list(load_workbook(io.BytesIO(content), data_only=True).active.iter_rows(values_only=True))
    assert rows[3][0] == order.number
    assert rows[3][5:] == (70, 40, 620_000, 12_400)
    assert rows[-1][7:] == (620_000, 12_400)


def test_without_a_rate_no_interest_is_shown(office, as_keuangan):
    owed_for(70)
    with clock.at(NOON):
        page = as_keuangan.get("/piutang/").content.decode()

    assert "Bunga keterlambatan belum ditetapkan" in page


def test_the_page_costs_the_same_with_many_bills(office, as_keuangan, count_queries):
    owed_for(1)
    few = count_queries(as_keuangan, "/piutang/")
    for _ in range(3):
        owed_for(2)

    assert count_queries(as_keuangan, "/piutang/") == few <= 8
    assert unpaid().count() == 4
