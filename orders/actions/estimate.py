"""SOP 3, memperkirakan waktu dan biaya: the workshop's estimate in versions, also as a change during production."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta

from balai.kinds import Kind
from balai.models import Document
from balai.office import get_office, holidays
from balai.workdays import add_workdays, is_workday
from orders import papers
from orders.actions.frame import Acting, ActionRefused, Intent, Outcome, perform
from orders.actions.wording import required
from orders.drawingstore import mark_seen
from orders.models import Estimate, Order, Tariff
from orders.pricing import LineData, PricingError, price_lines, total
from orders.queries import current_order_letter, last_estimate_sheet
from orders.worktime import StepData, as_rows, derived_steps

REFUSED = Estimate.Status.REFUSED


@dataclass(frozen=True)
class EstimateData:
    """An estimate as it was typed. `days` are working days, the starting day counted as the first.

    Without `steps` the services say what is done where and for how long. `is_forced` promises a day that the queue
    ahead does not allow.
    """

    lines: tuple[LineData, ...]
    days: int
    starts_on: date
    note: str = ""
    steps: tuple[StepData, ...] = ()
    job_kind: int | None = None
    is_forced: bool = False


def save_estimate(order_id: int, intent: Intent, data: EstimateData) -> Outcome:
    """Keep the unsent version for later."""

    def effect(acting: Acting) -> None:
        _write_draft(acting, data)

    return perform("save_estimate", order_id, intent, asdict(data), effect)


def offer(order_id: int, intent: Intent, data: EstimateData) -> Outcome:
    """Send the estimate to the front desk, with the lembar estimasi for the customer.

    Raises ActionRefused when it has no price or an impossible date.
    """

    def effect(acting: Acting) -> None:
        acting.order.estimate = _send(acting, data)
        _issue_sheet(acting, acting.order.estimate)

    return perform("offer", order_id, intent, asdict(data), effect)


def offer_change(order_id: int, intent: Intent, data: EstimateData, *, reason: str) -> Outcome:
    """Offer other terms for work under way; the order waits for the customer's answer (DESIGN.md 2)."""
    reason = required(reason, "Tulis alasan perubahan.")

    def effect(acting: Acting) -> None:
        change = _send(acting, data)
        change.is_change = True
        change.reason = reason
        change.save(update_fields=["is_change", "reason"])
        acting.order.change = change
        _issue_sheet(acting, change, current_order_letter(acting.order))

    return perform("offer_change", order_id, intent, asdict(data) | {"reason": reason}, effect, note=reason)


def decline(order_id: int, intent: Intent, *, reason: str) -> Outcome:
    """The workshop cannot do it; the front desk decides again. Raises ActionRefused without a reason."""
    reason = required(reason, "Tulis alasan bengkel tidak sanggup.")
    return perform("decline", order_id, intent, {"reason": reason}, note=reason)


def finish_date(starts_on: date, days: int, closed: frozenset[date]) -> date:
    """The last working day of the job, the starting day counted as the first."""
    return add_workdays(starts_on, days - 1, closed)


def _send(acting: Acting, data: EstimateData) -> Estimate:
    estimate = _write_draft(acting, data)
    if estimate.total == 0:
        raise ActionRefused("Estimasi belum bernilai. Isi paling sedikit satu jasa atau bahan dari balai.")
    if not (estimate.steps.exists() or acting.order.steps.exclude(done_at=None).exists()):
        raise ActionRefused("Isi paling sedikit satu langkah kerja beserta jamnya.")
    estimate.status = Estimate.Status.OFFERED
    estimate.offered_at = acting.at
    estimate.valid_until = acting.today + timedelta(days=get_office().offer_valid_days)
    estimate.save(update_fields=["status", "offered_at", "valid_until"])
    acting.facts |= {"estimate": estimate.version, "amount": estimate.total, "days": estimate.days}
    if estimate.is_forced:
        acting.facts |= {"forced": True}
    return estimate


def _issue_sheet(acting: Acting, estimate: Estimate, letter: Document | None = None) -> None:
    """Issue the lembar estimasi. It replaces the last one, unless that one was agreed to and `letter` stands on it."""
    former = last_estimate_sheet(acting.order)
    if former and not acting.order.estimates.filter(version=former.payload["body"]["version"], status=REFUSED).exists():
        former = None
    sheet = acting.issue(Kind.ESTIMATE_SHEET, papers.estimate_sheet(acting.order, estimate, letter), replaces=former)
    acting.facts |= {"paper": sheet.printed_number}


def _write_draft(acting: Acting, data: EstimateData) -> Estimate:
    """Replace the order's unsent version, or begin the next one."""
    order, closed = acting.order, holidays()
    _check_dates(data, acting.today, closed)
    _hold_tariffs(data)
    try:
        lines = price_lines(data.lines, acting.today, get_office().material_account)
    except PricingError as error:
        raise ActionRefused(str(error)) from error
    order.estimates.filter(status=Estimate.Status.DRAFT).delete()
    estimate = Estimate.objects.create(
        order=order,
        version=_next_version(order),
        days=data.days,
        starts_on=data.starts_on,
        finish_on=finish_date(data.starts_on, data.days, closed),
        note=data.note,
        total=total(lines),
        job_kind_id=data.job_kind,
        is_forced=data.is_forced,
        made_by=acting.by,
    )
    steps = as_rows(data.steps or derived_steps(lines, order.steps.exclude(done_at=None)))
    for row in (*lines, *steps):
        row.estimate = estimate
    estimate.lines.bulk_create(lines)
    estimate.steps.bulk_create(steps)
    mark_seen(order.drawings.all(), acting.at)  # whoever estimates has looked at the drawings
    return estimate


def _hold_tariffs(data: EstimateData) -> None:
    """Whoever changes these tariffs meanwhile was first, or waits. SQLite lets nobody else write anyway."""
    used = [line.tariff_id for line in data.lines if line.tariff_id]
    list(Tariff.objects.select_for_update().filter(pk__in=used).order_by("pk"))


def _check_dates(data: EstimateData, today: date, closed: frozenset[date]) -> None:
    if data.days < 1:
        raise ActionRefused("Lama pengerjaan paling sedikit 1 hari kerja.")
    if data.starts_on < today:
        raise ActionRefused("Tanggal mulai sudah lewat. Pilih hari ini atau sesudahnya.")
    if not is_workday(data.starts_on, closed):
        raise ActionRefused("Tanggal mulai jatuh pada hari libur. Pilih hari kerja.")


def _next_version(order: Order) -> int:
    last = order.estimates.order_by("-version").values_list("version", flat=True).first()
    return (last or 0) + 1
