"""The weekly load as a picture: figures become coordinates without drift, words repeat the point."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from orders import charts
from orders.models import WorkCentre
from orders.schedule import Capacity, Job, Task
from orders.weeks import WEEK, Week, monday, week_loads
from orders.workload import Queue

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)
BUBUT, OVEN = 1, 2


def make_queue(*jobs: Job, today: date = MONDAY, minutes: int = 480) -> Queue:
    """Two work centres of so many minutes a day, Monday to Friday for twelve weeks."""
    days = [day for n in range(84) if (day := today + n * DAY).weekday() < 5]
    centres = (WorkCentre(pk=BUBUT, name="Bubut", service="logam"), WorkCentre(pk=OVEN, name="Oven", service="kayu"))
    return Queue(today, jobs, {}, centres, Capacity(days, {each.pk: [minutes] * len(days) for each in centres}))


def loads(*rows: tuple[float, float, float]) -> list[Week]:
    """Weeks of (capacity, queued, added) hours."""
    return [Week(MONDAY + n * WEEK, *(int(hours * 60) for hours in row)) for n, row in enumerate(rows)]


def drawn(*rows: tuple[float, float, float], with_job: bool = True) -> charts.Chart:
    return charts.draw("beban", "Beban", loads(*rows), with_job)


REFERENCE = ((160, 148, 0), (160, 121, 22), (160, 96, 14.5), (160, 64, 0), (160, 40, 0), (160, 12, 0))


def test_the_chart_of_the_reference_has_its_heights():
    bars = drawn(*REFERENCE).bars

    assert [[(part.look, part.y, part.height) for part in bar.parts] for bar in bars] == [
        [("soft", "62.8", "133.2")],
        [("base", "87.1", "108.9"), ("hot", "67.3", "19.8")],
        [("base", "109.6", "86.4"), ("hot", "96.5", "13.1")],
        [("soft", "138.4", "57.6")],
        [("soft", "160", "36")],
        [("soft", "185.2", "10.8")],
    ]
    assert [(bar.figure.text, bar.figure.y, bar.figure.look) for bar in bars] == [
        ("148", "80.8", "in-soft"),
        ("143", "105.1", "in-base"),
        ("110,5", "90.5", "strong"),
        ("64", "132.4", "strong"),
        ("40", "154", "strong"),
        ("12", "179.2", "strong"),
    ]
    assert [bar.name for bar in bars] == ["23 Nov", "30 Nov", "7 Des", "14 Des", "21 Des", "28 Des"]


def test_the_chart_says_its_point_and_describes_each_week():
    chart = drawn(*REFERENCE)

    assert chart.says == "Warna kayu: tambahan dari pekerjaan ini, 36,5 jam. Garis putus: kapasitas."
    assert chart.limit_says == "Kapasitas 160 jam"
    assert "Minggu 30 Nov: 143 dari 160 jam, 22 jam di antaranya pekerjaan ini." in chart.description
    assert "Minggu 14 Des: 64 dari 160 jam." in chart.description


@pytest.mark.parametrize(
    ("rows", "with_job", "says"),
    [
        ([(40, 0, 0), (40, 0, 0)], False, "Belum ada pekerjaan pada minggu-minggu ini."),
        ([(40, 39, 0), (20, 20, 0)], False, "Paling penuh minggu 30 Nov, 100%."),
        ([(40, 39.9, 0), (40, 1, 0)], False, "Paling penuh minggu 23 Nov, 99%."),
        ([(40, 10, 0), (40, 1, 0)], True, "Pekerjaan ini belum menambah apa pun pada minggu-minggu ini."),
        ([(0, 0, 0), (0, 0, 0)], False, "Tidak ada yang dapat dipakai pada minggu-minggu ini."),
    ],
)
def test_what_a_chart_says_without_a_new_job_or_without_room(rows, with_job, says):
    assert drawn(*rows, with_job=with_job).says.startswith(says)


def test_a_queue_without_a_new_job_is_drawn_in_steel():
    assert {part.look for bar in drawn((40, 10, 0), (40, 5, 0), with_job=False).bars for part in bar.parts} == {"base"}


def test_the_line_of_the_capacity_goes_in_steps():
    chart = drawn((64, 0, 0), (160, 0, 0), (160, 0, 0))

    assert chart.limit_says == "Kapasitas 64 sampai 160 jam"
    assert chart.limit == "M44 138.4H208V52H372H536"


hours_of_a_week = st.tuples(*[st.integers(0, 100_000)] * 3)


@given(st.lists(hours_of_a_week, min_size=1, max_size=6), st.booleans())
def test_bars_stand_on_the_axis_and_their_parts_meet_exactly(rows, with_job):
    chart = charts.draw("x", "X", [Week(MONDAY + n * WEEK, *row) for n, row in enumerate(rows)], with_job)

    for bar in chart.bars:
        foot = Decimal(196)
        for part in bar.parts:
            assert Decimal(part.y) + Decimal(part.height) == foot
            foot = Decimal(part.y)
        assert foot >= 52
        assert 0 < Decimal(bar.figure.y) <= 196


def test_weeks_add_up_what_the_plan_holds():
    queue = make_queue(Job(7, MONDAY, (Task(BUBUT, 3000), Task(OVEN, 480))))
    added = queue.with_last([Task(BUBUT, 300)], MONDAY)

    this, following = week_loads(queue, added, 2, {BUBUT, OVEN})

    assert (this.begins, this.capacity, this.queued, this.added) == (MONDAY, 4800, 2400, 0)
    assert (following.begins, following.capacity, following.queued, following.added) == (MONDAY + WEEK, 4800, 1080, 300)


def test_of_the_week_that_has_begun_only_the_days_left_count():
    (this,) = week_loads(make_queue(today=MONDAY + 3 * DAY), None, 1, {BUBUT})

    assert (this.begins, this.capacity) == (MONDAY, 2 * 480)


def test_at_a_weekend_the_chart_begins_with_the_week_to_come():
    (first,) = week_loads(make_queue(today=MONDAY - DAY), None, 1, {BUBUT})

    assert first.begins == MONDAY


def test_a_job_far_ahead_is_shown_where_it_begins():
    queue = make_queue(Job(7, MONDAY, (Task(BUBUT, 8 * 2400),)))
    added = queue.with_last([Task(BUBUT, 60)], MONDAY)

    assert week_loads(queue, added, 6, {BUBUT})[0].begins == MONDAY + 8 * WEEK
    assert week_loads(queue, added, 9, {BUBUT})[0].begins == MONDAY


def test_monday_is_the_first_day_of_a_week():
    assert {monday(MONDAY + n * DAY) for n in range(7)} == {MONDAY}


def test_one_work_centre_one_workshop_or_all():
    queue = make_queue(Job(7, MONDAY, (Task(BUBUT, 60), Task(OVEN, 120))))

    titles = {
        chart.title: chart.bars[0].figure.text
        for chart in (
            charts.week_chart(queue, None),
            charts.week_chart(queue, None, centre=OVEN),
            charts.week_chart(queue, None, service="logam"),
        )
    }

    assert titles == {
        "Beban bengkel per minggu, jam": "3",
        "Beban Oven per minggu, jam": "2",
        "Beban bengkel logam per minggu, jam": "1",
    }


def test_the_picture_has_a_name_and_a_description():
    html = render_to_string("components/load_chart.html", {"chart": drawn(*REFERENCE)})

    assert 'role="img" aria-labelledby="beban-j beban-k"' in html
    assert '<desc id="beban-k">Minggu 23 Nov: 148 dari 160 jam.' in html
    assert '<rect class="hot" x="141" y="67.3" width="52" height="19.8"/>' in html
    assert "Warna kayu" in html


def test_bars_of_percents_stand_against_the_line_of_the_plan():
    chart = charts.ratio_chart("bagian", "Menurut bagian kerja", [("Bubut", 75), ("Frais", 95), ("Las", 150)])

    assert (chart.limit_x, chart.height) == ("330.6", 24 + 3 * 46)
    assert [(row.name, row.width, row.figure_x) for row in chart.rows] == [
        ("Bubut", "245", "255"),
        ("Frais", "310.3", "336.6"),  # its figure would cross the line
        ("Las", "490", "500"),
    ]
    assert chart.description == "Bubut: 75% dari rencana. Frais: 95% dari rencana. Las: 150% dari rencana."


@given(st.lists(st.tuples(st.text(max_size=9), st.integers(0, 100_000)), min_size=1, max_size=12))
def test_no_bar_of_percents_leaves_its_chart(percents):
    chart = charts.ratio_chart("x", "X", percents)

    assert all(0 <= Decimal(row.width) <= 490 for row in chart.rows)
    assert 4 <= Decimal(chart.limit_x) <= 494


def test_the_picture_of_percents_has_a_name_and_a_description():
    chart = charts.ratio_chart("jenis", "Menurut jenis", [("Poros <b>", 120)])
    html = render_to_string("components/ratio_chart.html", {"chart": chart})

    assert 'role="img" aria-labelledby="jenis-j jenis-k"' in html
    assert "Poros &lt;b&gt;: 120% dari rencana." in html
    assert "120%</text>" in html
