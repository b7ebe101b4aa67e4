"""Two entries of one customer become one. People do it, never the program by itself; both histories stay.

The orders go over to the kept entry. The other one stays as it was and points to it; issued papers say what they said.
Pelayanan does it, with a reason: nobody else sees the register, and the books name who, when, why and which orders.
"""

from dataclasses import dataclass

from balai import audit
from balai.changes import once
from balai.roles import Role, acting_role
from orders.actions.customers import MAY_SEE, ONLY_PELAYANAN, SUBJECT, Changed, refuse_stale
from orders.actions.frame import ActionRefused, Intent
from orders.actions.wording import required
from orders.models import Customer, Order
from orders.permissions import Because

VERB = "customer.merge"
GONE = "Salah satu pelanggan ini sudah digabung. Buka lagi datanya."


@dataclass(frozen=True)
class Pair:
    """The entry that goes, and the one that is kept."""

    merged: Customer
    kept: Customer


def merge_customers(customer_id: int, intent: Intent, *, kept_id: int, reason: str) -> Changed:
    """Put a customer's orders to `kept_id`. `intent.version` is that of the customer who goes (`customer_version`).

    Raises ActionRefused for another role, a stale page, without a reason, and when one of them was merged before.
    """
    reason = required(reason, "Tulis alasan penggabungan.")

    def effect() -> dict:
        role = acting_role(intent.by, MAY_SEE)
        if role is None:
            raise ActionRefused(ONLY_PELAYANAN, Because.ROLE)
        pair = _locked(customer_id, kept_id)
        refuse_stale(pair.merged, intent)
        orders = list(Order.objects.filter(customer=pair.merged).order_by("pk").values_list("pk", flat=True))
        Order.objects.filter(pk__in=orders).update(customer=pair.kept)
        Customer.objects.filter(merged_into=pair.merged).update(merged_into=pair.kept)
        pair.merged.merged_into = pair.kept
        pair.merged.save(update_fields=["merged_into"])
        _tell(pair, orders, intent, role, reason)
        return {"customer_id": kept_id}

    once(VERB, by=intent.by, key=intent.key, data=[customer_id, kept_id, reason], effect=effect)
    return Changed(kept_id)


def _locked(customer_id: int, kept_id: int) -> Pair:
    both = {c.pk: c for c in Customer.objects.select_for_update().filter(pk__in=[customer_id, kept_id]).order_by("pk")}
    if len(both) != 2 or any(customer.merged_into_id for customer in both.values()):
        raise ActionRefused(GONE, Because.STAGE)
    return Pair(both[customer_id], both[kept_id])


def _tell(pair: Pair, orders: list[int], intent: Intent, role: Role, reason: str) -> None:
    for about, fact in ((pair.merged, {"into": pair.kept.pk}), (pair.kept, {"from": pair.merged.pk})):
        after = fact | {"orders": orders}
        audit.record(VERB, subject=(SUBJECT, about.pk), by=intent.by, role=role, after=after, note=reason)
