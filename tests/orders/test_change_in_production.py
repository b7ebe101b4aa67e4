"""A change during production, walked both ways: papers, totals, steps, load, audit and books follow (DESIGN.md 2)."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command

from balai import clock
from balai.kinds import Kind
from balai.months import Month
from orders import actions
from orders.actions import ActionRefused
from orders.books import order_book
from orders.models import JobStep, Order
from orders.pricing import LineData
from orders.workload import queue
from tests.factories import act, audit_of, clerk, estimate_data, fresh, intent, make_order, make_tariffs

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(office) -> Order:
    """In production, with its first step (ten hours of Bubut) done."""
    order = make_order("produksi")
    took = {"actual_minutes": 660, "done_at": clock.now(), "done_by": clerk("bengkel")}
    JobStep.objects.filter(order=order, position=1).update(**took)
    return order


def offer_change(order: Order) -> Order:
    """Fifteen hours of Bubut in place of ten, four and a quarter of Las as before, three days later."""
    bubut, las = make_tariffs()[:2]
    lines = (
        LineData("jasa", Decimal(15), "poros utama 6 buah", tariff_id=bubut.pk),
        LineData("jasa", Decimal("4.25"), "braket siku", tariff_id=las.pk),
    )
    data = replace(estimate_data(), lines=lines, days=8)
    actions.offer_change(order.pk, intent(clerk("bengkel"), order), data, reason="Pelanggan menambah dua poros.")
    return fresh(order)


def steps(order: Order) -> list[tuple[str, int, bool]]:
    return [(s.label, s.minutes, s.done_at is not None) for s in order.steps.select_related("work_centre")]


def papers(order: Order, kind: Kind) -> list:
    return [tie.document for tie in order.papers.select_related("document").filter(document__kind=kind)]


def planned_minutes(order: Order) -> int:
    return sum(block.minutes for block in queue(clock.today()).plan[order.pk].blocks)


def booked(order: Order) -> list[tuple[int, int | None]]:
    """The order's rows in the buku pesanan: value, and what was paid where the row counts."""
    return [(row.value, row.paid) for row in order_book(Month.of(clock.today())).rows if row.order_id == order.pk]


BEFORE = [("Bubut, poros utama", 600, True), ("Las, braket siku", 255, False)]


def test_while_it_waits_the_work_rests_and_nothing_else_moved(order):
    order = offer_change(order)

    assert (order.stage, order.estimate.total, order.change.total) == ("produksi", 620_000, 845_000)
    assert steps(order) == BEFORE
    for verb in ("hold", "finish", "offer_change"):
        with pytest.raises(ActionRefused):
            act(verb, order)


def test_the_yes_replaces_papers_terms_steps_and_load(order):
    before = planned_minutes(order)
    order = act("agree_change", offer_change(order))

    assert (order.estimate.version, order.estimate.total, order.change) == (2, 845_000, None)
    for kind in (Kind.ORDER_LETTER, Kind.WORK_ORDER):
        first, second = papers(order, kind)
        assert (second.replaces, first.voided_at) == (first, None)
        assert second.payload["body"]["change"]["ordinal"] == 1
    assert papers(order, Kind.ORDER_LETTER)[1].payload["body"]["total"] == 845_000
    assert steps(order) == [
        ("Bubut, poros utama", 600, True),
        ("Bubut, poros utama 6 buah", 300, False),
        ("Las, braket siku", 255, False),
    ]
    ordered = [step["name"] for step in papers(order, Kind.WORK_ORDER)[1].payload["body"]["steps"]]
    assert ordered == ["Bubut, poros utama (sudah selesai)", "Bubut, poros utama 6 buah", "Las, braket siku"]
    assert (before, planned_minutes(order)) == (255, 555)
    assert audit_of(order)[-1].after["amount"] == 845_000
    call_command("check_books")


def test_the_no_leaves_papers_terms_steps_and_load_as_they_were(order):
    before = planned_minutes(order)
    order = act("refuse_change", offer_change(order))

    assert (order.estimate.version, order.estimate.total, order.change) == (1, 620_000, None)
    assert [len(papers(order, kind)) for kind in (Kind.ORDER_LETTER, Kind.WORK_ORDER)] == [1, 1]
    assert steps(order) == BEFORE
    assert planned_minutes(order) == before
    assert order.estimates.get(version=2).status == "ditolak"
    call_command("check_books")


def test_after_a_no_pimpinan_may_cancel_and_everything_is_void(order):
    order = act("cancel", act("refuse_change", offer_change(order)))

    assert order.stage == "dibatalkan"
    assert all(paper.voided_at for kind in (Kind.ORDER_LETTER, Kind.WORK_ORDER) for paper in papers(order, kind))
    assert order.pk not in queue(clock.today()).plan
    call_command("check_books")


@pytest.mark.parametrize(
    ("answer", "bill", "rows"),
    [
        ("agree_change", 845_000, [(620_000, None), (845_000, 845_000)]),
        ("refuse_change", 620_000, [(620_000, 620_000)]),
    ],
)
def test_the_bill_and_the_books_follow_the_answer(order, answer, bill, rows):
    order = act(answer, offer_change(order))
    order = act("settle", act("finish", order))

    assert [payment.amount for payment in order.payments.all()] == [bill]
    assert booked(order) == rows
    call_command("check_books")


def test_a_change_keeps_its_place_by_the_promise_that_is_in_force(order):
    """First promised, first served: a later promise stands behind what was promised before it."""
    with clock.at(clock.now() + timedelta(minutes=5)):
        other = make_order("pesanan")
    with clock.at(clock.now() + timedelta(minutes=10)):
        order = act("agree_change", offer_change(order))

    assert [job.key for job in queue(clock.today()).jobs] == [other.pk, order.pk]


def test_what_is_done_cannot_be_undone_by_a_smaller_change(order):
    bubut = make_tariffs()[0]
    data = replace(estimate_data(), lines=(LineData("jasa", Decimal(4), "poros utama", tariff_id=bubut.pk),))
    actions.offer_change(order.pk, intent(clerk("bengkel"), order), data, reason="Pelanggan mengurangi.")

    order = act("agree_change", fresh(order))

    assert steps(order) == [("Bubut, poros utama", 600, True)]
    assert order.estimate.total == 180_000
