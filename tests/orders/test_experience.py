"""What the workshop learned from finished orders: the middle of their minutes, plan against fact, promises kept."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balai import clock
from orders.experience import Typical, median, typical_minutes
from orders.models import Order
from tests.factories import make_work_centre
from tests.orders.workshop import finished_order, make_kind, promised_order

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("values", "middle"), [([5], 5), ([9, 1, 5], 5), ([1, 4], 3), ([1, 2, 4, 100], 3), ([10, 20, 30, 5000], 25)]
)
def test_the_median_is_the_value_in_the_middle_halves_up(values, middle):
    assert median(values) == middle


def test_nothing_has_no_median():
    with pytest.raises(ValueError, match="Nothing"):
        median([])


@given(st.lists(st.integers(1, 10**6), min_size=1))
def test_as_many_lie_below_the_median_as_above_it(values):
    middle = median(values)
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
