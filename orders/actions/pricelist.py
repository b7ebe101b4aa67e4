"""The frame of every change of the price list: who may, one after the other, with its history and a sentence."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Max

from balai import audit, clock
from balai.changes import once
from balai.formats import tanggal
from balai.models import Office, User
from balai.roles import Role, acting_role
from orders.actions.frame import ActionRefused, Intent
from orders.models import EstimateLine, Tariff
from orders.permissions import Because
from orders.tariffs import TariffData, as_data

SUBJECT = "tariff"
MAY_WRITE = (Role.PIMPINAN,)
ONLY_PIMPINAN = "Tarif hanya diubah oleh pimpinan."
TOO_EARLY = "Versi baru mulai berlaku sesudah {day}, hari mulai versi sekarang."
USED_TODAY = "Tarif {code} sudah dipakai estimasi hari ini. Mulailah versi baru besok atau sesudahnya."


class Reason:
    """Why a row changed, as its history keeps it."""

    ADDED = "tarif baru"
    NEW_VERSION = "versi baru"
    REPLACED = "digantikan"
    ENDED = "diakhiri"
    CORRECTED = "diperbaiki"
    DELETED = "dihapus"
    REOPENED = "berlaku lagi"


@dataclass(frozen=True)
class Changed:
    """The tariff that a change led to; None when it is gone. It issues no paper."""

    tariff_id: int | None
    paper_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changing:
    """A change of the price list under way: who, in which role, at which moment (WIB date `today`)."""

    by: User
    role: Role
    at: datetime

    @property
    def today(self) -> date:
        return clock.local_date(self.at)

    def keep(self, tariff: Tariff, reason: str) -> None:
        self._sign(tariff, reason)
        tariff.save()

    def remove(self, tariff: Tariff) -> None:
        self._sign(tariff, Reason.DELETED)
        tariff.delete()

    def _sign(self, tariff: Tariff, reason: str) -> None:
        tariff._history_user, tariff._history_date, tariff._change_reason = self.by, self.at, reason

    def record(self, verb: str, tariff: Tariff, sentence: str, before: TariffData | None = None) -> None:
        after = None if verb == "tariff.delete" else as_data(tariff)
        old, new = ({} if data is None else _readable(data) for data in (before, after))
        changed = [name for name in old | new if old.get(name) != new.get(name)]
        audit.record(
            verb,
            subject=(SUBJECT, tariff.code),
            by=self.by,
            role=self.role,
            before={name: old[name] for name in changed if name in old},
            after={name: new[name] for name in changed if name in new},
            note=sentence,
        )


def list_version(code: str | None = None) -> int:
    """A number that is another one after every change of the price list, or of this code in it."""
    rows = Tariff.history.filter(code=code) if code else Tariff.history.all()
    return rows.aggregate(last=Max("history_id"))["last"] or 0


def lock_price_list() -> None:
    """Whoever else changes the price list waits: they are few, so they go one by one."""
    Office.objects.select_for_update().get(pk=1)


def close_before(former: Tariff, day: date) -> None:
    """Let a version end on the day before another begins, unsaved. Raises ActionRefused when it may not."""
    if day <= former.valid_from:
        raise ActionRefused(TOO_EARLY.format(day=tanggal(former.valid_from)))
    midnight = datetime.combine(day, time(), clock.WIB)
    if EstimateLine.objects.filter(tariff=former, estimate__offered_at__gte=midnight).exists():
        raise ActionRefused(USED_TODAY.format(code=former.code))
    if former.valid_until is None or former.valid_until >= day:
        former.valid_until = day - timedelta(days=1)


def insist_on_writer(user: User) -> Role:
    """The role in which this user may change tariffs. Raises ActionRefused for everybody else."""
    role = acting_role(user, MAY_WRITE)
    if role is None:
        raise ActionRefused(ONLY_PIMPINAN, Because.ROLE)
    return role


def change_list(verb: str, intent: Intent, data: object, effect: Callable[[Changing], int | None]) -> Changed:
    """Run `effect` once for the form's key, alone, in a role that may. Raises ActionRefused, idempotency.KeyReused."""

    def under_lock() -> dict:
        role = insist_on_writer(intent.by)
        lock_price_list()
        return {"tariff_id": effect(Changing(intent.by, role, clock.now()))}

    return Changed(**once(verb, by=intent.by, key=intent.key, data=data, effect=under_lock))


def _readable(data: TariffData) -> dict:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(data).items()}
