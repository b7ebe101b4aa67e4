"""What the page of the capacity tells: work centres, what is out of service, kinds of jobs, what was changed last."""

from datetime import date

from balai.formats import jam_kerja, tanggal
from balai.models import AuditEntry
from orders.loadpage import endangered_by
from orders.models import JobKind, Outage, Service, WorkCentre
from orders.workload import queue

LAST = 10
SENTENCES = {
    "work_centre.create": "Bagian kerja {name} dicatat",
    "work_centre.change": "Bagian kerja {name} diubah",
    "outage.create": "Gangguan di {name} dicatat",
    "outage.change": "Gangguan di {name} diubah",
    "job_kind.create": "Jenis pekerjaan {name} dicatat",
    "job_kind.change": "Jenis pekerjaan {name} diubah",
}
SUBJECTS = ("work_centre", "outage", "job_kind")
LABELS = {
    "name": "nama",
    "service": "bengkel",
    "places": "jumlah",
    "minutes_per_day": "jam kerja sehari",
    "is_active": "dipakai",
    "first_day": "mulai",
    "last_day": "hari terakhir",
    "reason": "alasan",
}
DAYS = ("first_day", "last_day")


def overview(today: date) -> dict:
    """The context of the page. Four queries."""
    centres, kinds = list(WorkCentre.objects.all()), list(JobKind.objects.all())
    outages = list(Outage.objects.select_related("work_centre", "noted_by").exclude(last_day__lt=today))
    return {
        "today": today,
        "centres": centres,
        "kinds": kinds,
        "outages": outages,
        "events": _last_changes(centres, kinds),
    }


def endangered(outage: Outage, today: date) -> dict:
    """The promises that are kept without this outage, and with it no longer. Eleven queries."""
    return endangered_by(queue(today, spared=outage.pk).at_risk(), queue(today))


def _last_changes(centres: list[WorkCentre], kinds: list[JobKind]) -> list[dict]:
    entries = list(AuditEntry.objects.filter(subject_kind__in=SUBJECTS).order_by("-id")[:LAST])
    names = {("work_centre", str(each.pk)): each.name for each in centres}
    names |= {("job_kind", str(each.pk)): each.name for each in kinds}
    of_outages = dict(
        Outage.objects.filter(pk__in=[entry.subject_id for entry in entries if entry.subject_kind == "outage"])
        .values_list("pk", "work_centre__name")
        .order_by()
    )
    names |= {("outage", str(pk)): name for pk, name in of_outages.items()}
    return [
        {
            "sentence": SENTENCES[entry.verb].format(name=names[entry.subject_kind, entry.subject_id]),
            "at": entry.at,
            "by": entry.actor_name,
            "why": "; ".join(_changes(entry)),
        }
        for entry in entries
    ]


def _changes(entry: AuditEntry) -> list[str]:
    """`jumlah: 1 → 2`; of a new entry what it says."""
    told = []
    for name in LABELS:  # PostgreSQL keeps the facts in an order of its own
        if name in entry.after and not (entry.verb.endswith(".create") and name == "is_active"):
            before = f"{_text(name, entry.before[name])} → " if name in entry.before else ""
            told.append(f"{LABELS[name]}: {before}{_text(name, entry.after[name])}")
    return told


def _text(name: str, value: object) -> str:
    if name == "is_active":
        return "ya" if value else "tidak"
    if name == "minutes_per_day":
        return jam_kerja(value)
    if name == "service":
        return Service(value).label
    if name in DAYS:
        return tanggal(value) or "belum tahu"
    return str(value)
