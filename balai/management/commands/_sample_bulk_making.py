"""What the workshop does to a bulk order."""

from balai.roles import Role
from orders.models import HoldKind, MaterialUse, QualityCheck

from ._sample_bulk_desk import Case, Desk, Now
from ._sample_words import HOLDS

HELD = f"{HoldKind.MATERIAL.label}: {HOLDS[0][1]}"


def hold(desk: Desk, case: Case, now: Now) -> dict:
    """It waits for material."""
    case.row["hold_reason"] = HELD
    return {"hold": HoldKind.MATERIAL}


def resume(desk: Desk, case: Case, now: Now) -> dict:
    """It goes on."""
    case.row["hold_reason"] = ""
    return {}


def finish(desk: Desk, case: Case, now: Now) -> dict:
    """Its steps took more or less time than planned, all was right, and the materials were enough."""
    case.row["finished_at"] = now.at
    for step in case.steps:
        took = step["minutes"] * desk.rng.randrange(80, 150) // 100
        step.update(actual_minutes=max(1, took), done_at=now.at, done_by_id=desk.people[Role.BENGKEL].pk)
    desk.tables[QualityCheck].add(
        order_id=case.row["id"],
        fits_drawing=True,
        measured=True,
        complete=True,
        checked_by_id=desk.people[Role.BENGKEL].pk,
        checked_at=now.at,
    )
    for material in case.job.materials_used:
        desk.tables[MaterialUse].add(order_id=case.row["id"], **material)
    return {}
