"""Changes of the office's settings by its admin. Papers already issued keep what they were issued with.

Each change is made once for its form, against the version its page was made from, and recorded with before and after.
"""

import uuid
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from balai import audit, clock
from balai.changes import Refused, once
from balai.emblem import NewEmblem
from balai.formats import tanggal, waktu
from balai.models import AuditEntry, Emblem, Holiday, Office, Signatory, User

SUBJECT = "office"
ONLY_ADMIN = "Pengaturan kantor hanya untuk admin."
HELD_ALREADY = "{day} sudah tercatat sebagai hari libur: {name}."
BEGINS_TWICE = "Sudah ada penanda tangan lain sebagai {role} yang mulai pada tanggal itu. Pilih tanggal lain."


@dataclass(frozen=True)
class Intent:
    """Who asks, under which one-use form key, from a page made of which version of the settings."""

    by: User
    key: uuid.UUID
    version: int


@dataclass(frozen=True)
class SignatoryData:
    """A signatory as typed; both days are included, and no `valid_until` means until the next one begins."""

    role: str
    title: str
    name: str
    rank: str
    nip: str
    valid_from: date
    valid_until: date | None


def change_office(intent: Intent, values: dict[str, Any]) -> bool:
    """Write these fields of the office; False when they are what they were. `emblem` is a NewEmblem or None.

    Raises Refused when another admin was faster, PermissionDenied, idempotency.KeyReused.
    """

    def effect(office: Office) -> tuple[dict, dict]:
        before, after = {}, {}
        for name, value in values.items():
            old, new = getattr(office, name), _stored(value, intent.by)
            if old != new:
                setattr(office, name, new)
                before[name], after[name] = _readable(old), _readable(new)
        office.save(update_fields=list(after))
        return before, after

    return _change("change_office", intent, {name: _readable(value) for name, value in values.items()}, effect)


def change_signatory(intent: Intent, data: SignatoryData, pk: int | None = None) -> bool:
    """Write a signatory anew (without `pk`) or as it should be; False when nothing changed.

    Raises Refused when another admin was faster or a signatory of this role begins on the same day already,
    PermissionDenied, idempotency.KeyReused, Signatory.DoesNotExist.
    """

    def effect(office: Office) -> tuple[dict, dict]:
        if Signatory.objects.filter(role=data.role, valid_from=data.valid_from).exclude(pk=pk).exists():
            raise Refused(BEGINS_TWICE.format(role=Signatory.Role(data.role).label.lower()))
        row = Signatory.objects.get(pk=pk) if pk else Signatory()
        before = {name: _readable(getattr(row, name)) for name in asdict(data)} if pk else {}
        after = {name: _readable(value) for name, value in asdict(data).items()}
        for name, value in asdict(data).items():
            setattr(row, name, value)
        row.save()
        return before, after

    return _change("change_signatory", intent, asdict(data) | {"pk": pk}, effect)


def change_holiday(intent: Intent, day: date, name: str) -> bool:
    """Put a holiday into the calendar, or take it away (no `name`); deadlines of open orders follow it at once.

    False when it is not there any more. Raises Refused when another admin was faster or the day is a holiday already,
    PermissionDenied, idempotency.KeyReused.
    """

    def effect(office: Office) -> tuple[dict, dict]:
        held = Holiday.objects.filter(day=day).first()
        if name and held:
            raise Refused(HELD_ALREADY.format(day=tanggal(day), name=held.name))
        before = {day.isoformat(): held.name} if held else {}
        if held:
            held.delete()
            return before, {day.isoformat(): ""}
        if name:
            Holiday.objects.create(day=day, name=name)
            return before, {day.isoformat(): name}
        return before, before

    return _change("change_holiday", intent, {"day": day.isoformat(), "name": name}, effect)


def _change(verb: str, intent: Intent, data: dict, effect: Callable[[Office], tuple[dict, dict]]) -> bool:
    if not intent.by.is_superuser:
        raise PermissionDenied(ONLY_ADMIN)

    def change() -> dict:
        # The lock makes two admins write one after the other; SQLite does so by itself.
        office = Office.objects.select_for_update().get(pk=1)
        if office.version != intent.version:
            raise Refused(_who_was_faster(), 409)
        before, after = effect(office)
        if before != after:
            office.version += 1
            office.save(update_fields=["version"])
            audit.record(verb, subject=(SUBJECT, office.pk), by=intent.by, role="admin", before=before, after=after)
        return {"changed": before != after}

    return once(verb, by=intent.by, key=intent.key, data=data, effect=change)["changed"]


def _who_was_faster() -> str:
    last = AuditEntry.objects.filter(subject_kind=SUBJECT).order_by("-id").first()
    who, when = (last.actor_name, waktu(last.at)) if last else ("Admin lain", "baru saja")
    return f"{who} sudah mengubah pengaturan pada {when}. Periksa keadaan terbaru, lalu simpan lagi bila masih perlu."


def _stored(value: Any, by: User) -> Any:
    if isinstance(value, NewEmblem):
        made = {"png": value.png, "added_at": clock.now(), "added_by": by}
        return Emblem.objects.get_or_create(sha256=value.sha256, defaults=made)[0]
    return value


def _readable(value: Any) -> Any:
    """The value as the audit keeps it: JSON, pictures by their SHA-256."""
    if isinstance(value, NewEmblem | Emblem):
        return value.sha256
    return value.isoformat() if isinstance(value, date) else value
