"""The roads of the bulk orders and the office hours they are walked in, reckoned backwards from now."""

from bisect import bisect
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from balai import clock
from balai.office import holidays
from balai.workdays import is_workday

from ._sample_plan import CLOSING, OPENING

YEARS_BACK = 2
DAY = CLOSING * 60  # seconds of one office day
AHEAD = timedelta(days=120)  # promises reach into the time after now

# Seconds of office time before a step: from, to.
WAITS = {
    "submit": (300, 1_800),
    "accept": (1_800, DAY),
    "return_to_customer": (3_600, DAY),
    "decline": (3_600, DAY),
    "offer": (DAY // 2, 2 * DAY),
    "agree": (3_600, 3 * DAY),
    "revise": (3_600, 2 * DAY),
    "disagree": (3_600, 4 * DAY),
    "cancel": (3_600, 2 * DAY),
    "start": (3_600, 3 * DAY),
    "hold": (DAY, 3 * DAY),
    "resume": (DAY, 3 * DAY),
    "finish": (DAY, 8 * DAY),
    "settle": (1_800, 5 * DAY),
    "unsettle": (600, 3_600),
    "hand_over_part": (1_800, 3 * DAY),
    "hand_over": (1_800, 6 * DAY),
}

OFFERED = ("edit", "submit", "accept", "offer")
STARTED = (*OFFERED, "agree", "start")
PAID = (*STARTED, "finish", "settle")
DONE = (*PAID, "hand_over")

# Of every hundred orders: (how many, road, office days since the last step at most). None: the whole two years.
ROADS = (
    (71, DONE, None),
    (5, (*OFFERED, "revise", "offer", *DONE[4:]), None),
    (2, (*STARTED, "hold", "resume", *DONE[6:]), None),
    (2, (*PAID, "hand_over_part", "hand_over"), None),
    (1, (*PAID, "unsettle", "settle", "hand_over"), None),
    (3, ("edit", "submit", "return_to_customer"), None),
    (2, (*OFFERED, "disagree"), None),
    (1, (*OFFERED, "agree", "cancel"), None),
    (1, ("edit",), 2),
    (1, ("edit", "submit"), 2),
    (1, ("edit", "submit", "accept", "decline"), 2),
    (1, ("edit", "submit", "accept"), 3),
    (1, OFFERED, 5),
    (1, (*OFFERED, "agree"), 4),
    (1, STARTED, 9),
    (1, (*STARTED, "hold"), 5),
    (3, (*STARTED, "finish"), 25),
    (1, PAID, 12),
    (1, (*PAID, "hand_over_part"), 8),
)


class OfficeTime:
    """Working days in a row; a moment is counted in seconds of office time since the first of them."""

    def __init__(self) -> None:
        closed = holidays()
        now = clock.now().astimezone(clock.WIB)
        first = now.date() - timedelta(days=365 * YEARS_BACK + 60)
        last = now.date() + AHEAD
        every_day = (first + timedelta(days=n) for n in range((last - first).days))
        self.days = [day for day in every_day if is_workday(day, closed)]
        self._openings = [datetime.combine(day, time(OPENING), tzinfo=clock.WIB).astimezone(UTC) for day in self.days]
        self.now = self._seconds_at(now)
        self.first_end = self.now - 250 * YEARS_BACK * DAY

    def moment(self, seconds: int) -> datetime:
        """The moment, in UTC."""
        day, rest = divmod(seconds, DAY)
        return self._openings[day] + timedelta(seconds=rest)

    def day(self, seconds: int, later: int = 0) -> date:
        """The WIB date, or that of the working day `later`."""
        return self.days[seconds // DAY + later]

    def _seconds_at(self, now: datetime) -> int:
        day = bisect(self._openings, now) - 1
        return day * DAY + min(int((now - self._openings[day]).total_seconds()), DAY - 1)


class Step(NamedTuple):
    at: int
    order: int
    verb: str


def steps(orders: int, office_time: OfficeTime, rng: Random) -> list[Step]:
    """What happens to all the orders, in the order of time."""
    roads = [(road, age) for share, road, age in ROADS for _ in range(share)]
    rng.shuffle(roads)
    return sorted(step for n in range(orders) for step in _walk(n, *roads[n % len(roads)], office_time, rng))


def _walk(order: int, road: tuple[str, ...], age: int | None, office_time: OfficeTime, rng: Random) -> Iterator[Step]:
    oldest = office_time.first_end if age is None else office_time.now - age * DAY
    at = rng.randint(oldest, office_time.now)
    for verb in reversed(road):
        yield Step(at, order, verb)
        at -= rng.randint(*WAITS[verb]) if verb in WAITS else 0
