"""What the workshop learned from finished orders: the middle of their minutes, plan against fact, promises kept."""

from collections import Counter
from datetime import date, datetime, time, timedelta

import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from balai import clock
from balai.clock import WIB
from balai.months import Month
from orders.experience import (
    Experience,
    Kept,
    Learnt,
    Miss,
    Typical,
    learn,
    typical_minutes,
)
from orders.models import Order
from orders.spread import median
from tests.copies import copies_of
from tests.factories import make_work_centre
from tests.orders.workshop import finished_order, make_kind, promised_order

DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)
NOVEMBER = Month(2026, 11)


@pytest.fixture(autouse=True)
def monday_morning():
    with clock.at(datetime.combine(MONDAY, time(13), WIB)):
        yield


def learnt_in(month: Month = NOVEMBER) -> Experience:
    return learn(month.start, month.end)


@pytest.mark.parametrize(
    ("values", "middle"), [([5], 5), ([9, 1, 5], 5), ([1, 4], 3), ([1, 2, 4, 100], 3), ([10, 20, 30, 5000], 25)]
)
def test_the_median_is_the_value_in_the_middle_halves_up(values, middle):
    assert median(Counter(values)) == middle


def test_nothing_has_no_median():
    with pytest.raises(ValueError, match="Nothing"):
        median({})


@given(st.lists(st.integers(1, 10**6), min_size=1))
def test_as_many_lie_below_the_median_as_above_it(values):
    middle = median(Counter(values))
    assert sum(value < middle for value in values) <= len(values) / 2
    assert sum(value > middle for value in values) <= len(values) / 2


@pytest.fixture
def bubut(db):
    return make_work_centre("Bubut")


@pytest.fixture
def las(db):
    return make_work_centre("Las")


def test_typical_minutes_are_the_median_of_finished_orders_of_the_kind(bubut, las):
    poros, pagar = make_kind("Poros"), make_kind("Pagar")
    finished_order([(bubut, 60, 90), (las, 60, 30)], kind=poros)
    finished_order([(bubut, 60, 40), (bubut, 60, 60)], kind=poros)  # two steps there are one piece of work
    finished_order([(bubut, 60, 999)], kind=poros)
    finished_order([(las, 60, 480)], kind=pagar)

    assert typical_minutes(poros.pk, "logam") == {bubut.pk: Typical(100, 3), las.pk: Typical(30, 1)}


def test_without_a_kind_typical_minutes_are_those_of_the_whole_workshop(bubut):
    finished_order([(bubut, 60, 90)], kind=make_kind("Poros"))
    finished_order([(bubut, 60, 30)])
    kayu = finished_order([(bubut, 60, 999)])
    Order.objects.filter(pk=kayu.pk).update(service="kayu")

    assert typical_minutes(None, "logam") == {bubut.pk: Typical(60, 2)}


def test_unfinished_and_old_orders_are_not_typical(bubut):
    promised_order([(bubut, 60)])
    finished_order([(bubut, 60, 90)], finished_on=clock.today() - 740 * DAY)

    assert typical_minutes(None, "logam") == {}


def test_typical_minutes_take_one_query(bubut, django_assert_num_queries):
    finished_order([(bubut, 60, 90)])
    with django_assert_num_queries(1):
        typical_minutes(None, "logam")


@pytest.mark.parametrize(
    ("actual", "planned", "percent"), [(60, 60, 100), (90, 60, 150), (1, 3, 33), (2, 3, 67), (1, 200, 1), (1, 201, 0)]
)
def test_what_work_took_of_its_plan_in_whole_percent_halves_up(bubut, actual, planned, percent):
    finished_order([(bubut, planned, actual)])

    assert [row.percent for row in learnt_in().centres] == [percent]


def test_plan_against_fact_per_work_centre_each_order_once(bubut, las):
    finished_order([(bubut, 60, 90), (bubut, 60, 30), (las, 100, 80)])
    finished_order([(bubut, 100, 130)])
    finished_order([(bubut, 100, 500)])

    assert learnt_in().centres == [Learnt("Bubut", 3, 320, 750, 130), Learnt("Las", 1, 100, 80, 80)]


def test_plan_against_fact_per_kind_of_job_what_has_none_comes_last(bubut, las):
    finished_order([(bubut, 60, 90), (las, 40, 10)], kind=make_kind("Poros"))
    finished_order([(bubut, 60, 30)], kind=make_kind("Zirkel"))
    finished_order([(bubut, 60, 60)])

    assert learnt_in().kinds == [
        Learnt("Poros", 1, 100, 100, 100),
        Learnt("Zirkel", 1, 60, 30, 50),
        Learnt("Tanpa jenis", 1, 60, 60, 100),
    ]


def test_only_orders_finished_in_the_time_asked_for_count(bubut):
    finished_order([(bubut, 60, 90)], finished_on=date(2026, 10, 31))
    finished_order([(bubut, 60, 61)], finished_on=date(2026, 11, 1))
    promised_order([(bubut, 60)])

    assert [row.actual for row in learnt_in().centres] == [61]
    assert [row.actual for row in learnt_in(NOVEMBER.previous).centres] == [90]
    assert learnt_in(NOVEMBER.next) == Experience([], [], [], [])


def test_the_greatest_misses_come_first_whichever_way_they_went(bubut, las):
    longer = finished_order([(bubut, 60, 90), (las, 60, 100)])
    shorter = finished_order([(bubut, 200, 100)])
    finished_order([(bubut, 60, 90), (las, 60, 30)])  # right as a whole

    assert learnt_in().misses == [Miss(shorter.pk, 200, 100), Miss(longer.pk, 120, 190)]
    assert [miss.minutes for miss in learnt_in().misses] == [-100, 70]


def test_ten_misses_are_enough(bubut):
    order = finished_order([(bubut, 60, 90)])
    copies_of(order, 20)

    assert len(learnt_in().misses) == 10


def test_promises_kept_are_counted_by_the_month_of_their_end(bubut):
    for finished, promised in (
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 11, 19)),
        (date(2026, 11, 20), date(2026, 12, 1)),
        (date(2026, 10, 30), date(2026, 10, 29)),
    ):
        finished_order([(bubut, 60, 60)], finished_on=finished, starts_on=date(2026, 10, 1), finish_on=promised)
    learnt = learn(NOVEMBER.previous.start, NOVEMBER.end)

    assert learnt.months == [Kept(NOVEMBER, 3, 2), Kept(NOVEMBER.previous, 1, 0)]
    assert [month.percent for month in learnt.months] == [66, 0]


def test_the_day_of_the_end_is_that_of_wib(bubut):
    order = finished_order([(bubut, 60, 60)], starts_on=MONDAY, finish_on=MONDAY)
    Order.objects.filter(pk=order.pk).update(finished_at=datetime.combine(MONDAY, time(23, 59), WIB))
    assert [month.kept for month in learnt_in().months] == [1]

    Order.objects.filter(pk=order.pk).update(finished_at=datetime.combine(MONDAY + DAY, time(0), WIB))
    assert [month.kept for month in learnt_in().months] == [0]


def read(browser, asked: str = "") -> str:
    html = browser.get(f"/bengkel/pengalaman/{asked}").content.decode()
    return " ".join(strip_tags(html.replace("<", " <")).split())


def test_the_page_says_what_is_furthest_off(as_bengkel, bubut, las):
    kind = make_kind("Poros")
    finished_order([(bubut, 60, 66), (las, 60, 90)], kind=kind, starts_on=MONDAY, finish_on=MONDAY)
    page = read(as_bengkel)

    assert "dari 1 pesanan yang selesai Juni 2026 sampai November 2026" in page
    assert "Paling meleset: Las, biasanya 50% lebih lama dari rencana." in page
    assert "Paling meleset: Poros, biasanya 30% lebih lama dari rencana." in page
    assert "Poros 1 2 jam 2,6 jam 130%" in page
    assert "0,6 jam lebih lama" in page
    assert "November 2026 1 1 100%" in page


def test_a_plan_that_was_near_is_called_near(as_pimpinan, bubut):
    finished_order([(bubut, 100, 110)])

    assert "Semuanya biasanya paling jauh 10% dari rencana." in read(as_pimpinan)


@pytest.mark.parametrize(
    ("asked", "months"), [("", 6), ("?bulan=3", 3), ("?bulan=24", 24), ("?bulan=7", 6), ("?bulan=x", 6)]
)
def test_the_page_looks_back_some_months(as_bengkel, office, asked, months):
    context = as_bengkel.get(f"/bengkel/pengalaman/{asked}").context

    between = (context["last"].year - context["first"].year) * 12 + context["last"].number - context["first"].number
    assert (context["last"], between) == (NOVEMBER, months - 1)
    assert context["form"]["bulan"].value() == str(months)


def test_a_workshop_without_finished_orders_is_told_what_will_come(as_bengkel, office):
    assert "Belum ada pesanan yang selesai dalam waktu itu." in read(as_bengkel)


def test_an_order_finished_without_times_counts_for_its_promise_only(as_bengkel, bubut):
    order = finished_order([(bubut, 60, 60)], starts_on=MONDAY, finish_on=MONDAY)
    order.steps.update(actual_minutes=None, done_at=None, done_by=None)

    page = read(as_bengkel)
    assert "Belum ada tahap yang dicatat waktunya." in page
    assert "November 2026 1 1 100%" in page


def test_the_page_costs_the_same_with_5_and_200_orders(as_bengkel, count_queries, bubut, las):
    order = finished_order([(bubut, 60, 90), (las, 60, 30)], kind=make_kind("Poros"))
    copies_of(order, 4)
    few = count_queries(as_bengkel, "/bengkel/pengalaman/")
    copies_of(order, 195)

    assert count_queries(as_bengkel, "/bengkel/pengalaman/") == few
