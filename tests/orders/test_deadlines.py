"""By when an order must move on: the rule in Python, the same rule as a query, and its words."""

from datetime import date, datetime, time, timedelta

import pytest

from balai import clock
from balai.clock import WIB
from balai.models import Holiday
from orders.deadlines import Deadlines, since, stage_tag, until
from orders.models import Estimate, Order
from orders.stages import FINAL, Stage
from tests.factories import fresh, make_office

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)
OPEN_STATES = sorted((set(Stage) - FINAL) | {"produksi, tertunda", "produksi, perubahan ditawarkan"})

NOW = {"starts_on": MONDAY, "finish_on": date(2026, 11, 27)}
LATER = {"starts_on": date(2026, 11, 30), "finish_on": date(2026, 12, 4)}


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), WIB)


def entered(order: Order, moment: datetime, **promise) -> Order:
    """The order as if it had come to its stage at this moment, with these dates in its estimate."""
    Order.objects.filter(pk=order.pk).update(stage_since=moment, finished_at=order.finished_at and moment)
    if "finish_on" in promise:
        promise = {"starts_on": promise["finish_on"]} | promise
    Estimate.objects.filter(order=order).update(offered_at=moment, **promise)
    return fresh(order)


def deadlines_on(day: date) -> Deadlines:
    with clock.at(at(day)):
        return Deadlines(make_office())


@pytest.mark.parametrize("state", OPEN_STATES)
def test_the_query_for_late_orders_is_the_rule_of_due(cell, state: str) -> None:
    order, _ = cell(state)
    Holiday.objects.create(day=MONDAY - timedelta(days=3), name="Hari libur CONTOH")
    seen = set()
    for back in range(45):
        day = MONDAY - timedelta(days=back)
        moved = entered(order, at(day, 23, 59), starts_on=day, finish_on=day + timedelta(days=back % 3))
        for today in (MONDAY, MONDAY + timedelta(days=1), MONDAY - timedelta(days=1)):
            deadlines = deadlines_on(today)
            late = deadlines.due(moved) < today
            assert Order.objects.filter(deadlines.late(), pk=order.pk).exists() == late, (day, today)
            seen.add(late)
    assert seen == {True, False}


@pytest.mark.parametrize("stage", sorted(FINAL))
def test_a_closed_order_has_no_deadline(cell, stage: str) -> None:
    order, _ = cell(stage)
    deadlines = deadlines_on(MONDAY + timedelta(days=900))
    assert deadlines.due(order) is None
    assert not Order.objects.filter(deadlines.late(), pk=order.pk).exists()


@pytest.mark.parametrize(
    ("stage", "came", "promise", "today", "tone", "text"),
    [
        ("permohonan", at(MONDAY, 8, 55), {}, MONDAY, "ok", "Masuk 08.55 hari ini"),
        ("permohonan", at(date(2026, 11, 20)), {}, MONDAY, "soon", "Harus selesai hari ini"),
        ("permohonan", at(date(2026, 11, 19)), {}, MONDAY, "late", "Terlambat 1 hari"),
        ("permohonan", at(date(2026, 11, 18)), {}, MONDAY, "late", "Terlambat 2 hari"),
        # Due on Friday, seen on Saturday: no working day has passed, and it is late all the same.
        ("permohonan", at(date(2026, 11, 19)), {}, date(2026, 11, 21), "late", "Terlambat 1 hari"),
        ("estimasi", at(date(2026, 11, 22)), {}, MONDAY, "ok", "Masuk kemarin"),
        (
            "konfirmasi",
            at(date(2026, 11, 19)),
            {"valid_until": date(2026, 12, 3)},
            MONDAY,
            "ok",
            "Siap sejak 19 Nov 2026",
        ),
        ("konfirmasi", at(MONDAY), {"valid_until": date(2026, 11, 24)}, MONDAY, "soon", "Berlaku sampai besok"),
        ("pesanan", at(date(2026, 11, 9)), LATER, MONDAY, "ok", "Mulai 30 Nov 2026"),
        ("pesanan", at(date(2026, 11, 20)), NOW, MONDAY, "ok", "Antre sejak 20 Nov 2026"),
        ("produksi", at(date(2026, 11, 2)), {"finish_on": date(2026, 11, 27)}, MONDAY, "ok", "Janji 27 Nov 2026"),
        ("produksi", at(date(2026, 11, 2)), {"finish_on": date(2026, 11, 24)}, MONDAY, "soon", "Janji besok"),
        ("produksi", at(date(2026, 11, 2)), {"finish_on": date(2026, 11, 19)}, MONDAY, "late", "Terlambat 2 hari"),
        ("pembayaran", at(MONDAY), {}, MONDAY, "ok", "Jatuh tempo 23 Des 2026"),
        ("pembayaran", at(date(2026, 10, 25)), {}, MONDAY, "soon", "Jatuh tempo besok"),
        # Due on Thursday: the term of a bill counts calendar days, and so does its delay.
        ("pembayaran", at(date(2026, 10, 20)), {}, MONDAY, "late", "Terlambat 4 hari"),
        ("siap_diambil", at(MONDAY, 9, 10), {}, MONDAY, "ok", "Siap sejak 09.10 hari ini"),
        ("siap_diambil", at(date(2026, 11, 9)), {}, MONDAY, "ok", "Siap sejak 9 Nov 2026"),
        # The goods are ready; it is not the office that is late.
        ("siap_diambil", at(date(2026, 11, 5)), {}, MONDAY, "soon", "18 hari belum diambil"),
    ],
)
def test_the_words_of_a_deadline(cell, stage, came, promise, today, tone, text) -> None:
    tag = deadlines_on(today).tag(entered(cell(stage)[0], came, **promise))
    assert (tag.tone, tag.text) == (tone, text)


def test_the_time_left_is_said_in_working_days(cell) -> None:
    order = entered(cell("estimasi")[0], at(MONDAY - timedelta(days=3)))
    assert deadlines_on(MONDAY - timedelta(days=3)).tag(order).note == "Sisa 2 hari kerja"
    assert deadlines_on(MONDAY).tag(order).note == "Sisa 1 hari kerja"
    assert deadlines_on(MONDAY + timedelta(days=1)).tag(order).text == "Harus selesai hari ini"


def test_an_offer_says_until_when_it_is_valid(cell) -> None:
    order = cell("konfirmasi")[0]
    late = entered(order, at(date(2026, 11, 9)), valid_until=date(2026, 11, 20))
    assert deadlines_on(MONDAY).tag(late).note == "Masa berlaku habis 20 Nov 2026"
    fine = entered(order, at(MONDAY), valid_until=date(2026, 12, 7))
    assert deadlines_on(MONDAY).tag(fine).note == "Berlaku sampai 7 Des 2026"


def test_work_on_hold_says_why_and_keeps_its_promise_in_sight(cell) -> None:
    order = entered(cell("produksi, tertunda")[0], at(MONDAY), finish_on=date(2026, 11, 27))
    tag = deadlines_on(MONDAY).tag(order)
    assert (tag.tone, tag.text, tag.note) == (
        "wait",
        "Tertunda, janji 27 Nov 2026",
        "Tertunda: Menunggu bahan: datang 24 Nov",
    )
    state = deadlines_on(MONDAY).state(order)
    assert (state.tone, state.text) == ("wait", "Tertunda, dikerjakan sejak 09.00 hari ini")
    assert deadlines_on(date(2026, 11, 27)).state(order).tone == "soon"
    assert deadlines_on(date(2026, 11, 30)).tag(order).text == "Terlambat 1 hari"


def test_the_state_says_what_is_waited_for_and_how_late_it_is(cell) -> None:
    order = entered(cell("konfirmasi")[0], at(MONDAY, 8, 40))
    assert deadlines_on(MONDAY).state(order).text == "Menunggu jawaban pelanggan sejak 08.40 hari ini"
    state = deadlines_on(date(2026, 11, 30)).state(order)
    assert (state.tone, state.text) == ("late", "Menunggu jawaban pelanggan sejak 23 Nov 2026, terlambat 2 hari")


def test_a_stage_without_a_standard_of_the_office_has_the_usual_one(cell) -> None:
    order = entered(cell("permohonan")[0], at(MONDAY))
    with clock.at(at(MONDAY)):
        assert Deadlines(make_office(service_days={"estimasi": 9})).due(order) == date(2026, 11, 24)
        assert Deadlines(make_office(service_days={"permohonan": 3})).due(order) == date(2026, 11, 26)


def test_the_list_calls_late_what_was_promised_for_an_earlier_day(cell) -> None:
    order = entered(cell("produksi")[0], at(MONDAY), finish_on=MONDAY)
    assert stage_tag(order, MONDAY).tone == "wait"
    assert stage_tag(order, MONDAY + timedelta(days=1)).text == "Produksi, terlambat"


def test_near_days_have_names() -> None:
    assert since(at(MONDAY, 0, 5), MONDAY) == "00.05 hari ini"
    assert since(at(date(2026, 11, 22), 23, 55), MONDAY) == "kemarin"
    assert until(date(2026, 11, 24), MONDAY) == "besok"
    assert until(date(2026, 11, 25), MONDAY) == "25 Nov 2026"
