"""What the workshop can do: its work centres, what is out of service there, and the kinds of jobs it does.

Bengkel and the admin keep them. Each change is made once for its form, against the entry its page was made from, and
recorded with before and after; work centres keep their former states too. Nothing is ever deleted.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Model, Q

from balai import audit, clock
from balai.changes import once
from balai.formats import tanggal, waktu
from balai.models import AuditEntry, Office, User
from balai.roles import Role, acting_role
from orders.actions.frame import ActionRefused, Intent
from orders.actions.wording import required
from orders.models import Estimate, EstimateStep, JobKind, JobStep, Outage, WorkCentre
from orders.models.workcentre import MINUTES_OF_A_DAY
from orders.permissions import Because
from orders.stages import Stage

ONLY_WORKSHOP = "Kapasitas bengkel hanya untuk bagian bengkel dan admin."
NAMED = 3  # orders that a refusal names


@dataclass(frozen=True)
class CentreData:
    """A work centre as typed; `minutes_per_day` are those of one machine or person."""

    name: str
    service: str
    places: int
    minutes_per_day: int
    is_active: bool = True


@dataclass(frozen=True)
class OutageData:
    """What is out of service as typed; both days are included, and without `last_day` it is until further notice."""

    work_centre_id: int
    places: int
    first_day: date
    last_day: date | None
    reason: str


@dataclass(frozen=True)
class KindData:
    """A kind of job as typed."""

    name: str
    service: str
    is_active: bool = True


@dataclass(frozen=True)
class Saved:
    """The key of what was written; no paper was issued."""

    pk: int
    paper_ids: tuple[str, ...] = ()


def keep_centre(intent: Intent, data: CentreData, pk: int | None = None) -> Saved:
    """Write a work centre anew (without `pk`) or as it should be. `intent.version` is `version_of` it.

    Raises ActionRefused for another role, a stale page, a name that is taken, hours outside a day, and when it is
    switched off or made smaller than what is planned or out of service there.
    """

    def check(row: WorkCentre) -> None:
        _one_name(WorkCentre, data.name, pk, "Sudah ada bagian kerja dengan nama ini.")
        if data.places < 1:
            raise ActionRefused("Bagian kerja memiliki paling sedikit satu mesin atau orang.")
        if not 0 < data.minutes_per_day <= MINUTES_OF_A_DAY:
            raise ActionRefused("Jam kerja sehari lebih dari 0 dan paling banyak 24 jam.")
        if pk and row.is_active and not data.is_active:
            _nothing_open(row)
        if pk:
            _room_for(data.places, _current(row.outages), clock.today(), "Gangguan yang tercatat lebih besar.")

    return _keep("work_centre", WorkCentre, intent, asdict(data), pk, check)


def keep_outage(intent: Intent, data: OutageData, pk: int | None = None) -> Saved:
    """Note machines or people out of service, or correct it; it is ended by its last day.

    Raises ActionRefused for another role, a stale page, days in the wrong order, and more places than there are.
    """
    required(data.reason, "Tulis alasannya, misalnya mesin rusak.")

    def check(row: Outage) -> None:
        centre = WorkCentre.objects.filter(pk=data.work_centre_id).first()
        if centre is None or (pk and row.work_centre_id != data.work_centre_id):
            raise ActionRefused("Pilih bagian kerja yang terganggu.")
        if data.last_day and data.last_day < data.first_day:
            raise ActionRefused("Hari terakhir tidak boleh sebelum hari pertama.")
        if data.places < 1:
            raise ActionRefused("Isi paling sedikit satu mesin atau orang.")
        new = Outage(places=data.places, first_day=data.first_day, last_day=data.last_day)
        others = _overlapping(centre.outages.exclude(pk=pk), new)
        had = f"{centre.name} hanya memiliki {centre.places} mesin atau orang."
        _room_for(centre.places, [*others, new], data.first_day, had)

    return _keep("outage", Outage, intent, asdict(data), pk, check)


def keep_kind(intent: Intent, data: KindData, pk: int | None = None) -> Saved:
    """Write a kind of job anew or as it should be.

    Raises ActionRefused for another role, a stale page, and a name that is taken.
    """

    def check(row: JobKind) -> None:
        _one_name(JobKind, data.name, pk, "Sudah ada jenis pekerjaan dengan nama ini.")

    return _keep("job_kind", JobKind, intent, asdict(data), pk, check)


def version_of(subject: str, pk: int | None) -> int:
    """The id of the last entry in the audit about a row of this kind: another one after every change."""
    last = _last_entry(subject, pk)
    return last.pk if last else 0


def _keep(
    subject: str, model: type[Model], intent: Intent, facts: dict, pk: int | None, check: Callable[[Model], None]
) -> Saved:
    verb = f"{subject}.{'change' if pk else 'create'}"

    def effect() -> dict:
        role = _role_of(intent.by)
        # One change after the other, so that what `check` saw still holds; SQLite does so by itself.
        Office.objects.select_for_update().get(pk=1)
        row = model.objects.get(pk=pk) if pk else model()
        if pk:
            _refuse_stale(subject, pk, intent)
        check(row)
        before = {name: _told(getattr(row, name)) for name in facts} if pk else {}
        changed = [name for name, value in facts.items() if not pk or before[name] != _told(value)]
        if changed:
            _write(row, facts, intent.by)
            told = [{name: each[name] for name in changed if name in each} for each in (before, _all_told(facts))]
            audit.record(verb, subject=(subject, row.pk), by=intent.by, role=role, before=told[0], after=told[1])
        return {"pk": row.pk}

    return Saved(once(verb, by=intent.by, key=intent.key, data=[pk, _all_told(facts)], effect=effect)["pk"])


def _write(row: Model, facts: dict, by: User) -> None:
    for name, value in facts.items():
        setattr(row, name, value)
    if isinstance(row, Outage) and row.pk is None:
        row.noted_by, row.noted_at = by, clock.now()
    row._history_user = by
    row.save()


def _role_of(by: User) -> str:
    role = acting_role(by, [Role.BENGKEL])
    if role is None and not by.is_superuser:
        raise ActionRefused(ONLY_WORKSHOP, Because.ROLE)
    return role or "admin"


def _refuse_stale(subject: str, pk: int, intent: Intent) -> None:
    last = _last_entry(subject, pk)
    if last and last.pk != intent.version:
        raise ActionRefused(
            f"{last.actor_name} sudah mengubah data ini pada {waktu(last.at)}. "
            "Periksa keadaan terbaru, lalu kirim lagi bila masih perlu.",
            Because.STAGE,
        )


def _last_entry(subject: str, pk: int | None) -> AuditEntry | None:
    return AuditEntry.objects.filter(subject_kind=subject, subject_id=str(pk)).order_by("-id").first()


def _one_name(model: type[Model], name: str, pk: int | None, message: str) -> None:
    if model.objects.filter(name__iexact=name).exclude(pk=pk).exists():
        raise ActionRefused(message)


def _nothing_open(centre: WorkCentre) -> None:
    """Neither agreed work nor an offer that a customer may still agree to is planned there."""
    promised = JobStep.objects.filter(
        work_centre=centre, done_at=None, order__stage__in=(Stage.PESANAN, Stage.PRODUKSI)
    ).values_list("order__number", flat=True)
    offered = EstimateStep.objects.filter(work_centre=centre, estimate__status=Estimate.Status.OFFERED).values_list(
        "estimate__order__number", flat=True
    )
    numbers = sorted({*promised, *offered})
    if numbers:
        named = ", ".join(numbers[:NAMED]) + (f", dan {len(numbers) - NAMED} lainnya" if len(numbers) > NAMED else "")
        raise ActionRefused(f"{centre.name} masih diperlukan oleh pesanan {named}.")


def _current(outages: Iterable[Outage]) -> list[Outage]:
    return list(outages.filter(Q(last_day=None) | Q(last_day__gte=clock.today())))


def _overlapping(outages: Iterable[Outage], new: Outage) -> list[Outage]:
    since = outages.filter(Q(last_day=None) | Q(last_day__gte=new.first_day))
    return list(since.filter(first_day__lte=new.last_day) if new.last_day else since)


def _room_for(places: int, outages: Collection[Outage], since: date, message: str) -> None:
    """On no day more is out of service than there is. It is most on the first day of one of them."""
    for day in sorted({max(since, outage.first_day) for outage in outages}):
        out = sum(each.places for each in outages if each.first_day <= day <= (each.last_day or day))
        if out > places:
            raise ActionRefused(f"{message} Pada {tanggal(day)} yang tidak dapat dipakai menjadi {out}.")


def _all_told(facts: dict) -> dict:
    return {name: _told(value) for name, value in facts.items()}


def _told(value: object) -> object:
    """As the audit keeps it."""
    return value.isoformat() if isinstance(value, date) else value
