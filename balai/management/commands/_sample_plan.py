"""When each sample order takes which step: roads over all stages, spread over the past weeks of office hours."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random

from balai import clock
from balai.office import holidays
from balai.workdays import is_workday
from orders.models import Order

from ._sample_words import CUSTOMERS, JOBS

TO_OFFER = ("open_draft", "submit", "accept", "offer")
TO_START = (*TO_OFFER, "agree", "start")
DONE = (*TO_START, "finish_step", "finish")
TO_PAID = (*DONE, "pay")

# (road, how many orders, working days since the last step: newest and oldest)
ROADS = (
    (("open_draft",), 2, 0, 1),
    (("open_draft", "submit"), 4, 0, 3),
    (("open_draft", "submit", "accept"), 3, 0, 3),
    ((*TO_OFFER, "revise"), 1, 1, 1),
    (("open_draft", "submit", "accept", "decline"), 1, 1, 1),
    (TO_OFFER, 3, 0, 4),
    ((*TO_OFFER, "revise", "offer"), 1, 0, 0),
    ((*TO_OFFER, "agree"), 3, 0, 2),
    (TO_START, 2, 0, 9),
    ((*TO_START, "finish_step"), 2, 0, 4),
    ((*TO_START, "finish_step", "hold"), 1, 1, 1),
    ((*TO_START, "offer_change"), 1, 0, 0),
    ((*TO_START, "offer_change", "agree_change"), 1, 1, 1),
    ((*TO_START, "offer_change", "refuse_change"), 1, 1, 1),
    ((*TO_START, "finish_step"), 2, 0, 1),
    (DONE, 2, 1, 6),
    ((*TO_START, "finish", "waive"), 1, 1, 1),
    ((*TO_START, "finish", "exempt"), 1, 0, 0),
    ((*TO_PAID, "ask_reversal", "reverse"), 1, 0, 0),
    ((*TO_PAID, "ask_reversal"), 1, 0, 0),
    (TO_PAID, 3, 0, 12),
    ((*TO_PAID, "hand_over"), 3, 1, 15),
    ((*TO_PAID, "hand_over"), 2, 24, 27),  # of a month that is closed by now
    ((*TO_PAID, "hand_over", "refund"), 1, 2, 2),
    (DONE, 1, 30, 30),  # past the due date and nobody was reminded yet
    ((*DONE, "remind"), 1, 1, 1),
    (("open_draft", "submit", "return_to_customer"), 1, 3, 3),
    ((*TO_OFFER, "disagree"), 1, 5, 5),
    ((*TO_OFFER, "agree", "cancel"), 1, 4, 4),
)

OPENING = 8  # o'clock, WIB
CLOSING = 7 * 60  # minutes after opening
AFTER_HOURS = CLOSING + 20
# Working days that pass before a step is taken.
DAYS_BEFORE = {
    "accept": 1,
    "offer": 1,
    "agree": 1,
    "start": 2,
    "finish_step": 1,
    "finish": 2,
    "pay": 1,
    "hand_over": 1,
    "ask_reversal": 1,
    "waive": 1,
    "exempt": 1,
    "refund": 2,
    "remind": 28,  # more than the due date's 30 days and the 7 after it
}


@dataclass
class Plan:
    """One order to be: what it is about and, once begun, its id."""

    job: tuple
    customer: tuple
    rng: Random
    order_id: int | None = None
    moments: list[tuple[datetime, str]] = field(default_factory=list)

    @property
    def order(self) -> Order:
        """The order as it stands now."""
        return Order.objects.select_related("estimate", "customer").get(pk=self.order_id)


def plans(rng: Random) -> Iterator[Plan]:
    """One plan for each order of ROADS."""
    jobs = [JOBS[i % len(JOBS)] for i in range(sum(count for _, count, _, _ in ROADS))]
    rng.shuffle(jobs)
    closed = holidays()
    for road, count, newest, oldest in ROADS:
        for place in range(count):
            age = newest + (oldest - newest) * place // max(count - 1, 1)
            plan = Plan(jobs.pop(), rng.choice(CUSTOMERS), rng)
            plan.moments = list(_moments(road, age, rng, closed))
            yield plan


def _moments(road: tuple[str, ...], age: int, rng: Random, closed: frozenset[date]) -> list[tuple[datetime, str]]:
    """The moments of the road's steps, reckoned backwards from the last one, `age` working days ago."""
    day, last_minute = _latest(closed)
    for _ in range(age):
        day, last_minute = workday_before(day, closed), CLOSING
    minute = rng.randrange(last_minute // 2, last_minute)
    moments = []
    for verb in reversed(road):
        moments.append((at(day, minute), verb))
        for _ in range(DAYS_BEFORE.get(verb, 0)):
            day = workday_before(day, closed)
        minute -= rng.randrange(8, 40)
        if minute < 1 or verb in DAYS_BEFORE:
            day = day if verb in DAYS_BEFORE else workday_before(day, closed)
            minute = rng.randrange(120, CLOSING)
    return moments[::-1]


def workday_before(day: date, closed: frozenset[date]) -> date:
    """The last working day before `day`."""
    day -= timedelta(days=1)
    while not is_workday(day, closed):
        day -= timedelta(days=1)
    return day


def _latest(closed: frozenset[date]) -> tuple[date, int]:
    """The last working day that has begun at least an hour ago, and the last minute of it that has passed."""
    now = clock.now().astimezone(clock.WIB)
    passed = (now.hour - OPENING) * 60 + now.minute
    if is_workday(now.date(), closed) and passed > 60:
        return now.date(), min(passed, CLOSING)
    return workday_before(now.date(), closed), CLOSING


def at(day: date, minute: int) -> datetime:
    """This minute after opening."""
    return datetime.combine(day, time(OPENING), tzinfo=clock.WIB) + timedelta(minutes=minute)
