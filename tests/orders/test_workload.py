"""The workshop's queue as it stands in the database: what counts, in which order, into which capacity."""

from datetime import date, datetime, time, timedelta

import pytest

from balai import clock
from balai.clock import WIB
from balai.models import Holiday
from balai.roles import Role
from orders import actions
from orders.models import Estimate, JobStep, Order, WorkCentre
from orders.schedule import Task
from orders.stages import Stage
from orders.workload import capacity, queue
from tests.factories import act, clerk, fresh, intent, make_order, make_work_centre
from tests.orders.workshop import finished_order, out_of_service, promised_order, set_steps

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
LATER = MONDAY + 60 * DAY


@pytest.fixture(autouse=True)
def monday_morning():
    with clock.at(datetime.combine(MONDAY, time(8), WIB)):
        yield


@pytest.fixture
def bubut():
    return make_work_centre("Bubut")  # one machine, 420 minutes a day


@pytest.fixture
def las():
    return make_work_centre("Las")


def waiting(centre: WorkCentre, minutes: int, *, answered: int = 0, **promise) -> Order:
    """An agreed order, promised so many minutes after eight."""
    standard = {
        "starts_on": MONDAY,
        "finish_on": LATER,
        "answered_at": clock.now() + timedelta(minutes=answered),
    }
    return promised_order([(centre, minutes)], **standard | promise)


def days_of(order: Order) -> tuple[date, date]:
    planned = queue(MONDAY).plan[order.pk]
    return planned.begins, planned.ends


def minutes_on(centre: WorkCentre, *days: date) -> list[int]:
    can = capacity([WorkCentre.objects.get(pk=centre.pk)], MONDAY, frozenset())
    return [can.minutes[centre.pk][can.days.index(day)] for day in days]


def test_first_promised_first_served(bubut):
    later, earlier = waiting(bubut, 420, answered=5), waiting(bubut, 420, answered=1)

    assert days_of(earlier) == (MONDAY, MONDAY)
    assert days_of(later) == (MONDAY + DAY, MONDAY + DAY)


def test_promises_of_one_moment_stand_in_the_order_of_their_entry(bubut):
    first, second = waiting(bubut, 420), waiting(bubut, 420)

    assert list(queue(MONDAY).plan) == [first.pk, second.pk]


def test_a_change_takes_its_turn_from_the_promise_now_in_force(bubut):
    changed, other = waiting(bubut, 420, answered=1), waiting(bubut, 420, answered=2)
    changed = act("agree_change", act("offer_change", act("start", changed)))
    set_steps(changed, [(bubut, 420)])
    Estimate.objects.filter(pk=changed.estimate_id).update(starts_on=MONDAY, answered_at=clock.now() + 9 * DAY)

    assert list(queue(MONDAY).plan) == [other.pk, changed.pk]


def test_what_a_customer_has_not_agreed_to_is_no_promise(bubut):
    offered = make_order(Stage.KONFIRMASI)
    changing = act("offer_change", act("start", waiting(bubut, 60)))

    assert list(queue(MONDAY).plan) == [changing.pk]
    assert offered.pk not in queue(MONDAY).promises


def test_a_held_order_keeps_its_place(bubut):
    held, other = waiting(bubut, 420, answered=1), waiting(bubut, 420, answered=2)
    act("hold", act("start", held))

    assert (days_of(held)[0], days_of(other)[0]) == (MONDAY, MONDAY + DAY)


def test_steps_that_are_done_and_orders_that_are_finished_take_no_more_time(bubut, las):
    order = promised_order([(bubut, 420), (las, 60)], starts_on=MONDAY, finish_on=LATER)
    JobStep.objects.filter(order=order, position=1).update(
        actual_minutes=400, done_at=clock.now(), done_by=clerk(Role.BENGKEL)
    )
    finished = finished_order([(bubut, 420, 420)])

    assert days_of(order) == (MONDAY, MONDAY)
    assert finished.pk not in queue(MONDAY).plan


def test_of_a_step_under_way_only_what_is_left_counts(bubut, las):
    order = promised_order([(bubut, 840), (las, 60)], Stage.PRODUKSI, starts_on=MONDAY, finish_on=LATER)
    other = waiting(bubut, 420, answered=9)
    assert days_of(other)[0] == MONDAY + 2 * DAY
    first = order.steps.get(position=1)

    actions.note_left(order.pk, intent(clerk(Role.BENGKEL), fresh(order)), step=first.pk, minutes=420)

    assert [(block.centre, block.minutes) for block in queue(MONDAY).plan[order.pk].blocks] == [
        (bubut.pk, 420),
        (las.pk, 60),
    ]
    assert days_of(other) == (MONDAY + DAY, MONDAY + DAY)


def test_steps_are_planned_in_their_order(bubut, las):
    order = promised_order([(bubut, 60), (las, 60), (bubut, 60)], starts_on=MONDAY, finish_on=LATER)
    order.steps.filter(position=1).update(position=9)

    blocks = queue(MONDAY).plan[order.pk].blocks
    assert [(block.centre, block.minutes) for block in blocks] == [(las.pk, 60), (bubut.pk, 120)]


def test_a_cancelled_order_leaves_its_place(bubut):
    cancelled, other = waiting(bubut, 420, answered=1), waiting(bubut, 420, answered=2)
    act("cancel", cancelled)

    assert list(queue(MONDAY).plan) == [other.pk]
    assert days_of(other)[0] == MONDAY


def test_an_order_does_not_begin_before_its_day_nor_in_the_past(bubut):
    ahead = waiting(bubut, 60, starts_on=MONDAY + 2 * DAY)
    overdue = waiting(bubut, 60, starts_on=MONDAY - 9 * DAY, finish_on=MONDAY - DAY)

    assert (days_of(ahead)[0], days_of(overdue)[0]) == (MONDAY + 2 * DAY, MONDAY)


def test_nobody_works_on_holidays_and_weekends(bubut):
    Holiday.objects.create(day=MONDAY + DAY, name="Hari libur CONTOH")
    order = waiting(bubut, 5 * 420)

    assert days_of(order) == (MONDAY, MONDAY + 7 * DAY)
    assert MONDAY + DAY not in {block.day for block in queue(MONDAY).plan[order.pk].blocks}


def test_an_outage_counts_on_its_days_both_included(bubut):
    out_of_service(bubut, MONDAY + DAY, MONDAY + 2 * DAY)

    assert minutes_on(bubut, *(MONDAY + n * DAY for n in range(4))) == [420, 0, 0, 420]


def test_an_outage_until_further_notice_has_no_end(bubut):
    out_of_service(bubut, MONDAY + DAY)

    assert minutes_on(bubut, MONDAY, MONDAY + DAY, MONDAY + 700 * DAY) == [420, 0, 0]


def test_an_outage_that_is_over_no_longer_counts_and_one_that_began_still_does(bubut):
    out_of_service(bubut, MONDAY - 9 * DAY, MONDAY - DAY)
    assert minutes_on(bubut, MONDAY) == [420]

    out_of_service(bubut, MONDAY - 9 * DAY, MONDAY)
    assert minutes_on(bubut, MONDAY, MONDAY + DAY) == [0, 420]


def test_outages_take_places_together_but_never_more_than_there_are(bubut):
    WorkCentre.objects.filter(pk=bubut.pk).update(places=3)
    out_of_service(bubut, MONDAY, MONDAY + DAY)
    out_of_service(bubut, MONDAY + DAY, MONDAY + 2 * DAY, places=2)
    out_of_service(bubut, MONDAY + 2 * DAY, MONDAY + 2 * DAY, places=2)

    assert minutes_on(bubut, *(MONDAY + n * DAY for n in range(4))) == [840, 0, 0, 1260]


def test_an_outage_delays_the_orders_behind_it(bubut):
    order = waiting(bubut, 420, finish_on=MONDAY)
    assert queue(MONDAY).at_risk() == set()

    out_of_service(bubut, MONDAY, MONDAY + DAY)

    assert days_of(order) == (MONDAY + 2 * DAY, MONDAY + 2 * DAY)
    assert queue(MONDAY).at_risk() == {order.pk}


def test_a_work_centre_that_is_not_used_can_do_nothing(bubut):
    order = waiting(bubut, 60)
    WorkCentre.objects.filter(pk=bubut.pk).update(is_active=False)

    assert not queue(MONDAY).plan[order.pk].fits
    assert queue(MONDAY).at_risk() == {order.pk}


def test_an_order_without_steps_left_is_not_at_risk():
    order = promised_order([], starts_on=MONDAY, finish_on=LATER)

    assert queue(MONDAY).plan[order.pk].ends is None
    assert queue(MONDAY).at_risk() == set()


def test_a_new_order_is_proposed_after_all_that_was_promised(bubut):
    waiting(bubut, 420)
    now = queue(MONDAY)

    assert now.with_last([Task(bubut.pk, 60)], MONDAY - 9 * DAY).ends == MONDAY + DAY
    assert now.with_last([Task(bubut.pk, 60)], MONDAY + 3 * DAY).ends == MONDAY + 3 * DAY


def test_an_order_that_goes_first_breaks_the_promises_it_pushes_back(bubut, las):
    pushed = waiting(bubut, 420, finish_on=MONDAY)
    waiting(bubut, 60, finish_on=LATER)
    waiting(las, 60, finish_on=MONDAY)
    waiting(bubut, 420, finish_on=MONDAY)  # was not kept anyway
    broken = queue(MONDAY).broken_by([Task(bubut.pk, 60)], MONDAY)

    assert [(promise.order, promise.number, planned.ends) for promise, planned in broken] == [
        (pushed.pk, fresh(pushed).number, MONDAY + DAY)
    ]
    assert queue(MONDAY).broken_by([Task(las.pk, 60)], MONDAY) == []


def test_an_order_that_is_estimated_anew_is_left_out(bubut):
    order = waiting(bubut, 420)

    assert queue(MONDAY, without=order.pk).with_last([Task(bubut.pk, 60)], MONDAY).begins == MONDAY


def test_the_queue_takes_five_queries_however_long_it_is(bubut, las, django_assert_num_queries):
    waiting(bubut, 60)
    out_of_service(las, MONDAY)
    with django_assert_num_queries(5):
        queue(MONDAY).at_risk()
    for number in range(8):
        promised_order([(bubut, 60), (las, 60)], starts_on=MONDAY, finish_on=LATER)
        out_of_service(bubut, MONDAY + number * DAY, MONDAY + number * DAY)
    with django_assert_num_queries(5):
        queue(MONDAY).at_risk()
