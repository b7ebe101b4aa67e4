"""The targets of a year: pimpinan writes them down, and every change is kept with who made it."""

import uuid
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied

from balai import audit, clock
from balai.changes import Refused, once
from balai.models import User
from balai.roles import Role, acting_role
from finance.accounts import targets_of
from finance.models import Target
from finance.till import lock_till

SUBJECT = "targets"


@dataclass(frozen=True)
class Intent:
    """Who asks, under which one-use form key."""

    by: User
    key: uuid.UUID


@dataclass(frozen=True)
class TargetRow:
    """The target of one kode rekening (rupiah) and the words for it."""

    account_code: str
    name: str
    amount: int


@dataclass(frozen=True)
class TargetData:
    """All targets of a tahun anggaran as typed."""

    year: int
    rows: tuple[TargetRow, ...]


def set_targets(intent: Intent, data: TargetData) -> list[str]:
    """Write down what differs from the targets in force, and return the kode rekening that changed.

    Raises Refused when nothing differs or a target has no words; PermissionDenied for others than pimpinan.
    """
    if acting_role(intent.by, [Role.PIMPINAN]) is None:
        raise PermissionDenied("Target hanya diubah oleh pimpinan.")

    def effect() -> dict:
        lock_till()
        former = targets_of(data.year)
        changed = [row for row in data.rows if _facts(former.get(row.account_code)) != (row.name, row.amount)]
        if not changed:
            raise Refused("Belum ada target yang diubah.")
        if unnamed := [row.account_code for row in changed if not row.name]:
            raise Refused(f"Isi uraian kode rekening {unnamed[0]}.")
        before = {row.account_code: former[row.account_code].amount for row in changed if row.account_code in former}
        for row in changed:
            _write(former.get(row.account_code), row, data.year, intent.by)
        after = {row.account_code: row.amount for row in changed}
        audit.record(
            "set_targets", subject=(SUBJECT, data.year), by=intent.by, role=Role.PIMPINAN, before=before, after=after
        )
        return {"changed": list(after)}

    return once("set_targets", by=intent.by, key=intent.key, data=asdict(data), effect=effect)["changed"]


def _facts(target: Target | None) -> tuple[str, int]:
    return (target.name, target.amount) if target else ("", 0)


def _write(target: Target | None, row: TargetRow, year: int, by: User) -> None:
    target = target or Target(year=year, account_code=row.account_code)
    target.name, target.amount = row.name, row.amount
    target._history_user, target._history_date = by, clock.now()
    target.save()
