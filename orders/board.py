"""The production board: what waits, is worked on, is held and was finished today, the late first. Reads only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from balai.clock import WIB
from balai.formats import jam, tanggal
from balai.workdays import workdays_between
from orders.deadlines import LATE, OK, SOON, WAIT, Deadlines, Tag, until
from orders.forms.board import tap
from orders.models import Drawing, JobStep, Order
from orders.queries import for_lists
from orders.stages import Stage
from orders.workload import Queue, queue

BEGINS, AT_RISK = "Harus mulai hari ini", "Menurut antrean"
MOST = 60  # cards in a lane; more stand in the list of orders
# What the lane and the tags of an order are made of.
TOLD = (
    *("stage", "stage_since", "hold_reason", "finished_at", "change__offered_at"),
    *("estimate__starts_on", "estimate__finish_on"),
)


@dataclass(frozen=True)
class Card:
    """An order on the board. `tap` is the one tap it takes to begin or go on; `new_drawings` nobody here opened yet."""

    order: Order
    tags: tuple[Tag, ...]
    is_late: bool
    steps: list[JobStep]
    new_drawings: list[str]
    tap: str = ""

    @property
    def customer(self) -> str:
        return self.order.customer.business or self.order.customer.name

    @property
    def done(self) -> list[JobStep]:
        return [step for step in self.steps if step.done_at]

    @property
    def current(self) -> JobStep | None:
        """The first open step."""
        return next((step for step in self.steps if not step.done_at), None)

    @property
    def last(self) -> JobStep | None:
        """The step that was done last."""
        return self.done[-1] if self.done else None


@dataclass(frozen=True)
class Told:
    """An order and what is said of it; of the order only what that takes was read."""

    order: Order
    tags: tuple[Tag, ...]

    @property
    def is_late(self) -> bool:
        return any(tag.tone == LATE for tag in self.tags)


@dataclass
class Lane:
    """A column of the board: all that is in it, and the cards that fit."""

    key: str
    title: str
    told: list[Told] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.told)

    @property
    def more(self) -> int:
        return max(0, self.count - MOST)


def board_of(deadlines: Deadlines) -> dict:
    """The lanes, how many are late or have to begin today, and how many wait to be estimated.

    Eleven queries, whatever there is.
    """
    lanes = {
        "antre": Lane("antre", "Antre"),
        "dikerjakan": Lane("dikerjakan", "Dikerjakan"),
        "tertunda": Lane("tertunda", "Tertunda"),
        "selesai": Lane("selesai", "Selesai hari ini"),
    }
    plan = queue(deadlines.today)
    at_risk = plan.at_risk()
    for order in _orders(deadlines.today):
        lanes[_lane_of(order)].told.append(Told(order, tuple(_tags(order, deadlines, plan, at_risk))))
    for lane in lanes.values():
        lane.told.sort(key=lambda told: not told.is_late)
    lanes["selesai"].told.sort(key=lambda told: told.order.finished_at, reverse=True)
    _lay_cards(lanes.values())
    to_estimate = Order.objects.filter(stage=Stage.ESTIMASI).count()
    return {"lanes": list(lanes.values()), "summary": _summary(lanes.values()), "to_estimate": to_estimate}


def _orders(today: date) -> Iterable[Order]:
    """What is on the board on a WIB date, first promised first, with as much as its lane and tags need. One query."""
    start = datetime.combine(today, time.min, WIB)
    finished_today = Q(finished_at__gte=start, finished_at__lt=start + timedelta(days=1))
    wanted = Order.objects.filter(Q(stage__in=(Stage.PESANAN, Stage.PRODUKSI)) | finished_today)
    return wanted.select_related("estimate", "change").only(*TOLD).order_by("estimate__finish_on", "id")


def _lay_cards(lanes: Iterable[Lane]) -> None:
    """Fill the lanes with the cards that fit. Three queries."""
    shown = [told.order.pk for lane in lanes for told in lane.told[:MOST]]
    orders = for_lists(Order.objects).in_bulk(shown)
    steps, unseen = _steps(shown), _unseen(shown)
    for lane in lanes:
        for told in lane.told[:MOST]:
            order = orders[told.order.pk]
            lane.cards.append(Card(order, told.tags, told.is_late, steps[order.pk], unseen[order.pk], _tap(order)))


def _lane_of(order: Order) -> str:
    if order.stage == Stage.PESANAN:
        return "antre"
    if order.stage != Stage.PRODUKSI:
        return "selesai"
    return "tertunda" if order.hold_reason or order.change_id else "dikerjakan"


def _tap(order: Order) -> str:
    if order.stage == Stage.PESANAN:
        return tap("start", order.pk, order.version)
    return tap("resume", order.pk, order.version) if order.hold_reason else ""


def _tags(order: Order, deadlines: Deadlines, plan: Queue, at_risk: set[int]) -> Iterable[Tag]:
    if order.finished_at:
        yield Tag(OK, f"Selesai {jam(order.finished_at)}")
        return
    yield _promise(order, deadlines, _planned(plan, order) if order.pk in at_risk else "")
    if order.change_id:
        yield Tag(WAIT, "Perubahan menunggu jawaban")


def _promise(order: Order, deadlines: Deadlines, risk: str) -> Tag:
    """Late, or likely to be (`risk` says what the plan foresees), or when it has to begin or be done."""
    today, promised = deadlines.today, order.estimate.finish_on
    if promised < today:
        return Tag(LATE, f"Terlambat {_days(promised, deadlines)} hari")
    begin = deadlines.due(order) if order.stage == Stage.PESANAN else None
    if begin and begin < today:
        return Tag(LATE, f"Terlambat mulai {_days(begin, deadlines)} hari")
    if risk:
        return Tag(SOON, f"{AT_RISK} {risk}, janji {_short(promised, today)}")
    if begin == today:
        return Tag(SOON, BEGINS)
    tomorrow = today + timedelta(days=1)
    return Tag(SOON if promised <= tomorrow else OK, f"Janji {until(promised, today)}")


def _planned(plan: Queue, order: Order) -> str:
    ends = plan.plan[order.pk].ends
    return f"selesai {_short(ends, plan.today)}" if ends else "belum dapat selesai"


def _short(day: date, today: date) -> str:
    """`2 Des`, with the year where it is another."""
    return tanggal(day) if day.year != today.year else tanggal(day).rpartition(" ")[0]


def _days(due: date, deadlines: Deadlines) -> int:
    return max(1, workdays_between(due, deadlines.today, deadlines.holidays))


def _steps(orders: Sequence[int]) -> dict[int, list[JobStep]]:
    """The steps of the orders, by order. One query."""
    found = defaultdict(list)
    for step in JobStep.objects.filter(order__in=orders).select_related("work_centre", "done_by").order_by("position"):
        found[step.order_id].append(step)
    return found


def _unseen(orders: Sequence[int]) -> dict[int, list[str]]:
    """Names of the newer versions of drawings that the workshop has not opened, by order. One query."""
    found = defaultdict(list)
    drawings = Drawing.objects.filter(order__in=orders, version__gt=1, replaced_by=None, seen_at=None)
    for order, name in drawings.values_list("order_id", "original_name"):
        found[order].append(name)
    return found


def _summary(lanes: Iterable[Lane]) -> str:
    """`2 terlambat, 1 harus mulai hari ini`; empty when nothing presses."""
    tags = [tag for lane in lanes for told in lane.told for tag in told.tags]
    late = sum(tag.tone == LATE for tag in tags)
    begins = sum(tag.text == BEGINS for tag in tags)
    at_risk = sum(tag.text.startswith(AT_RISK) for tag in tags)
    parts = [(late, "terlambat"), (begins, "harus mulai hari ini"), (at_risk, "akan terlambat menurut antrean")]
    return ", ".join(f"{count} {words}" for count, words in parts if count)
