"""What the worksheet tells beside what is typed in it: versions, the customer's words, the queue, earlier jobs."""

from dataclasses import dataclass

from balai.formats import jam_kerja, tanggal
from balai.models import AuditEntry
from balai.workdays import workdays_between
from orders.actions.estimate import finish_date
from orders.actions.frame import SUBJECT
from orders.centrechart import centre_chart
from orders.charts import week_chart
from orders.deadlines import LATE, OK, SOON, Tag
from orders.experience import Typical, typical_minutes
from orders.forms.estimate import EstimateForm
from orders.models import Estimate, Order
from orders.papers import ANSWERED_VIA
from orders.similar import similar_orders
from orders.stages import Stage
from orders.versions import changed_lines, difference, version_rows

MATERIAL_UNITS = ("kg", "batang", "lembar", "m", "m²", "m³", "liter", "buah", "set")

# Whose words the workshop should read before it prices: the latest of these, by stage.
WORDS = {
    Stage.ESTIMASI: {"revise": "Permintaan revisi pelanggan", "accept": "Catatan pelayanan"},
    Stage.PRODUKSI: {"refuse_change": "Alasan pelanggan menolak perubahan"},
}
ANSWERS = ("agree", "revise", "disagree", "agree_change", "refuse_change")


@dataclass(frozen=True)
class Versions:
    """The saved draft, the version last sent or agreed, and the number of the one being written."""

    draft: Estimate | None
    former: Estimate | None
    number: int


def versions_of(order: Order) -> Versions:
    """The order's versions, of which it has prefetched lines and steps."""
    kept = order.estimates.all()
    draft = next((version for version in kept if version.status == Estimate.Status.DRAFT), None)
    former = next((version for version in kept if version.pk == order.estimate_id), None)
    number = draft.version if draft else max((version.version for version in kept), default=0) + 1
    return Versions(draft, former, number)


def describe(order: Order, form: EstimateForm) -> dict:
    """The context of the worksheet, except for the forms."""
    versions, trail = versions_of(order), _trail(order)
    former = versions.former
    lines = [row.priced for row in form.rows if row.priced]
    placed = form.outlook and (form.outlook.placed or form.outlook.earliest)
    return {
        "order": order,
        "office": form.basis.office,
        "versions": versions,
        "is_change": order.stage == Stage.PRODUKSI,
        "finish": _finish(form, order),
        "difference": difference(form.total - former.total) if former else "",
        "changes": changed_lines(former.lines.all(), lines) if former else (),
        "version_rows": version_rows(order.estimates.all(), {entry.at: entry.note for entry in trail}),
        "words": _words(order, trail),
        "similar": similar_orders(order),
        "steps": _steps(form, order),
        "chart": week_chart(form.basis.queue, placed, service=order.service),
        "centre_chart": centre_chart(form.basis.queue, placed, [step.work_centre for step in form.steps]),
        "units": MATERIAL_UNITS,
    }


def _finish(form: EstimateForm, order: Order) -> dict | None:
    """The day on which the job would be done, and how it lies to the day it is needed; None until both are typed."""
    days, starts_on = form.cleaned_data.get("days"), form.cleaned_data.get("starts_on")
    if not (days and starts_on):
        return None
    closed = form.basis.holidays
    day = finish_date(starts_on, days, closed)
    if order.needed_on is None:
        return {"day": day}
    spare = workdays_between(day, order.needed_on, closed)
    if day > order.needed_on:
        return {"day": day, "tag": Tag(LATE, f"Lewat dari yang dibutuhkan, {tanggal(order.needed_on)}")}
    if spare == 0:
        return {"day": day, "tag": Tag(SOON, "Tepat pada hari dibutuhkan")}
    return {"day": day, "tag": Tag(OK, f"{spare} hari kerja sebelum dibutuhkan")}


def _steps(form: EstimateForm, order: Order) -> dict:
    """The steps, each beside what like jobs took there; their hours in all; the services that tell no time."""
    names = {centre.pk: centre.name for centre in form.basis.centres}
    usual = {centre: _usual(taken) for centre, taken in _typical(form, order).items()}
    silent = [row.priced.service for row in form.services if row.priced and not row.priced.tariff.work_centre_id]
    return {
        "typed": [(row, usual.get(row.typed.get("centre"), "")) for row in form.typed_steps],
        "derived": [(names.get(step.work_centre, ""), step, usual.get(step.work_centre, "")) for step in form.steps],
        "minutes": sum(step.minutes for step in form.steps),
        "silent": silent,
        "done": form.basis.done,
    }


def _typical(form: EstimateForm, order: Order) -> dict[int, Typical]:
    """Of the chosen kind of job where there are any, else of all jobs of that workshop."""
    kind = form.cleaned_data.get("job_kind")
    return (kind and typical_minutes(kind, order.service)) or typical_minutes(None, order.service)


def _usual(taken: Typical) -> str:
    return f"{jam_kerja(taken.minutes)}, dari {taken.orders} pekerjaan"


def _trail(order: Order) -> list[AuditEntry]:
    """What was said when: the entries whose notes the workshop should read, the oldest first. One query."""
    wanted = {*ANSWERS, *WORDS.get(Stage(order.stage), {})}
    said = AuditEntry.objects.filter(subject_kind=SUBJECT, subject_id=str(order.pk), verb__in=wanted)
    return list(said.order_by("id"))


def _words(order: Order, trail: list[AuditEntry]) -> dict | None:
    headings = WORDS.get(Stage(order.stage), {})
    entry = next((entry for entry in reversed(trail) if entry.verb in headings), None)
    if entry is None or not entry.note:
        return None
    return {"heading": headings[entry.verb], "entry": entry, "via": ANSWERED_VIA.get(entry.after.get("via", ""), "")}
