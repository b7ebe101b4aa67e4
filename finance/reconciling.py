"""Rekonsiliasi: the lines of a bank's statement beside the payments of the ledger, and what keuangan confirms of it.

Matching only proposes. What is confirmed is written once: a payment stands in one reconciliation at most, and the
ledger itself is never touched.
"""

import uuid
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max, Min, Q, QuerySet

from balai import audit, clock
from balai.changes import Refused, once
from balai.formats import rupiah
from balai.models import AuditEntry, User
from balai.roles import Role, acting_role
from finance.matching import Entry, Finding, Paid, State, match
from finance.models import Payment, ReconciledPayment, Reconciliation, Statement, StatementLine
from finance.statementcolumns import Columns
from finance.till import lock_till

SUBJECT = "reconciliation"
AROUND = timedelta(days=60)  # payments so far from the statement's days are not in it
BATCH = 200
CHANGED = "Pembayaran berubah sesudah halaman ini dibuka, dan berkas dicocokkan lagi. Periksa daftarnya sekali lagi."
GONE = "Berkas ini sudah dihapus."
NOTHING = "Tidak ada baris yang cocok untuk dikonfirmasi."

Verdict = StatementLine.Verdict
OPEN = (Verdict.MATCH, Verdict.DIFFERS, Verdict.UNKNOWN, Verdict.DOUBLE)  # money in that is not confirmed yet

SENTENCES = {
    "upload_statement": "Berkas {name} diunggah, {rows} baris",
    "choose_columns": "Kolom {name} dipilih: {bank}",
    "discard_statement": "Berkas {name} dihapus sebelum dikonfirmasi",
    "reconcile": "{count} pembayaran cocok dengan {bank}, {amount}",
}


@dataclass(frozen=True)
class Confirmation:
    """What keuangan saw when confirming: the state of the matching, and whether pairs of differing days go along."""

    statement: int
    seen: str
    with_other_days: bool


def is_fresh(statement: Statement) -> bool:
    """Whether the lines were matched with the ledger as it is now."""
    return statement.seen != "" and statement.seen == _state_of_ledger()


def match_lines(statement: Statement) -> None:
    """Find each open line its payment, and keep that with the line. Writes only when nothing changed meanwhile."""
    state = _state_of_ledger()
    lines = {line.number: line for line in _open_lines(statement)}
    entries = [Entry(line.number, line.day, line.reference, line.description, line.amount) for line in lines.values()]
    findings = match(entries, _payments(statement))
    changed = [line for line in lines.values() if _found(line) != findings[line.number]]
    with transaction.atomic():
        now = Statement.objects.select_for_update().get(pk=statement.pk)
        if (now.imported, now.columns, _state_of_ledger()) != (statement.imported, statement.columns, state):
            return
        _write(changed, findings)
        now.seen = state
        now.save(update_fields=["seen"])


def confirm(intent_by: User, key: uuid.UUID, data: Confirmation) -> Reconciliation:
    """Write down that the matching payments stand in the bank's file.

    Raises Refused when nothing matches or the ledger changed since the page was made; PermissionDenied.
    """
    if acting_role(intent_by, [Role.KEUANGAN]) is None:
        raise PermissionDenied("Rekonsiliasi hanya dikerjakan oleh bagian keuangan.")

    def effect() -> dict:
        lock_till()
        statement = Statement.objects.select_for_update().filter(pk=data.statement).first()
        if statement is None:
            raise Refused(GONE, 409)
        if not (statement.seen == data.seen and is_fresh(statement)):
            raise Refused(CHANGED, 409)
        lines = list(to_confirm(statement, with_other_days=data.with_other_days))
        if not lines:
            raise Refused(NOTHING)
        return {"reconciliation": _write_down(statement, lines, intent_by).pk}

    done = once("reconcile", by=intent_by, key=key, data=asdict(data), effect=effect)
    return Reconciliation.objects.get(pk=done["reconciliation"])


def to_confirm(statement: Statement, *, with_other_days: bool) -> QuerySet[StatementLine]:
    """The lines that may be confirmed: they match, or differ in their day alone. An amount that differs never may."""
    wanted = Q(verdict=Verdict.MATCH)
    if with_other_days:
        wanted |= Q(verdict=Verdict.DIFFERS)
    return statement.lines.filter(wanted, amount=F("payment__amount")).order_by("number")


def not_in_bank(statement: Statement) -> QuerySet[Payment]:
    """Payments of the statement's days that no line of it is, and that nobody has reconciled; the oldest first."""
    days = period(statement)
    found = Payment.objects.filter(
        kind=Payment.Kind.PAYMENT,
        method__in=statement.columns.get("methods", ()),
        settled_on__range=(days["first"], days["last"]) if days["first"] else (clock.today(),) * 2,
        reversed_by__isnull=True,
        reconciled__isnull=True,
    )
    paired = statement.lines.filter(payment__isnull=False).values("payment")
    return found.exclude(pk__in=paired).order_by("settled_on", "id")


def period(statement: Statement) -> dict:
    """The first and the last day of the statement's lines; None without lines."""
    return statement.lines.aggregate(first=Min("day"), last=Max("day"))


def sentence(entry: AuditEntry) -> str:
    """An audit entry of the reconciliation in plain words."""
    facts = dict(entry.after)
    if "amount" in facts:
        facts["amount"] = rupiah(facts["amount"])
    return SENTENCES[entry.verb].format(**facts)


def _state_of_ledger() -> str:
    """Another word for another ledger: rows are only ever added to it. Two queries."""
    last = Payment.objects.aggregate(id=Max("id"))["id"] or 0
    return f"{last}/{ReconciledPayment.objects.aggregate(id=Max('id'))['id'] or 0}"


def _open_lines(statement: Statement) -> QuerySet[StatementLine]:
    return statement.lines.filter(verdict__in=OPEN)


def _payments(statement: Statement) -> list[Paid]:
    days = period(statement)
    if days["first"] is None:
        return []
    rows = Payment.objects.filter(
        kind=Payment.Kind.PAYMENT,
        method__in=Columns.of_json(statement.columns).methods,
        settled_on__range=(days["first"] - AROUND, days["last"] + AROUND),
    ).values_list("id", "reference", "amount", "settled_on", "reversed_by", "reconciled")
    return [Paid(*facts, _state(reversed_by, reconciled)) for *facts, reversed_by, reconciled in rows]


def _state(reversed_by: int | None, reconciled: int | None) -> State:
    if reconciled:
        return State.RECONCILED
    return State.REVERSED if reversed_by else State.OPEN


def _found(line: StatementLine) -> Finding:
    return Finding(Verdict(line.verdict), line.why, line.payment_id)


def _write(changed: list[StatementLine], findings: dict[int, Finding]) -> None:
    """Most lines of a large file mean no payment and say the same: those go in few statements."""
    alike: dict[Finding, list[int]] = defaultdict(list)
    # A payment may move from one line to another: first it is free.
    for start in range(0, len(changed), BATCH):
        numbers = [line.pk for line in changed[start : start + BATCH] if line.payment_id]
        StatementLine.objects.filter(pk__in=numbers).update(verdict=Verdict.UNKNOWN, payment=None)
    paired = []
    for line in changed:
        finding = findings[line.number]
        if finding.payment is None:
            alike[finding].append(line.pk)
        else:
            line.verdict, line.why, line.payment_id = finding.verdict, finding.why[:200], finding.payment
            paired.append(line)
    for finding, keys in alike.items():
        for start in range(0, len(keys), BATCH):
            chosen = StatementLine.objects.filter(pk__in=keys[start : start + BATCH])
            chosen.update(verdict=finding.verdict, why=finding.why, payment=None)
    StatementLine.objects.bulk_update(paired, ["verdict", "why", "payment"], batch_size=BATCH)


def _write_down(statement: Statement, lines: list[StatementLine], by: User) -> Reconciliation:
    days = period(statement)
    made = Reconciliation.objects.create(
        statement=statement,
        file_name=statement.name,
        sha256=statement.sha256,
        bank=statement.bank_format.name,
        first_day=days["first"],
        last_day=days["last"],
        count=len(lines),
        amount=sum(line.amount for line in lines),
        confirmed_at=clock.now(),
        confirmed_by=by,
    )
    ReconciledPayment.objects.bulk_create(
        ReconciledPayment(
            reconciliation=made,
            payment_id=line.payment_id,
            line=line,
            number=line.number,
            day=line.day,
            reference=line.reference,
            description=line.description,
            amount=line.amount,
        )
        for line in lines
    )
    for start in range(0, len(lines), BATCH):
        numbers = [line.number for line in lines[start : start + BATCH]]
        statement.lines.filter(number__in=numbers).update(verdict=Verdict.DONE)
    statement.parts.all().delete()
    statement.seen = ""
    statement.save(update_fields=["seen"])
    facts = {"count": made.count, "amount": made.amount, "bank": made.bank, "sha256": made.sha256}
    audit.record("reconcile", subject=(SUBJECT, made.pk), by=by, role=Role.KEUANGAN, after=facts)
    return made
