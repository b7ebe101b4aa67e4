"""Charts that the server draws: figures in, coordinates out, for `templates/components/`. Pure.

Coordinates are counted in tenths of a pixel, so nothing drifts, and handed on as text, so no locale touches them.
"""

from dataclasses import dataclass

from balai.formats import angka, hours, tanggal_pendek
from orders.models import Service
from orders.schedule import Planned
from orders.weeks import Week, week_loads
from orders.workload import Queue

LEFT, RIGHT, TOP, BOTTOM = 440, 5360, 520, 1960  # the field of a chart: full capacity lies at TOP, nothing at BOTTOM
FIELD = BOTTOM - TOP
BAR = 520
INSIDE, ABOVE = 180, 60  # a label's line inside a bar, below its edge; above a bar or a line
CLEAR = 370  # a bar that ends nearer to the capacity has its label inside, so that it touches no line
RATIO_LEFT, RATIO_FIELD = 40, 4900  # of a chart of percents: the foot of its bars, the length of the longest
RATIO_TOP, RATIO_ROW = 24, 46  # pixels: where the first line begins, the height of each
RATIO_FIGURE = 600  # what a figure takes, on a phone
RATIO_AT_LEAST = 150  # percent that always find room, so that a small difference looks small


@dataclass(frozen=True)
class Part:
    """A piece of a bar: `look` is its class in the stylesheet."""

    look: str
    y: str
    height: str


@dataclass(frozen=True)
class Label:
    """Words at a height."""

    text: str
    y: str
    look: str = ""


@dataclass(frozen=True)
class Bar:
    """A week: its pieces, the hours planned in it, and its first day below."""

    x: str
    middle: str
    parts: tuple[Part, ...]
    figure: Label
    name: str


@dataclass(frozen=True)
class Chart:
    """The load of some weeks against capacity. `key` tells charts of one page apart; `says` repeats the point."""

    key: str
    title: str
    description: str
    says: str
    limit: str
    limit_says: str
    ticks: tuple[tuple[str, Label], ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Ratio:
    """A line of a comparison: its name at `name_y`, a bar at `y`, and the percent right of the bar's end."""

    name: str
    name_y: int
    y: int
    width: str
    percent: int
    figure_x: str
    figure_y: int


@dataclass(frozen=True)
class RatioChart:
    """What things took of their plan, in percent, against the line of the plan. Keys and words as in `Chart`."""

    key: str
    title: str
    description: str
    height: int
    limit_x: str
    rows: tuple[Ratio, ...]


def ratio_chart(key: str, title: str, percents: list[tuple[str, int]]) -> RatioChart:
    """Bars of so many percent each, named, one below the other; the line stands at 100."""
    most = max(RATIO_AT_LEAST, *(percent for _, percent in percents))
    limit = RATIO_LEFT + 100 * RATIO_FIELD // most
    rows = []
    for place, (name, percent) in enumerate(percents):
        top, width = RATIO_TOP + place * RATIO_ROW, percent * RATIO_FIELD // most
        end = RATIO_LEFT + width
        figure = limit if end < limit < end + RATIO_FIGURE else end  # right of the line rather than across it
        rows.append(Ratio(name, top + 14, top + 20, _px(width), percent, _px(figure + ABOVE), top + 34))
    return RatioChart(
        key=key,
        title=title,
        description=" ".join(f"{name}: {percent}% dari rencana." for name, percent in percents),
        height=RATIO_TOP + len(rows) * RATIO_ROW,
        limit_x=_px(limit),
        rows=tuple(rows),
    )


def week_chart(
    queue: Queue, added: Planned | None, weeks: int = 6, centre: int | None = None, service: str | None = None
) -> Chart:
    """The weekly load of one work centre, of one workshop, or of all that is in use, with what a new job adds."""
    shown = [
        each
        for each in queue.centres
        if each.pk == centre or (centre is None and each.is_active and service in (None, each.service))
    ]
    if centre is not None:
        where = shown[0].name
    else:
        where = f"bengkel {Service(service).label.lower()}" if service else "bengkel"
    loads = week_loads(queue, added, weeks, {each.pk for each in shown})
    return draw(f"beban-{centre or service or 'bengkel'}", f"Beban {where} per minggu, jam", loads, added is not None)


def draw(key: str, title: str, loads: list[Week], with_job: bool) -> Chart:
    """The picture of these weeks; `with_job` sets off the weeks in which a new job would be worked on."""
    most = max(60, *(max(week.capacity, week.planned) for week in loads))
    slot = (RIGHT - LEFT) // len(loads)
    edges = [LEFT + slot * n for n in range(len(loads))] + [RIGHT]
    starts = [edge + (slot - BAR) // 2 for edge in edges[:-1]]
    heights = [_height(week.capacity, most) for week in loads]
    return Chart(
        key=key,
        title=title,
        description=" ".join(_sentence(week) for week in loads),
        says=_point(loads, with_job),
        limit=_steps(edges, heights),
        limit_says=_capacity(loads),
        ticks=tuple(_tick(minutes, most) for minutes in (0, most // 2, most)),
        bars=tuple(_bar(week, most, x, with_job) for week, x in zip(loads, starts, strict=True)),
    )


def _bar(week: Week, most: int, x: int, with_job: bool) -> Bar:
    whole, lower = _height(week.planned, most), _height(week.queued, most)
    quiet = "soft" if with_job and not week.added else "base"
    pieces = [(quiet, BOTTOM - lower, lower), ("hot", BOTTOM - whole, whole - lower)]
    return Bar(
        x=_px(x),
        middle=_px(x + BAR // 2),
        parts=tuple(Part(look, _px(y), _px(height)) for look, y, height in pieces if height),
        figure=_figure(week, BOTTOM - _height(week.capacity, most), pieces),
        name=tanggal_pendek(week.begins),
    )


def _figure(week: Week, limit: int, pieces: list[tuple[str, int, int]]) -> Label:
    """The hours of a week: above its bar, or inside it where the line of the capacity is near."""
    text = angka(hours(week.planned))
    top = pieces[-1][1]
    if top - limit >= CLEAR:
        return Label(text, _px(top - ABOVE), "strong")
    look, y, height = max(pieces, key=lambda piece: piece[2])
    if height >= INSIDE + ABOVE:
        return Label(text, _px(y + INSIDE), "in-soft" if look == "soft" else "in-base")
    return Label(text, _px(min(top, limit) - ABOVE), "strong")


def _tick(minutes: int, most: int) -> tuple[str, Label]:
    y = BOTTOM - _height(minutes, most)
    return _px(y), Label(angka(hours(minutes)), _px(y + 40))


def _steps(edges: list[int], heights: list[int]) -> str:
    """The line of the capacity, one step a week."""
    level = [BOTTOM - height for height in heights]
    path = f"M{_px(edges[0])} {_px(level[0])}"
    for place, end in enumerate(edges[1:]):
        path += (f"V{_px(level[place])}" if place and level[place] != level[place - 1] else "") + f"H{_px(end)}"
    return path


def _capacity(loads: list[Week]) -> str:
    least, most = (angka(hours(pick(week.capacity for week in loads))) for pick in (min, max))
    return f"Kapasitas {most} jam" if least == most else f"Kapasitas {least} sampai {most} jam"


def _sentence(week: Week) -> str:
    text = f"Minggu {tanggal_pendek(week.begins)}: {angka(hours(week.planned))} dari {angka(hours(week.capacity))} jam"
    return f"{text}, {angka(hours(week.added))} jam di antaranya pekerjaan ini." if week.added else f"{text}."


def _point(loads: list[Week], with_job: bool) -> str:
    """What the picture says, in words."""
    added, fullest = sum(week.added for week in loads), max(loads, key=lambda week: (week.percent, week.planned))
    if not any(week.capacity for week in loads):
        return "Tidak ada yang dapat dipakai pada minggu-minggu ini."
    if added:
        return f"Warna kayu: tambahan dari pekerjaan ini, {angka(hours(added))} jam. Garis putus: kapasitas."
    if with_job:
        return "Pekerjaan ini belum menambah apa pun pada minggu-minggu ini. Garis putus: kapasitas."
    if not fullest.planned:
        return "Belum ada pekerjaan pada minggu-minggu ini. Garis putus: kapasitas."
    return f"Paling penuh minggu {tanggal_pendek(fullest.begins)}, {fullest.percent}%. Garis putus: kapasitas."


def _height(minutes: int, most: int) -> int:
    """Tenths of a pixel, to the nearest, halves up."""
    return (2 * minutes * FIELD + most) // (2 * most)


def _px(tenths: int) -> str:
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}" if tenth else str(whole)
