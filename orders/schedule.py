"""The plan of the workshop: which order is worked on where on which day. Pure: no database, no clock.

The rule, in words a kepala bengkel can check on paper:

1. Orders are planned one after another, in the order in which their dates were promised: first promised, first served.
2. The steps of an order follow one another. A step takes, day by day, whatever minutes its work centre has left.
3. No order is split below a day: on one day it is in one work centre only. The next step begins at the earliest on the
   working day after the one before it ended; steps that follow each other in the same work centre go on within the day.
4. No work centre gets more minutes on a day than its capacity of that day, less what is out of service.

An order that is added later is planned after all others, so it never moves what was planned for them.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby


@dataclass(frozen=True)
class Task:
    """Work at one work centre (its key), in minutes."""

    centre: int
    minutes: int


@dataclass(frozen=True)
class Job:
    """What is left to do of an order. It may not begin before `not_before`."""

    key: int
    not_before: date
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Block:
    """Minutes of one order at one work centre on one day."""

    day: date
    centre: int
    minutes: int


@dataclass(frozen=True)
class Planned:
    """Where an order stands in the plan. `fits` is false when the days at hand are not enough for it."""

    blocks: tuple[Block, ...]
    fits: bool = True

    @property
    def begins(self) -> date | None:
        """Its first day; None when nothing is left to do, or nothing could be planned."""
        return self.blocks[0].day if self.blocks else None

    @property
    def ends(self) -> date | None:
        """Its last day; None when it does not fit or nothing is left to do."""
        return self.blocks[-1].day if self.blocks and self.fits else None


@dataclass(frozen=True)
class Capacity:
    """The working days at hand, in order, and each work centre's minutes on each of them."""

    days: Sequence[date]
    minutes: Mapping[int, Sequence[int]]


@dataclass(frozen=True)
class Wait:
    """Working days that an order waits for its turn at a work centre; None for ever, as it does not fit there."""

    centre: int
    days: int | None


def plan(jobs: Iterable[Job], capacity: Capacity) -> dict[int, Planned]:
    """The plan of these jobs, which come in the order of their promises, by their keys."""
    free = {centre: list(minutes) for centre, minutes in capacity.minutes.items()}
    full = dict.fromkeys(free, 0)
    return {job.key: _placed(job, capacity.days, free, full) for job in jobs}


def _placed(job: Job, days: Sequence[date], free: dict[int, list[int]], full: dict[int, int]) -> Planned:
    """Take the job's minutes out of what is free; of the days, the first `full` of a work centre are taken already."""
    place = bisect_left(days, job.not_before)
    blocks: list[Block] = []
    for centre, tasks in groupby(job.tasks, key=lambda task: task.centre):
        wanted = sum(task.minutes for task in tasks)
        left = free.get(centre, [])
        place = max(place, full.get(centre, 0))
        while wanted and place < len(left):
            if taken := min(wanted, left[place]):
                left[place] -= taken
                wanted -= taken
                blocks.append(Block(days[place], centre, taken))
            place += 1
        while left and full[centre] < len(left) and not left[full[centre]]:
            full[centre] += 1
        if wanted:
            return Planned(tuple(blocks), fits=False)
    return Planned(tuple(blocks))


def bottleneck(job: Job, planned: Planned, days: Sequence[date]) -> Wait | None:
    """Where the order waits longest, the first of several alike; None when it is worked on day after day."""
    waits: dict[int, int] = {}
    place = bisect_left(days, job.not_before)
    for block in planned.blocks:
        here = bisect_left(days, block.day)
        waits[block.centre] = waits.get(block.centre, 0) + here - place
        place = here + 1
    if not planned.fits:
        return Wait(_unplaced(job, planned), None)
    longest = max(waits, key=lambda centre: waits[centre], default=None)
    return Wait(longest, waits[longest]) if longest is not None and waits[longest] else None


def _unplaced(job: Job, planned: Planned) -> int:
    """The work centre of the first step that did not get all its minutes."""
    given = sum(block.minutes for block in planned.blocks)
    for task in job.tasks:
        given -= task.minutes
        if given < 0:
            return task.centre
    raise ValueError("All of it was placed")
