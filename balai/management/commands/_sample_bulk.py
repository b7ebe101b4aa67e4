"""Bulk sample orders: the books of two years at a thousand orders a second and more.

The steps of all orders are done in one line of time, as in `_sample_walk`, so numbers and dates grow together. But
the rows are put together in plain Python and written in chunks, without the actions: `manage.py check_books` proves
that the result obeys the same rules. The orders have no drawings but a reason why, and no papers drawn yet.
"""

from random import Random

from django.core.management.base import CommandError
from django.db import transaction

from balai.models import NumberSeries, User
from orders.models import Order
from orders.permissions import roles_for, target_of

from ._sample_bulk_cash import keep_cash
from ._sample_bulk_desk import Case, Desk, Now
from ._sample_bulk_steps import VERBS, begin
from ._sample_bulk_time import steps


def make_bulk(people: dict[str, User], orders: int, seed: int) -> int:
    """Make this many orders in one transaction; returns how many. The same seed at the same moment makes the same.

    Raises CommandError when there are orders already: their registers cannot be continued in the order of time.
    """
    if Order.objects.exists() or NumberSeries.objects.exists():
        raise CommandError("Bulk orders need an empty database: numbers already given out cannot go on in time order.")
    rng = Random(seed)
    with transaction.atomic():
        desk = Desk(people, orders, rng)
        to_do = steps(orders, desk.time, rng)
        last_step = {step.order: place for place, step in enumerate(to_do)}
        under_way: dict[int, Case] = {}
        for place, step in enumerate(to_do):
            now = desk.now(step.at)
            keep_cash(desk, now)
            if step.order not in under_way:
                under_way[step.order] = begin(desk, now)
            _take(desk, under_way[step.order], step.verb, now)
            if last_step[step.order] == place:
                desk.close(under_way.pop(step.order))
        desk.finish()
    return orders


def _take(desk: Desk, case: Case, verb: str, now: Now) -> None:
    row = case.row
    before = {"stage": row["stage"], "version": row["version"]}
    facts = VERBS[verb].write(desk, case, now)
    if target_of(verb):
        row |= {"stage": target_of(verb), "stage_since": now.at}
    row["version"] += 1
    desk.audit(
        verb,
        ("order", row["id"]),
        roles_for(verb)[0],
        now,
        before=before,
        after={"stage": row["stage"], "version": row["version"], **facts},
        note=VERBS[verb].note,
    )
