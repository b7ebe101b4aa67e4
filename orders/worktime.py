"""The time that an estimate takes: its steps as they were typed, or as its services say, in whole minutes.

A tariff says where a service is done and how many minutes one unit of it takes. One rounding rule: each step to the
nearest whole minute, halves up, and never less than one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from orders.models import EstimateLine, EstimateStep, JobStep


@dataclass(frozen=True)
class StepData:
    """A step as it was typed: the key of its work centre, what is done there, and for how many minutes."""

    work_centre: int
    minutes: int
    description: str = ""


def derived_steps(lines: Iterable[EstimateLine], done: Iterable[JobStep] = ()) -> list[StepData]:
    """The steps that the priced services ask for, in their order.

    What was done already counts with the minutes that were planned for it, work centre by work centre, so a change
    during production plans only what it adds.
    """
    credit: dict[int, int] = {}
    for step in done:
        credit[step.work_centre_id] = credit.get(step.work_centre_id, 0) + step.minutes
    steps = []
    for line in lines:
        if line.tariff is None or line.tariff.work_centre_id is None:
            continue
        centre, wanted = line.tariff.work_centre_id, minutes_of(line.quantity, line.tariff.minutes_per_unit)
        spared = min(wanted, credit.get(centre, 0))
        credit[centre] = credit.get(centre, 0) - spared
        if wanted > spared:
            steps.append(StepData(centre, wanted - spared, line.description))
    return steps


def minutes_of(quantity: Decimal, minutes_per_unit: int) -> int:
    """Whole minutes of a quantity, at least one."""
    return max(1, int((quantity * minutes_per_unit).quantize(Decimal(1), ROUND_HALF_UP)))


def as_rows(steps: Iterable[StepData]) -> list[EstimateStep]:
    """Unsaved rows of an estimate, in this order."""
    return [
        EstimateStep(
            position=place, work_centre_id=step.work_centre, description=step.description, minutes=step.minutes
        )
        for place, step in enumerate(steps, start=1)
    ]
