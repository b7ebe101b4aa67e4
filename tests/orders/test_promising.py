"""What may be promised: the earliest days the queue allows, and whose promise an earlier day would break."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from balai import clock
from balai.clock import WIB
from balai.models import Holiday
from balai.office import holidays
from orders.models import Outage, WorkCentre
from orders.promising import outlook
from orders.workload import queue
from orders.worktime import StepData
from tests.factories import clerk, estimate_data, make_order

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, tzinfo=WIB)
DAY = timedelta(days=1)


@pytest.fixture
def now(office):
    with clock.at(NOW):
        yield


@pytest.fixture
def bubut(now) -> int:
    return WorkCentre.objects.get(name="Bubut").pk


def promised(bubut: int, hours: int, days: int, starts_on: date = MONDAY + DAY):
    """An agreed order of so many hours at Bubut, promised for a first day and working days."""
    steps = (StepData(bubut, hours * 60),)
    return make_order("pesanan", estimate=replace(estimate_data(), steps=steps, days=days, starts_on=starts_on))


def look(bubut: int, hours: int, starts_on: date | None = None, days: int | None = None):
    return outlook(queue(clock.today()), [StepData(bubut, hours * 60)], starts_on, days, holidays())


def test_an_empty_workshop_begins_on_the_next_working_day(bubut):
    Holiday.objects.create(day=MONDAY + DAY, name="Contoh")

    proposal = look(bubut, 8).proposal

    assert (proposal.starts_on, proposal.finish_on, proposal.days) == (date(2026, 11, 25), date(2026, 11, 26), 2)


def test_new_work_is_proposed_after_what_was_promised(bubut):
    promised(bubut, hours=14, days=2)

    proposal = look(bubut, 7).proposal

    assert (proposal.starts_on, proposal.days) == (date(2026, 11, 26), 1)


def test_the_proposal_breaks_no_promise_and_needs_no_word(bubut):
    promised(bubut, hours=14, days=2)
    proposal = look(bubut, 7).proposal

    seen = look(bubut, 7, proposal.starts_on, proposal.days)

    assert (seen.is_early, seen.needs_word, seen.placed.ends) == (False, False, proposal.finish_on)


def test_a_day_before_its_turn_names_the_promises_that_it_breaks(bubut):
    tight, easy = promised(bubut, hours=14, days=2), promised(bubut, hours=7, days=20)

    seen = look(bubut, 7, MONDAY + DAY, 1)

    assert seen.needs_word
    assert [(promise.number, planned.ends) for promise, planned in seen.broken] == [(tight.number, date(2026, 11, 26))]
    assert easy.number not in [promise.number for promise, _ in seen.broken]


def test_an_early_day_that_costs_nobody_anything_needs_no_word(bubut):
    promised(bubut, hours=7, days=20)

    seen = look(bubut, 7, MONDAY + DAY, 1)

    assert (seen.is_early, seen.broken, seen.needs_word) == (True, (), False)


def test_a_day_that_even_an_empty_workshop_misses_needs_a_word(bubut):
    seen = look(bubut, 15, MONDAY + DAY, 1)

    assert (seen.needs_word, seen.alone.ends) == (True, date(2026, 11, 26))


def test_work_that_never_fits_has_no_proposal(bubut):
    noted = {"noted_by": clerk("bengkel"), "noted_at": NOW}
    Outage.objects.create(work_centre_id=bubut, first_day=MONDAY, reason="Rusak.", **noted)

    seen = look(bubut, 1, MONDAY + DAY, 5)

    assert (seen.proposal, seen.alone.ends, seen.needs_word) == (None, None, True)


@pytest.mark.parametrize(("starts_on", "days"), [(None, 3), (MONDAY, None), (MONDAY - DAY, 3)])
def test_without_days_that_are_good_there_is_only_the_proposal(bubut, starts_on, days):
    seen = look(bubut, 7, starts_on, days)

    assert (seen.placed, seen.needs_word) == (None, False)
    assert seen.proposal is not None


def test_without_steps_there_is_nothing_to_tell(now):
    assert outlook(queue(clock.today()), [], MONDAY, 1, holidays()) is None
