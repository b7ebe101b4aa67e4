"""Setoran: cash brought to the treasury within a working day, noted with its STS (DOMAIN.md a, b).

The official STS comes from the government's own system; what is kept here is its number, day, bank and slip, and which
receipts it holds. A receipt is in one deposit at most. A deposit is never changed; finance.corrections are beside it.
"""

import uuid
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db.models import Count, Min, QuerySet, Sum

from balai import audit, clock, documents
from balai.changes import Refused, once
from balai.clock import local_date
from balai.formats import tanggal
from balai.kinds import Kind
from balai.models import User
from balai.office import get_office, holidays
from balai.roles import Role, acting_role
from balai.uploads import Checked
from balai.workdays import add_workdays, workdays_between
from finance import papers
from finance.models import Deposit, DepositInForce, DepositItem, DepositSlip, Payment
from finance.papers import DepositData
from finance.till import is_closed, lock_till

SUBJECT = "deposit"
ONLY_TREASURER = "Setoran hanya dicatat oleh bagian keuangan."
GONE = "Sebagian bukti sudah disetor atau dibatalkan sesudah halaman ini dibuka. Periksa lagi daftarnya."
STS_USED = "Nomor STS ini sudah tercatat pada setoran lain. Periksa nomornya."


@dataclass(frozen=True)
class Intent:
    """Who asks, under which one-use form key."""

    by: User
    key: uuid.UUID


@dataclass(frozen=True)
class InHand:
    """Cash not deposited yet: rupiah, how many receipts, since when (WIB date), until when it must be deposited."""

    amount: int
    count: int
    since: date | None
    due: date | None
    late: int

    @property
    def is_due(self) -> bool:
        """Whether the oldest of it must be deposited today or should have been before."""
        return self.due is not None and self.due <= clock.today()


def undeposited() -> QuerySet[Payment]:
    """Cash payments in force whose money is still in the office, the oldest first.

    `settled_on` is empty for cash only, by a constraint; it is named because it has an index.
    """
    return Payment.objects.filter(
        kind=Payment.Kind.PAYMENT,
        method=Payment.Method.CASH,
        settled_on__isnull=True,
        reversed_by__isnull=True,
        deposit_item__isnull=True,
    ).order_by("paid_at", "id")


def in_hand() -> InHand:
    """The cash to be deposited. `late` counts working days past the limit. At most three queries."""
    found = undeposited().aggregate(amount=Sum("amount"), count=Count("id"), since=Min("paid_at"))
    if not found["count"]:
        return InHand(0, 0, None, None, 0)
    closed = holidays()
    since = local_date(found["since"])
    due = add_workdays(since, get_office().deposit_days, closed)
    return InHand(found["amount"], found["count"], since, due, max(0, workdays_between(due, clock.today(), closed)))


def record_deposit(intent: Intent, data: DepositData) -> Deposit:
    """Note a deposit and issue its tanda setor.

    Raises Refused for receipts that are no undeposited cash, a used STS number, a date before the money came in, after
    today or on a closed day; PermissionDenied for others than keuangan.
    """
    insist_on_treasurer(intent.by)

    def effect() -> dict:
        lock_till()
        chosen = _chosen(data)
        paper = documents.issue(Kind.DEPOSIT_NOTE, papers.deposit_note(data, chosen), by=intent.by, on=clock.today())
        deposit = Deposit.objects.create(
            sts_number=data.sts_number,
            bank=data.bank,
            deposited_on=data.deposited_on,
            depositor=data.depositor,
            amount=sum(payment.amount for payment in chosen),
            recorded_at=clock.now(),
            recorded_by=intent.by,
            paper=paper,
        )
        DepositInForce.objects.create(
            deposit=deposit,
            sts_number=data.sts_number,
            bank=data.bank,
            deposited_on=data.deposited_on,
            paper=paper,
        )
        DepositItem.objects.bulk_create(DepositItem(deposit=deposit, payment=payment) for payment in chosen)
        facts = {"sts": deposit.sts_number, "amount": deposit.amount, "paper": paper.printed_number}
        _record("record_deposit", deposit, intent.by, facts)
        return {"deposit": deposit.pk}

    done = once("record_deposit", by=intent.by, key=intent.key, data=asdict(data), effect=effect)
    return Deposit.objects.select_related("paper").get(pk=done["deposit"])


def check_deposit(by: User, data: DepositData) -> list[Payment]:
    """For the page that is read first: the chosen payments, or the Refused that recording would raise."""
    insist_on_treasurer(by)
    return _chosen(data)


def add_slip(intent: Intent, deposit: Deposit, checked: Checked) -> DepositSlip:
    """Keep the bank's slip with its deposit. Raises PermissionDenied for others than keuangan."""
    insist_on_treasurer(intent.by)

    def effect() -> dict:
        slip = DepositSlip(
            deposit=deposit,
            original_name=checked.original_name,
            sha256=checked.sha256,
            added_at=clock.now(),
            added_by=intent.by,
        )
        slip.file.save(f"slip.{checked.ext}", ContentFile(checked.content), save=False)
        try:
            slip.save(force_insert=True)
            _record("add_slip", deposit, intent.by, {"slip": slip.original_name, "sha256": slip.sha256})
        except BaseException:
            slip.file.storage.delete(slip.file.name)
            raise
        return {"slip": slip.pk}

    data = {"deposit": deposit.pk, "sha256": checked.sha256}
    done = once("add_slip", by=intent.by, key=intent.key, data=data, effect=effect)
    return DepositSlip.objects.get(pk=done["slip"])


def _chosen(data: DepositData) -> list[Payment]:
    if DepositInForce.objects.filter(sts_number=data.sts_number).exists():
        raise Refused(STS_USED)
    if not data.payments:
        raise Refused("Pilih paling sedikit satu bukti yang disetor.")
    chosen = list(undeposited().select_related("receipt").prefetch_related("lines").filter(pk__in=data.payments))
    if len(chosen) != len(set(data.payments)):
        raise Refused(GONE, 409)
    if is_closed(data.deposited_on):
        raise Refused(f"Kas {tanggal(data.deposited_on)} sudah ditutup. Isi tanggal sesudahnya.")
    insist_on_day(chosen, data.deposited_on)
    return chosen


def insist_on_day(payments: Iterable[Payment], day: date) -> None:
    """Raises Refused when these payments cannot have been deposited on this WIB date."""
    if day > clock.today():
        raise Refused("Tanggal setor tidak boleh sesudah hari ini.")
    newest = max(local_date(payment.paid_at) for payment in payments)
    if day < newest:
        raise Refused(f"Tanggal setor tidak boleh sebelum uangnya diterima, yaitu {tanggal(newest)}.")


def insist_on_treasurer(user: User) -> None:
    """Raises PermissionDenied for others than keuangan."""
    if acting_role(user, [Role.KEUANGAN]) is None:
        raise PermissionDenied(ONLY_TREASURER)


def _record(verb: str, deposit: Deposit, by: User, facts: dict) -> None:
    audit.record(verb, subject=(SUBJECT, deposit.pk), by=by, role=Role.KEUANGAN, after=facts)
