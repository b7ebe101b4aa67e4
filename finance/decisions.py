"""SOP 6: pengurangan, pembebasan and pengembalian retribusi, by decision only (DOMAIN.md a).

Nobody at the counter gives a discount. The bill is the agreed total less the decisions in force; when nothing is left
the order passes without payment or receipt, and the decision stands in the place of the receipt at hand-over.
"""

from dataclasses import asdict, dataclass
from datetime import date
from functools import partial

from django.core.files.base import ContentFile
from django.db.models import QuerySet, Sum

from balai.formats import rupiah
from balai.uploads import Checked
from finance.ledger import current_payment
from finance.models import Decision
from finance.till import lock_till
from orders.actions import ActionRefused, Intent, Outcome
from orders.actions.frame import Acting, perform
from orders.models import Order

Kind = Decision.Kind
REDUCING = (Kind.REDUCTION, Kind.EXEMPTION)


@dataclass(frozen=True)
class DecisionData:
    """A decision as typed; `decided_on` is a WIB date, `amount` rupiah: not asked for a pembebasan or a withdrawal."""

    number: str
    decided_on: date
    authority: str
    reason: str
    amount: int | None = None


def waive(order_id: int, intent: Intent, data: DecisionData, scan: Checked, *, kind: str) -> Outcome:
    """Reduce the bill by the amount of a pengurangan, or take what is left of it away by a pembebasan.

    Raises ActionRefused for a pengurangan of the whole bill or more, a decision of tomorrow, and a number that is in
    force on this order.
    """

    def effect(acting: Acting) -> None:
        order = acting.order
        amount = order.bill if kind == Kind.EXEMPTION else data.amount or 0
        if kind not in REDUCING:
            raise ActionRefused("Pilih pengurangan atau pembebasan.")
        if not 0 < amount <= order.bill or (kind == Kind.REDUCTION and amount == order.bill):
            limit = rupiah(order.bill)
            raise ActionRefused(f"Pengurangan harus kurang dari tagihan {limit}. Bila seluruhnya, pilih pembebasan.")
        if in_force(order).filter(number=data.number).exists():
            raise ActionRefused("Keputusan dengan nomor ini sudah dicatat pada pesanan ini.")
        _record(acting, kind, data, scan, amount)
        _apply(order)
        if order.is_exempt:
            acting.move("exempt")
            order.settled_at = acting.at

    return perform("waive", order_id, intent, _asked(data, scan, kind=kind), effect, note=data.reason)


def withdraw_waiver(order_id: int, intent: Intent, data: DecisionData, scan: Checked, *, decision_id: int) -> Outcome:
    """Take a mistaken decision back while the order still owes. Raises ActionRefused when it is not in force."""
    return _withdraw("withdraw_waiver", order_id, intent, data, scan, decision_id)


def withdraw_exemption(
    order_id: int, intent: Intent, data: DecisionData, scan: Checked, *, decision_id: int
) -> Outcome:
    """The same for an order that passed without payment: it owes again. Raises ActionRefused after hand-over too."""
    return _withdraw("withdraw_exemption", order_id, intent, data, scan, decision_id)


def refund(order_id: int, intent: Intent, data: DecisionData, scan: Checked) -> Outcome:
    """Note that the treasury gives money back. The ledger stays as it is; books and history tell of it.

    Raises ActionRefused for more than was paid and not yet refunded, and for a decision of tomorrow.
    """

    def effect(acting: Acting) -> None:
        lock_till()
        payment = current_payment(acting.order)
        left = payment.amount - (payment.refunds.aggregate(sum=Sum("amount"))["sum"] or 0)
        if not data.amount or data.amount > left:
            raise ActionRefused(f"Yang dapat dikembalikan paling banyak {rupiah(left)}.")
        _record(acting, Kind.REFUND, data, scan, data.amount, payment=payment)

    return perform("refund", order_id, intent, _asked(data, scan), effect, note=data.reason)


def in_force(order: Order) -> QuerySet[Decision]:
    """The decisions that reduce the order's bill now, the oldest first."""
    return Decision.objects.filter(order=order, kind__in=REDUCING, withdrawn_by__isnull=True).order_by("id")


def as_told(decisions: QuerySet[Decision]) -> list[dict]:
    """The decisions as `Order.decisions` has them."""
    return [
        {
            "id": decision.pk,
            "number": decision.number,
            "date": decision.decided_on.isoformat(),
            "kind": decision.kind,
            "amount": decision.amount,
        }
        for decision in decisions
    ]


def _withdraw(verb: str, order_id: int, intent: Intent, data: DecisionData, scan: Checked, decision_id: int) -> Outcome:
    def effect(acting: Acting) -> None:
        order = acting.order
        mistaken = in_force(order).filter(pk=decision_id).first()
        if mistaken is None:
            raise ActionRefused("Keputusan ini sudah tidak berlaku pada pesanan ini.")
        _record(acting, Kind.WITHDRAWAL, data, scan, mistaken.amount, withdraws=mistaken)
        acting.facts["withdrawn"] = mistaken.number
        _apply(order)
        order.settled_at = None

    return perform(verb, order_id, intent, _asked(data, scan, decision=decision_id), effect, note=data.reason)


def _asked(data: DecisionData, scan: Checked, **more: object) -> dict:
    return asdict(data) | {"scan": scan.sha256} | more


def _apply(order: Order) -> None:
    order.decisions = as_told(in_force(order))
    order.reduction = sum(decision["amount"] for decision in order.decisions)


def _record(acting: Acting, kind: str, data: DecisionData, scan: Checked, amount: int, **more: object) -> None:
    if data.decided_on > acting.today:
        raise ActionRefused("Tanggal keputusan tidak boleh sesudah hari ini.")
    decision = Decision(
        order=acting.order,
        kind=kind,
        number=data.number,
        decided_on=data.decided_on,
        authority=data.authority,
        amount=amount,
        reason=data.reason,
        original_name=scan.original_name,
        sha256=scan.sha256,
        recorded_at=acting.at,
        recorded_by=acting.by,
        **more,
    )
    decision.file.save(f"keputusan.{scan.ext}", ContentFile(scan.content), save=False)
    acting.on_failure.append(partial(decision.file.storage.delete, decision.file.name))
    decision.save(force_insert=True)
    acting.facts |= {"decision": decision.number, "kind": decision.kind, "amount": amount}
