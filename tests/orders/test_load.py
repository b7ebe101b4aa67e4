"""The page of the load: when the plan ends each promise, what endangers it and why, week by week; constant in cost."""

from datetime import date, datetime, time, timedelta

import pytest
from django.utils.html import strip_tags

from balai import clock
from balai.clock import WIB
from orders.loadpage import describe, endangered_by
from orders.models import Order, WorkCentre
from orders.schedule import Block, Job, Planned, Task, Wait, bottleneck
from orders.workload import queue
from tests.copies import copies_of
from tests.factories import make_work_centre
from tests.orders.workshop import out_of_service, promised_order

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
BUBUT, LAS = 1, 2


@pytest.fixture(autouse=True)
def monday_morning():
    with clock.at(datetime.combine(MONDAY, time(8), WIB)):
        yield


@pytest.fixture
def bubut(office) -> WorkCentre:
    return make_work_centre("Bubut")


@pytest.fixture
def frais(office) -> WorkCentre:
    return make_work_centre("Frais")


def row_of(order: Order) -> dict:
    rows = describe(queue(MONDAY), None, None)["rows"]
    return next(row for row in rows if row.order.pk == order.pk)


def promised(centre: WorkCentre, minutes: int, finish_on: date) -> Order:
    return promised_order([(centre, minutes)], starts_on=min(MONDAY, finish_on), finish_on=finish_on)


@pytest.mark.django_db
def test_a_row_says_when_the_plan_begins_and_ends_and_what_is_promised(bubut):
    row = row_of(promised(bubut, 600, MONDAY + 3 * DAY))

    assert (row.planned.begins, row.planned.ends) == (MONDAY, MONDAY + DAY)
    assert (row.promise.finish_on, row.tag.tone, row.tag.text, row.why) == (
        MONDAY + 3 * DAY,
        "ok",
        "2 hari sebelum janji",
        "",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("minutes", "finish_on", "tone", "text", "why"),
    [
        (420, MONDAY, "soon", "Tepat pada janji", ""),
        (5 * 420, MONDAY + 4 * DAY, "soon", "Tepat pada janji", ""),
        (6 * 420, MONDAY + 4 * DAY, "late", "1 hari sesudah janji", "Tanpa menunggu pun pekerjaannya selama itu."),
        (420, MONDAY - 3 * DAY, "late", "Janji sudah lewat", ""),
        (420, MONDAY + 6 * DAY, "ok", "4 hari sebelum janji", ""),
    ],
)
def test_how_the_plan_stands_to_the_promise_in_working_days(bubut, minutes, finish_on, tone, text, why):
    row = row_of(promised(bubut, minutes, finish_on))

    assert (row.tag.tone, row.tag.text, row.why) == (tone, text, why)


@pytest.mark.django_db
def test_an_order_at_risk_names_the_work_centre_it_waits_for(bubut):
    promised(bubut, 3 * 420, MONDAY + 9 * DAY)
    row = row_of(promised(bubut, 60, MONDAY + DAY))

    assert (row.tag.text, row.why) == ("2 hari sesudah janji", "Menunggu giliran di Bubut 3 hari kerja.")


@pytest.mark.django_db
def test_an_order_that_cannot_be_planned_says_so(bubut):
    order = promised(bubut, 60, MONDAY + DAY)
    WorkCentre.objects.filter(pk=bubut.pk).update(is_active=False)

    assert (row_of(order).tag.text, row_of(order).why) == (
        "Belum dapat direncanakan",
        "Bubut tidak punya kapasitas untuk pekerjaan ini.",
    )


@pytest.mark.django_db
def test_an_order_with_all_steps_done_waits_only_to_be_finished(office):
    row = row_of(promised_order([], starts_on=MONDAY, finish_on=MONDAY))

    assert (row.tag.tone, row.tag.text) == ("wait", "Semua tahap selesai")


@pytest.mark.django_db
def test_weeks_are_told_in_words_with_what_is_out_of_service(sign_in, bengkel, bubut):
    promised(bubut, 6 * 420, MONDAY + 9 * DAY)
    out_of_service(bubut, MONDAY + 14 * DAY)
    page = " ".join(strip_tags(sign_in(bengkel).get("/bengkel/beban/").content.decode()).split())

    assert "Minggu ini terisi 35 dari 35 jam (100%). Minggu 30 Nov terisi 7 dari 35 jam (20%)." in page
    assert "Gangguan mendatang 1 dari 1 tidak dapat dipakai, 7 Des 2026 sampai ada kabar: Mesin rusak" in page


@pytest.mark.django_db
def test_one_work_centre_shows_only_the_orders_that_still_need_it(sign_in, pelayanan, bubut, frais):
    promised(frais, 60, MONDAY)
    order = promised(bubut, 60, MONDAY)
    context = sign_in(pelayanan).get("/bengkel/beban/", {"bagian": bubut.pk}).context

    assert [row.order.pk for row in context["rows"]] == [order.pk]
    assert [each.centre for each in context["centres"]] == [bubut]
    assert context["workshops"] == []


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["?bagian=x", "?bagian=999", "?halaman=x", "?bagian="])
def test_a_strange_address_shows_the_whole_workshop(sign_in, pimpinan, bubut, asked):
    answer = sign_in(pimpinan).get(f"/bengkel/beban/{asked}")

    assert answer.status_code == 200
    assert len(answer.context["workshops"]) == 2


@pytest.mark.django_db
def test_the_page_counts_the_promises_in_danger(sign_in, pimpinan, bubut):
    promised(bubut, 420, MONDAY)
    promised(bubut, 420, MONDAY)
    page = sign_in(pimpinan).get("/bengkel/beban/").content.decode()

    assert "1 janji terancam." in page


@pytest.mark.django_db
def test_promises_newly_in_danger_are_told_apart(bubut):
    lost, kept = promised(bubut, 420, MONDAY - DAY), promised(bubut, 420, MONDAY + DAY)
    before = queue(MONDAY).at_risk()
    assert before == {lost.pk}

    out_of_service(bubut, MONDAY, MONDAY)

    told = endangered_by(before, queue(MONDAY))
    assert (told["count"], [row.order.pk for row in told["rows"]]) == (1, [kept.pk])


@pytest.mark.django_db
def test_the_page_costs_the_same_with_5_and_200_orders(sign_in, bengkel, count_queries, bubut, frais):
    order = promised_order([(bubut, 60), (frais, 60)], starts_on=MONDAY, finish_on=MONDAY)
    copies_of(order, 4)
    browser = sign_in(bengkel)
    few = count_queries(browser, "/bengkel/beban/")
    copies_of(order, 195)
    for number in range(20):
        out_of_service(bubut, MONDAY + number * DAY)

    assert count_queries(browser, "/bengkel/beban/") == few


DAYS = [MONDAY + n * DAY for n in range(5)]


@pytest.mark.parametrize(
    ("blocks", "fits", "wait"),
    [
        ([(1, BUBUT, 60), (2, LAS, 60)], True, Wait(BUBUT, 1)),
        ([(1, BUBUT, 60), (4, LAS, 60)], True, Wait(LAS, 2)),
        ([(0, BUBUT, 30), (3, BUBUT, 30), (4, LAS, 60)], True, Wait(BUBUT, 2)),
        ([(0, BUBUT, 60), (1, LAS, 60)], True, None),
        ([(0, BUBUT, 60), (1, LAS, 59)], False, Wait(LAS, None)),
        ([(3, BUBUT, 60)], False, Wait(LAS, None)),
        ([], False, Wait(BUBUT, None)),
    ],
)
def test_the_bottleneck_is_where_an_order_waits_longest(blocks, fits, wait):
    job = Job(7, MONDAY, (Task(BUBUT, 60), Task(LAS, 60)))
    planned = Planned(tuple(Block(DAYS[day], centre, minutes) for day, centre, minutes in blocks), fits)

    assert bottleneck(job, planned, DAYS) == wait
