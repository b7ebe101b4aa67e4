"""Changing the facts of a customer; new customers come with their first request (orders.actions.intake)."""

from dataclasses import asdict, dataclass

from balai import audit
from balai.changes import once
from balai.formats import nik_samar, waktu
from balai.models import AuditEntry
from balai.roles import Role, acting_role
from orders.actions.frame import ActionRefused, Intent
from orders.actions.intake import CustomerData
from orders.models import Customer
from orders.permissions import Because

SUBJECT = "customer"
VERB = "customer.change"
MAY_SEE = (Role.PELAYANAN,)
MERGED = "Data ini sudah digabung ke pelanggan lain dan tidak diubah lagi."
ONLY_PELAYANAN = "Data pelanggan hanya untuk bagian pelayanan."


@dataclass(frozen=True)
class Changed:
    """What a change led to; it issues no paper."""

    customer_id: int
    paper_ids: tuple[str, ...] = ()


def change_customer(customer_id: int, intent: Intent, data: CustomerData) -> Changed:
    """Write the facts of a customer; issued papers keep what they say. `intent.version` is `customer_version`.

    Raises ActionRefused for another role and for a page made before somebody else's change, idempotency.KeyReused.
    """

    def effect() -> dict:
        role = acting_role(intent.by, MAY_SEE)
        if role is None:
            raise ActionRefused(ONLY_PELAYANAN, Because.ROLE)
        customer = Customer.objects.select_for_update().get(pk=customer_id)
        if customer.merged_into_id:
            raise ActionRefused(MERGED, Because.STAGE)
        refuse_stale(customer, intent)
        before = _facts(customer)
        for name, value in asdict(data).items():
            setattr(customer, name, value)
        customer.save()
        after = _facts(customer)
        changed = [name for name in after if after[name] != before[name]]
        audit.record(
            VERB,
            subject=(SUBJECT, customer_id),
            by=intent.by,
            role=role,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
        return {"customer_id": customer_id}

    once(VERB, by=intent.by, key=intent.key, data=[customer_id, asdict(data)], effect=effect)
    return Changed(customer_id)


def customer_version(customer: Customer) -> int:
    """The id of the last entry about this customer in the audit: another one after every change."""
    last = _last_entry(customer)
    return last.pk if last else 0


def refuse_stale(customer: Customer, intent: Intent) -> None:
    """Raises ActionRefused, with who and when, for a page made before somebody else's change."""
    last = _last_entry(customer)
    if last and last.pk != intent.version:
        raise ActionRefused(
            f"{last.actor_name} sudah mengubah data pelanggan ini pada {waktu(last.at)}. "
            "Periksa keadaan terbaru, lalu kirim lagi bila masih perlu.",
            Because.STAGE,
        )


def _last_entry(customer: Customer) -> AuditEntry | None:
    about = AuditEntry.objects.filter(subject_kind=SUBJECT, subject_id=str(customer.pk))
    return about.order_by("-id").first()


def _facts(customer: Customer) -> dict[str, str]:
    """As the audit may keep them: of the NIK only the last four (UU 27/2022), and whether it is another one."""
    facts = {name: getattr(customer, name) for name in CustomerData.__dataclass_fields__}
    return facts | {"nik": nik_samar(customer.nik)}
