"""The load of the workshop in words and pictures: what is promised, when the plan ends it, what stands in the way."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from balai.formats import angka, hours, jam_kerja, tanggal_pendek
from orders.charts import Chart, week_chart
from orders.deadlines import LATE, OK, SOON, WAIT, Tag
from orders.models import Order, Outage, Service, WorkCentre
from orders.queries import for_lists
from orders.schedule import Job, Planned, bottleneck
from orders.weeks import Week, week_loads
from orders.workload import Promise, Queue

PER_PAGE = 50
WEEKS = 6
IN_WORDS = 2  # weeks of a work centre that are told in words as well


@dataclass(frozen=True)
class Centre:
    """A work centre with its picture, its next weeks in words, and what is out of service there."""

    centre: WorkCentre
    chart: Chart
    weeks: list[str]
    outages: list[Outage]


@dataclass(frozen=True)
class Row:
    """An order of the queue: where the plan puts it, and what that means for its promise."""

    order: Order
    planned: Planned
    promise: Promise
    tag: Tag
    why: str


def describe(queue: Queue, asked: WorkCentre | None, halaman: str | None) -> dict:
    """The context of the page; `asked` shows one work centre and the orders that still need it. Three queries."""
    outages = list(Outage.objects.select_related("work_centre").exclude(last_day__lt=queue.today))
    jobs = [job for job in queue.jobs if not asked or asked.pk in {task.centre for task in job.tasks}]
    page = Paginator(jobs, PER_PAGE).get_page(halaman)
    risk = queue.at_risk()
    return {
        "asked": asked,
        "today": queue.today,
        "workshops": [] if asked else [week_chart(queue, None, WEEKS, service=service) for service in Service],
        "centres": [
            Centre(centre, *_picture(queue, centre), [each for each in outages if each.work_centre_id == centre.pk])
            for centre in queue.centres
            if (centre.is_active if not asked else centre == asked)
        ],
        "page": page,
        "rows": _rows(queue, page),
        "endangered": sum(job.key in risk for job in jobs),
    }


def endangered_by(before: set[int], queue: Queue) -> dict:
    """The promises that the queue keeps no longer but kept `before`: how many, and the first of them as rows."""
    new = queue.at_risk() - before
    return {"count": len(new), "rows": _rows(queue, [job for job in queue.jobs if job.key in new][:PER_PAGE])}


def _picture(queue: Queue, centre: WorkCentre) -> tuple[Chart, list[str]]:
    weeks = week_loads(queue, None, IN_WORDS, {centre.pk})
    return week_chart(queue, None, WEEKS, centre.pk), [_in_words(week, queue.today) for week in weeks]


def _in_words(week: Week, today: date) -> str:
    """`Minggu ini terisi 42 dari 70 jam (60%)`."""
    name = "Minggu ini" if week.begins <= today else f"Minggu {tanggal_pendek(week.begins)}"
    if not week.capacity:
        return f"{name} tidak dapat dipakai"
    return f"{name} terisi {angka(hours(week.planned))} dari {jam_kerja(week.capacity)} ({week.percent}%)"


def _rows(queue: Queue, jobs: Sequence[Job] | Page) -> list[Row]:
    orders = {order.pk: order for order in for_lists(Order.objects.filter(pk__in=[job.key for job in jobs]))}
    names = {centre.pk: centre.name for centre in queue.centres}
    rows = []
    for job in jobs:
        planned, promise = queue.plan[job.key], queue.promises[job.key]
        tag = _tag(queue, planned, promise)
        why = _why(job, planned, queue, names) if tag.tone == LATE and promise.finish_on >= queue.today else ""
        rows.append(Row(orders[job.key], planned, promise, tag, why))
    return rows


def _tag(queue: Queue, planned: Planned, promise: Promise) -> Tag:
    """How the plan stands to the promise, in working days."""
    if not planned.fits:
        return Tag(LATE, "Belum dapat direncanakan")
    if planned.ends is None:
        return Tag(WAIT, "Semua tahap selesai")
    days = queue.capacity.days
    if planned.ends > promise.finish_on:
        over = bisect_right(days, planned.ends) - bisect_right(days, max(promise.finish_on, queue.today))
        if promise.finish_on < queue.today:
            return Tag(LATE, "Janji sudah lewat")
        return Tag(LATE, f"{max(1, over)} hari sesudah janji")
    spare = bisect_right(days, promise.finish_on) - bisect_left(days, planned.ends) - 1
    return Tag(OK, f"{spare} hari sebelum janji") if spare else Tag(SOON, "Tepat pada janji")


def _why(job: Job, planned: Planned, queue: Queue, names: dict[int, str]) -> str:
    wait = bottleneck(job, planned, queue.capacity.days)
    if wait is None:
        return "Tanpa menunggu pun pekerjaannya selama itu."
    if wait.days is None:
        return f"{names[wait.centre]} tidak punya kapasitas untuk pekerjaan ini."
    return f"Menunggu giliran di {names[wait.centre]} {wait.days} hari kerja."
