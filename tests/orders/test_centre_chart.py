"""The load of the work centres that an estimate uses: a gauge a week, never more than full, told in hours too."""

from datetime import timedelta

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from orders.centrechart import FULL, centre_chart
from orders.schedule import Job, Task
from tests.orders.test_charts import BUBUT, DAY, MONDAY, OVEN, make_queue

NO_JOB = None


def test_each_work_centre_has_its_own_line_in_the_order_of_the_steps():
    queue = make_queue(Job(7, MONDAY, (Task(BUBUT, 600), Task(OVEN, 120))))
    added = queue.with_last([Task(OVEN, 2400), Task(BUBUT, 60)], MONDAY)

    chart = centre_chart(queue, added, [OVEN, BUBUT, OVEN])

    assert [line.name for line in chart.lines] == ["Oven", "Bubut"]
    oven, bubut = ([(gauge.percent, gauge.says) for gauge in line.gauges[:2]] for line in chart.lines)
    assert oven == [("100%", "40 dari 40 jam, 38 jam pekerjaan ini"), ("5%", "2 dari 40 jam, 2 jam pekerjaan ini")]
    assert bubut == [("25%", "10 dari 40 jam"), ("2%", "1 dari 40 jam, 1 jam pekerjaan ini")]
    assert chart.says == "Paling penuh: Oven, minggu 23 Nov, 100%."
    first = chart.lines[0].gauges[0]
    assert (first.queued, first.added_x, first.added) == (4, 4, 80)


def test_without_steps_there_is_no_picture_and_an_idle_centre_says_so():
    assert centre_chart(make_queue(), NO_JOB, []) is None
    assert (
        centre_chart(make_queue(), NO_JOB, [BUBUT]).says == "Belum ada pekerjaan di bagian ini pada minggu-minggu itu."
    )


def test_a_work_centre_that_can_do_nothing_is_closed():
    gauge = centre_chart(make_queue(minutes=0), NO_JOB, [BUBUT]).lines[0].gauges[0]

    assert (gauge.percent, gauge.says, gauge.queued, gauge.added) == ("tutup", "tidak dapat dipakai", 0, 0)


@given(
    st.lists(st.tuples(st.sampled_from([BUBUT, OVEN]), st.integers(1, 3000)), max_size=12),
    st.lists(st.tuples(st.sampled_from([BUBUT, OVEN]), st.integers(1, 3000)), min_size=1, max_size=4),
    st.integers(0, 6),
    st.integers(1, 1440),
)
def test_no_gauge_is_more_than_full(promised, wanted, after, minutes):
    queue = make_queue(*(Job(n, MONDAY, (Task(*task),)) for n, task in enumerate(promised, 1)), minutes=minutes)
    added = queue.with_last([Task(*task) for task in wanted], MONDAY + after * DAY)

    for line in centre_chart(queue, added, [BUBUT, OVEN]).lines:
        for gauge in line.gauges:
            assert min(gauge.queued, gauge.added) >= 0
            assert gauge.queued + gauge.added <= FULL
            assert gauge.added_x == gauge.x + gauge.queued


def test_the_lines_show_the_same_weeks_as_the_chart_of_the_workshop():
    queue = make_queue()
    late = queue.with_last([Task(BUBUT, 480)], MONDAY + timedelta(weeks=8))

    assert centre_chart(queue, late, [BUBUT]).weeks[0][1] == "18 Jan"


def test_the_picture_has_a_name_a_description_and_its_hours_in_words():
    chart = centre_chart(make_queue(Job(7, MONDAY, (Task(BUBUT, 600),))), NO_JOB, [BUBUT])
    picture = render_to_string("components/centre_chart.html", {"chart": chart})

    assert 'role="img" aria-labelledby="beban-bagian beban-bagian-kata"' in picture
    assert '<rect class="base" x="0" y="22" width="21" height="18"/>' in picture
    assert "Minggu 23 Nov: 10 dari 40 jam" in render_to_string("components/centre_hours.html", {"chart": chart})
