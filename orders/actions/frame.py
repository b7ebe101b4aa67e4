"""The frame every action runs in: one transaction with key, lock, version, permission, transition, audit.

An action either leaves everything written or nothing. It never renders, sends or waits for anything.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from balai import audit, clock, documents, idempotency
from balai.formats import waktu
from balai.models import AuditEntry, Document, User
from balai.roles import Role, acting_role
from orders.models import Order, OrderPaper
from orders.permissions import Because, can, roles_for

SUBJECT = "order"
# These only add something, so a page that was made before them is not out of date: a phone may send photos while a
# clerk types.
ADDITIVE = frozenset({"add_drawings", "see_drawing", "phone_link", "add_photo"})


class ActionRefused(Exception):
    """The action may not happen; `reason` is the Indonesian sentence the user reads. Nothing was written."""

    def __init__(self, reason: str, because: Because = Because.RULE):
        super().__init__(reason)
        self.reason = reason
        self.because = because


class StaleOrder(ActionRefused):
    """The order changed after the page was made; says who did it and when. HTTP 409."""

    def __init__(self, order: Order):
        last = AuditEntry.objects.filter(subject_kind=SUBJECT, subject_id=str(order.pk)).order_by("-id").first()
        who, when = (last.actor_name, waktu(last.at)) if last else ("Orang lain", "baru saja")
        super().__init__(
            f"{who} sudah mengubah pesanan ini pada {when}. Periksa keadaan terbaru, lalu kirim lagi bila masih perlu.",
            Because.STAGE,
        )


@dataclass(frozen=True)
class Intent:
    """Who asks, under which one-use form key, from a page made of which order version."""

    by: User
    key: uuid.UUID
    version: int


@dataclass(frozen=True)
class Outcome:
    """What an action led to, and which version of the order; a replayed form gets the very same."""

    order_id: int
    paper_ids: tuple[str, ...] = ()
    version: int = 0

    def as_json(self) -> dict:
        return {"order_id": self.order_id, "paper_ids": list(self.paper_ids), "version": self.version}

    @classmethod
    def from_json(cls, data: dict) -> "Outcome":
        return cls(data["order_id"], tuple(data["paper_ids"]), data["version"])


@dataclass
class Acting:
    """An action under way: the locked order, who acts in which role, and what is to be told of it.

    `on_failure` takes back what the database does not: files.
    """

    verb: str
    order: Order
    by: User
    role: Role
    at: datetime
    facts: dict = field(default_factory=dict)
    note: str = ""
    papers: list[Document] = field(default_factory=list)
    on_failure: list[Callable[[], None]] = field(default_factory=list)

    @property
    def today(self) -> date:
        return clock.local_date(self.at)

    def move(self, verb: str) -> None:
        """Run the declared transition; a new stage starts its waiting time now."""
        before = self.order.stage
        getattr(self.order, verb)()
        if self.order.stage != before:
            self.order.stage_since = self.at
        self.verb = verb

    def issue(self, kind: documents.Kind, body: dict, replaces: Document | None = None) -> Document:
        """Issue a paper of this order with the next number."""
        paper = documents.issue(kind, body, by=self.by, on=self.today, replaces=replaces)
        OrderPaper.objects.create(order=self.order, document=paper)
        self.papers.append(paper)
        return paper


def perform(
    verb: str,
    find: Callable[[], Order] | int,
    intent: Intent,
    data: Any,
    effect: Callable[[Acting], None] = lambda acting: None,
    note: str = "",
) -> Outcome:
    """Run one action. `find` is the order's id, or makes the order; `data` is what the form asked for.

    Raises ActionRefused with the reason, StaleOrder when the page was old, idempotency.KeyReused.
    """
    fingerprint = idempotency.fingerprint(verb, [find if isinstance(find, int) else None, data])
    on_failure: list[Callable[[], None]] = []
    try:
        with transaction.atomic():
            key, is_new = idempotency.claim(intent.key, intent.by, verb, fingerprint)
            if not is_new:
                return Outcome.from_json(key.result)
            order = locked(find) if isinstance(find, int) else find()
            acting = begin(verb, order, intent, note)
            acting.on_failure = on_failure
            before = _snapshot(order)
            with clock.at(acting.at):  # one action is one moment, also when it runs into the next day
                acting.move(verb)
                effect(acting)
                outcome = conclude(acting, before)
            idempotency.keep(key, outcome.as_json())
    except BaseException:
        for take_back in on_failure:
            take_back()
        raise
    return outcome


def begin(verb: str, order: Order, intent: Intent, note: str = "") -> Acting:
    """Check role, version, stage and conditions, in this order: a stale page is told who was faster."""
    role = acting_role(intent.by, roles_for(verb))
    verdict = can(intent.by, verb, order)
    if role is None:
        raise ActionRefused(verdict.reason, verdict.because)
    if not _still_good(order, intent.version):
        raise StaleOrder(order)
    if not verdict.ok:
        raise ActionRefused(verdict.reason, verdict.because)
    return Acting(verb, order, intent.by, role, clock.now(), note=note)


def conclude(acting: Acting, before: dict) -> Outcome:
    """Save the order as the next version and write the audit entry."""
    order = acting.order
    order_id = before["id"]
    order.version += 1
    if order.pk is not None:  # a discarded draft has no row left
        order.save()
    audit.record(
        acting.verb,
        subject=(SUBJECT, order_id),
        by=acting.by,
        role=acting.role,
        before={"stage": before["stage"], "version": before["version"]},
        after={"stage": order.stage, "version": order.version, **acting.facts},
        note=acting.note,
    )
    return Outcome(order_id, tuple(str(paper.pk) for paper in acting.papers), order.version)


def locked(order_id: int) -> Order:
    """The order under its row lock. On SQLite the transaction holds the write lock already (IMMEDIATE)."""
    order = (
        Order.objects.select_for_update(of=("self",))
        .select_related("customer", "estimate", "change")
        .filter(pk=order_id)
        .first()
    )
    if order is None:
        raise ActionRefused("Pesanan ini sudah tidak ada; mungkin drafnya sudah dihapus.", Because.STAGE)
    return order


def _still_good(order: Order, version: int) -> bool:
    """Whether a page of that version still tells the truth: at most additions came after it."""
    if order.version <= version:
        return order.version == version
    trail = AuditEntry.objects.filter(subject_kind=SUBJECT, subject_id=str(order.pk)).order_by("-id")
    since = trail.values_list("verb", flat=True)[: order.version - version]  # one entry a version
    return ADDITIVE.issuperset(since)


def _snapshot(order: Order) -> dict:
    return {"id": order.pk, "stage": order.stage, "version": order.version}
