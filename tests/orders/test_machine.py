"""Every cell of stage × action × role, run for real against the table of DESIGN.md section 2, copied by hand."""

from functools import cache

import pytest
from django.db import connection

from balai.models import AuditEntry
from orders.actions import ActionRefused
from orders.history import timeline
from orders.models import Order
from orders.permissions import ACTIONS, Because, can, label
from orders.stages import STAGES, Stage
from tests.factories import intent, make_user, send
from tests.orders.states import TABLE, stage_of

EVERY_ACTION = (
    "note_contact",
    "renew_link",
    "revoke_link",
    "edit",
    "submit",
    "discard",
    "add_drawings",
    "phone_link",
    "revise_drawing",
    "see_drawing",
    "accept",
    "return_to_customer",
    "save_estimate",
    "offer",
    "decline",
    "agree",
    "revise",
    "disagree",
    "start",
    "hold",
    "resume",
    "finish_step",
    "note_left",
    "add_photo",
    "replan",
    "offer_change",
    "agree_change",
    "refuse_change",
    "finish",
    "cancel",
    "settle",
    "remind",
    "waive",
    "exempt",
    "withdraw_waiver",
    "withdraw_exemption",
    "refund",
    "ask_reversal",
    "unsettle",
    "decline_reversal",
    "hand_over_part",
    "hand_over",
)


@cache
def counts() -> str:
    """One statement that counts the rows of every table, the papers that are void and the numbers given out."""
    tables = connection.introspection.django_table_names(only_existing=True)
    each = [f"(SELECT count(*) FROM {table})" for table in sorted(tables)]
    return f"SELECT sum(last), (SELECT count(voided_at) FROM balai_document), {', '.join(each)} FROM balai_numberseries"


def everything(order: Order) -> list[tuple]:
    """What a refused action leaves alone: the counts of all tables, the order's own row, its estimates."""
    with connection.cursor() as cursor:
        cursor.execute(counts())
        rows = cursor.fetchall()
        cursor.execute("SELECT * FROM orders_order WHERE id = %s", [order.pk])
        rows += cursor.fetchall()
        cursor.execute("SELECT version, status FROM orders_estimate WHERE order_id = %s ORDER BY 1", [order.pk])
        return rows + cursor.fetchall()


def test_the_table_names_every_stage_and_every_action():
    assert {stage_of(state) for state in TABLE} == set(Stage)
    assert set(EVERY_ACTION) == set(ACTIONS)
    assert {action for row in TABLE.values() for action in row} == set(EVERY_ACTION)


@pytest.mark.parametrize(
    ("state", "action", "role", "target"),
    [(state, action, *cell) for state, row in TABLE.items() for action, cell in row.items()],
)
def test_allowed(cell, state, action, role, target):
    order, people = cell(state)
    assert can(people[role], action, order).ok

    outcome = send(action, order, intent(people[role], order))

    assert outcome.order_id == order.pk
    after = Order.objects.filter(pk=order.pk).first()
    if target is None:
        assert after is None
    else:
        assert (after.stage, after.version) == (target, order.version + 1)
        assert (after.stage_since > order.stage_since) == (after.stage != order.stage)
    entry = AuditEntry.objects.filter(subject_kind="order", subject_id=str(order.pk)).latest("id")
    assert (entry.verb, entry.role, entry.actor, entry.actor_name) == (
        action,
        role,
        people[role],
        people[role].full_name,
    )
    assert entry.before == {"stage": order.stage, "version": order.version}
    assert entry.after.items() >= {"stage": target or order.stage, "version": order.version + 1}.items()
    assert timeline([entry])[0].sentence


@pytest.mark.parametrize("action", EVERY_ACTION)
@pytest.mark.parametrize("state", TABLE)
def test_refused_everywhere_else(cell, state, action):
    order, people = cell(state)
    before = everything(order)
    allowed = TABLE[state].get(action, (None, None))[0]
    owner = next(row[action][0] for row in TABLE.values() if action in row)
    elsewhere_in_this_stage = {
        verb for other, row in TABLE.items() if stage_of(other) == stage_of(state) for verb in row
    }

    for role, user in people.items():
        if role == allowed:
            continue
        with pytest.raises(ActionRefused) as refused:
            send(action, order, intent(user, order))

        reason = refused.value.reason
        verdict = can(user, action, order)
        assert not verdict.ok
        assert reason.endswith("."), role
        if role != owner:
            assert refused.value.because == Because.ROLE
            assert owner in reason
        elif action in elsewhere_in_this_stage:
            assert refused.value.because == Because.RULE
        else:
            assert refused.value.because == Because.STAGE
            assert STAGES[Stage(order.stage)].label in reason
        assert everything(order) == before, f"{role} was refused {action}, yet something was written"


def test_a_refusal_names_the_action_as_its_button_does(cell):
    order, people = cell("selesai")

    assert label("cancel") in can(people["pimpinan"], "cancel", order).reason


@pytest.mark.parametrize("action", ["edit", "hand_over", "settle"])
def test_a_person_with_two_roles_acts_in_the_fitting_one(cell, action):
    state = {"edit": "permohonan", "hand_over": "siap_diambil", "settle": "pembayaran"}[action]
    order, _ = cell(state)
    both = make_user("pelayanan", "keuangan")

    send(action, order, intent(both, order))

    entry = AuditEntry.objects.latest("id")
    assert (entry.actor, entry.role) == (both, TABLE[state][action][0])
