"""The one gate: may this user do this to this order now, and if not, why. Views, buttons and queues all ask it."""

from dataclasses import dataclass
from enum import Enum

from balai.models import User
from balai.roles import Role, acting_role
from orders.models import Order
from orders.stages import STAGES, Stage


class Because(Enum):
    """What stands in the way; it decides the HTTP status of a refusal."""

    NOTHING = "nothing"
    ROLE = "role"
    STAGE = "stage"
    RULE = "rule"


@dataclass(frozen=True)
class Verdict:
    ok: bool
    reason: str = ""
    because: Because = Because.NOTHING


YES = Verdict(True)
# The only two stages' own guard outside the machine: money moves them, a person never does (DESIGN.md 2).
ACTIONS = {method.__name__: method._django_fsm for method in Order._meta.get_field("stage").transitions[Order].values()}


def can(user: User, action: str, order: Order) -> Verdict:
    """Role first, then stage, then the transition's conditions; the first that fails gives the reason."""
    roles = roles_for(action)
    if acting_role(user, roles) is None:
        who = " atau ".join(roles)
        return Verdict(False, f"Tindakan “{label(action)}” hanya untuk bagian {who}.", Because.ROLE)
    step = ACTIONS[action].get_transition(order.stage)
    if step is None:
        return Verdict(False, _wrong_stage(action, order), Because.STAGE)
    for condition in step.conditions:
        if not condition(order):
            return Verdict(False, condition.reason, Because.RULE)
    return YES


def roles_for(action: str) -> tuple[Role, ...]:
    """The roles that may do this action, whatever the stage."""
    return _any_step(action).permission.roles


def label(action: str) -> str:
    """The action as its button says it."""
    return _any_step(action).custom["label"]


def target_of(action: str) -> Stage | None:
    """The stage the action leads to; None when it keeps the stage."""
    return _any_step(action).target


def sources_of(action: str) -> frozenset[Stage]:
    """The stages in which the action is declared."""
    return frozenset(Stage(source) for source in ACTIONS[action].transitions)


def _any_step(action: str):
    return next(iter(ACTIONS[action].transitions.values()))


def _wrong_stage(action: str, order: Order) -> str:
    stage = STAGES[Stage(order.stage)]
    return f"“{label(action)}” tidak dapat dilakukan: pesanan ini sudah di tahap {stage.label}."
