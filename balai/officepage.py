"""What the page of the settings tells: what is in force, who signs, what was changed last. Reads only."""

from datetime import date
from typing import Any

from balai import clock
from balai.formats import tanggal
from balai.models import AuditEntry, Holiday, Office, Signatory
from balai.office import signing
from balai.officechanges import SUBJECT
from balai.officeforms import WAITING, EmblemForm, SectionForm, registers
from balai.officesections import SECTIONS

LAST = 10
NEXT_HOLIDAYS = 5
VERBS = {
    "setup_office": "Kantor disiapkan",
    "change_office": "Pengaturan diubah",
    "change_signatory": "Penanda tangan diubah",
    "change_holiday": "Hari libur diubah",
}


def overview(office: Office) -> dict:
    """The context of the page. At most 5 queries."""
    return {
        "office": office,
        "sections": [_section(name, form, office) for name, form in SECTIONS.items()],
        "signatories": _signatories(office),
        "holidays": _holidays_to_come(),
        "events": _last_changes(),
    }


def _section(name: str, form_class: type[SectionForm], office: Office) -> dict:
    form = form_class(office=office)
    facts = [{"label": field.plain_label, "value": _shown(form, field)} for field in form.visible_fields()]
    return {"name": name, "title": form.title, "facts": [] if form_class is EmblemForm else facts}


def _shown(form: SectionForm, field: Any) -> str:
    value = field.value()
    if isinstance(value, bool):
        return "Ya" if value else "Tidak"
    if not value:
        return "Tidak diisi"
    if field.name == "order_terms":
        return f"{len(form.office.order_terms)} ketentuan"
    return dict(getattr(form.fields[field.name], "choices", ())).get(value, value)


def _signatories(office: Office) -> list[dict]:
    """All who sign or signed, with the words that say when; `signs` tells those who do today."""
    today = {signing(office, role) for role in Signatory.Role}
    return [
        {"signatory": each, "signs": each in today, "state": _state(each, each in today)} for each in office.signatories
    ]


def _holidays_to_come() -> list[Holiday]:
    """The next of them; an empty list reminds of the new year's calendar."""
    return list(Holiday.objects.filter(day__gte=clock.today())[:NEXT_HOLIDAYS])


def _state(each: Signatory, signs: bool) -> str:
    until = f" sampai {tanggal(each.valid_until)}" if each.valid_until else ""
    if signs:
        return "Menandatangani sekarang" + until
    start = "Mulai" if each.valid_from > clock.today() else "Sejak"
    return f"{start} {tanggal(each.valid_from)}{until}"


def _last_changes() -> list[dict]:
    entries = AuditEntry.objects.filter(subject_kind=SUBJECT).order_by("-id")[:LAST]
    return [
        {"sentence": VERBS[entry.verb], "at": entry.at, "by": entry.actor_name, "why": "; ".join(_changes(entry))}
        for entry in entries
    ]


def _changes(entry: AuditEntry) -> list[str]:
    if entry.verb == "change_holiday":
        return [
            f"{tanggal(date.fromisoformat(day))}: {_text(entry.before.get(day))} → {_text(name)}"
            for day, name in entry.after.items()
        ]
    model = Office if entry.verb == "change_office" else Signatory
    lines = []
    for name, after in entry.after.items():
        before = entry.before.get(name)
        label = model._meta.get_field(name).verbose_name
        if name == "emblem":
            lines.append("lambang diganti" if after else "lambang dihapus")
        elif isinstance(after, dict):
            old = before or {}
            changed = [key for key in after if old.get(key) != after[key]]
            lines += [f"{_word(key)}: {_text(old.get(key))} → {_text(after[key])}" for key in changed]
        elif before != after:
            lines.append(f"{label}: {_text(before)} → {_text(after)}")
    return lines


def _word(key: str) -> str:
    """The name of a register, stage or kind of paper, as the forms call it."""
    return {**registers(), **WAITING}.get(key, key.replace("_", " "))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, list):
        return f"{len(value)} baris"
    return str(value)[:60] if value else "kosong"
