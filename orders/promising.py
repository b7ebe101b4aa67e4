"""What may be promised: how new work lies in the queue of the workshop, and whose promise a chosen day would break."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from balai.workdays import add_workdays, workdays_between
from orders.schedule import Job, Planned, Task, plan
from orders.workload import ASKED, Promise, Queue
from orders.worktime import StepData


@dataclass(frozen=True)
class Proposal:
    """The earliest days on which the queue lets the work be done; `days` are working days, the first one counted."""

    starts_on: date
    finish_on: date
    days: int


@dataclass(frozen=True)
class Outlook:
    """How work lies in the queue. `earliest` is where it stands when it begins on the next working day or after.

    `proposal` says that in days; it is None where the workshop cannot do the work within the days it plans. With a
    chosen day `placed` is where the work stands when it waits its turn, `is_early` tells that it was promised before
    that, `broken` whose promises that breaks (each with where that order would stand), and `alone` where it would stand
    in an empty workshop, when even that is later than the chosen day.
    """

    earliest: Planned
    proposal: Proposal | None
    placed: Planned | None = None
    is_early: bool = False
    broken: tuple[tuple[Promise, Planned], ...] = ()
    alone: Planned | None = None

    @property
    def needs_word(self) -> bool:
        """Whether the chosen day can only be kept at somebody's cost, or not at all."""
        return bool(self.broken) or self.alone is not None


def outlook(
    queue: Queue, steps: Iterable[StepData], starts_on: date | None, days: int | None, closed: frozenset[date]
) -> Outlook | None:
    """The outlook of these steps, for the chosen first day and working days if both are good; None without steps."""
    tasks = [Task(step.work_centre, step.minutes) for step in steps]
    if not tasks:
        return None
    earliest = queue.with_last(tasks, add_workdays(queue.today, 1, closed))
    proposal = _proposal(earliest, closed)
    if not (starts_on and days) or starts_on < queue.today:
        return Outlook(earliest, proposal)
    finish_on = add_workdays(starts_on, days - 1, closed)
    placed = queue.with_last(tasks, starts_on)
    if placed.ends and placed.ends <= finish_on:
        return Outlook(earliest, proposal, placed)
    alone = plan([Job(ASKED, max(starts_on, queue.today), tuple(tasks))], queue.capacity)[ASKED]
    return Outlook(
        earliest,
        proposal,
        placed,
        is_early=True,
        broken=tuple(queue.broken_by(tasks, starts_on)),
        alone=None if alone.ends and alone.ends <= finish_on else alone,
    )


def _proposal(planned: Planned, closed: frozenset[date]) -> Proposal | None:
    if not planned.ends:
        return None
    return Proposal(planned.begins, planned.ends, workdays_between(planned.begins, planned.ends, closed) + 1)
