"""The load of some work centres in one picture: a line for each, and in it how full each week is. Pure.

Figures in, coordinates out, in whole pixels of the picture; words as the same weeks have them elsewhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from balai.formats import angka, hours, tanggal_pendek
from orders.models import WorkCentre
from orders.schedule import Planned
from orders.weeks import Week, week_loads
from orders.workload import Queue

WEEKS = 6
PITCH, FULL = 92, 84  # from one week to the next; a week that is full
TOP, LINE = 28, 70  # above the first work centre; the height of each


@dataclass(frozen=True)
class Gauge:
    """A week: how much of FULL was promised and what the new job adds, from `x` on; `percent` of it, and in hours."""

    week: str
    x: int
    queued: int
    added_x: int
    added: int
    percent: str
    says: str


@dataclass(frozen=True)
class Line:
    """A work centre, its weeks from `y` on."""

    name: str
    y: int
    gauges: tuple[Gauge, ...]


@dataclass(frozen=True)
class CentreChart:
    """The picture; `weeks` are their first days, each with the middle of its place."""

    height: int
    weeks: tuple[tuple[int, str], ...]
    lines: tuple[Line, ...]
    says: str


def centre_chart(queue: Queue, added: Planned | None, centres: Sequence[int]) -> CentreChart | None:
    """The next weeks of these work centres, by their keys and in this order, with what a new job adds; None of none."""
    known = {centre.pk: centre for centre in queue.centres}
    loads = [(known[key], week_loads(queue, added, WEEKS, {key})) for key in dict.fromkeys(centres)]
    if not loads:
        return None
    return CentreChart(
        height=TOP + LINE * len(loads),
        weeks=tuple((PITCH * n + FULL // 2, tanggal_pendek(week.begins)) for n, week in enumerate(loads[0][1])),
        lines=tuple(_line(centre, weeks, TOP + LINE * n) for n, (centre, weeks) in enumerate(loads)),
        says=_point(loads),
    )


def _line(centre: WorkCentre, weeks: Sequence[Week], y: int) -> Line:
    return Line(centre.name, y, tuple(_gauge(week, PITCH * n) for n, week in enumerate(weeks)))


def _gauge(week: Week, x: int) -> Gauge:
    name = tanggal_pendek(week.begins)
    if not week.capacity:
        return Gauge(name, x, 0, x, 0, "tutup", "tidak dapat dipakai")
    queued, whole = _width(week.queued, week), _width(week.planned, week)
    says = f"{angka(hours(week.planned))} dari {angka(hours(week.capacity))} jam"
    if week.added:
        says += f", {angka(hours(week.added))} jam pekerjaan ini"
    return Gauge(name, x, queued, x + queued, whole - queued, f"{week.percent}%", says)


def _width(minutes: int, week: Week) -> int:
    """Of FULL, to the nearest, halves up."""
    return (2 * minutes * FULL + week.capacity) // (2 * week.capacity)


def _point(loads: Sequence[tuple[WorkCentre, Sequence[Week]]]) -> str:
    """The fullest week of all, in words."""
    centre, week = max(
        ((centre, week) for centre, weeks in loads for week in weeks), key=lambda each: (each[1].percent, each[1].added)
    )
    if not week.planned:
        return "Belum ada pekerjaan di bagian ini pada minggu-minggu itu."
    return f"Paling penuh: {centre.name}, minggu {tanggal_pendek(week.begins)}, {week.percent}%."
