"""SOP 5, produksi: the steps of the work are done one after another, photographed, and planned anew when need be."""

from collections.abc import Sequence

from django.db.models import F

from balai.formats import waktu
from balai.uploads import Checked
from orders.actions.frame import Acting, ActionRefused, Intent, Outcome, perform
from orders.actions.photos import keep_photo, print_of
from orders.actions.steps import issue_work_order
from orders.models import JobStep, Order, WorkCentre
from orders.permissions import Because
from orders.queries import current_order_letter

AWAY = 10_000  # where positions go while they change places: two of an order may never be the same


def finish_step(order_id: int, intent: Intent, *, step: int, minutes: int, photo: Checked | None = None) -> Outcome:
    """The current step (its id) is done and took these minutes.

    Raises ActionRefused for another step than the first open one, saying who did it when it is done already.
    """

    def effect(acting: Acting) -> None:
        current = _current(acting.order, step)
        done(acting, current, minutes)
        keep_photo(acting, photo, current)
        acting.facts |= {"step": current.label, "minutes": minutes}

    # The photo is no part of what is asked: a phone that heard no answer may send the rest of it again without.
    return perform("finish_step", order_id, intent, {"step": step, "minutes": minutes}, effect)


def note_left(order_id: int, intent: Intent, *, step: int, minutes: int) -> Outcome:
    """So many minutes are left of the current step (its id); the plan counts these until it is done or told anew.

    Raises ActionRefused for another step than the first open one, and when nothing is left.
    """

    def effect(acting: Acting) -> None:
        current = _current(acting.order, step)
        if minutes < 1:
            raise ActionRefused(f"Isi sisa jam untuk {current.label}, atau catat tahapnya selesai.")
        current.left_minutes = minutes
        current.save(update_fields=["left_minutes"])
        acting.facts |= {"step": current.label, "minutes": minutes}

    return perform("note_left", order_id, intent, {"step": step, "minutes": minutes}, effect)


def add_photo(order_id: int, intent: Intent, photo: Checked) -> Outcome:
    """A photo of the work, of no step in particular."""
    return perform("add_photo", order_id, intent, print_of(photo), lambda acting: keep_photo(acting, photo))


def replan(order_id: int, intent: Intent, plan: Sequence[tuple[int, int]]) -> Outcome:
    """The open steps in another order, or at other work centres: pairs of a step's id and a work centre's id.

    A new surat perintah kerja replaces the former. Raises ActionRefused when a step is missing, nothing changes, or
    a step is to move to a work centre that is out of use.
    """

    def effect(acting: Acting) -> None:
        order = acting.order
        steps = {step.pk: step for step in order.steps.filter(done_at=None)}
        if sorted(step for step, _ in plan) != sorted(steps):
            raise ActionRefused("Sebut setiap tahap yang belum selesai, masing-masing sekali.")
        if list(plan) == [(step.pk, step.work_centre_id) for step in steps.values()]:
            raise ActionRefused("Rencana kerja tidak berubah. Pindahkan tahap atau pilih bagian kerja lain.")
        _check_centres(steps, plan)
        first = min(step.position for step in steps.values())
        for place, (key, centre) in enumerate(plan):
            steps[key].position, steps[key].work_centre_id = first + place, centre
        _write(order, list(steps.values()))
        work = issue_work_order(acting, current_order_letter(order))
        acting.facts |= {"work_order": work.printed_number}

    return perform("replan", order_id, intent, {"plan": [list(pair) for pair in plan]}, effect)


def done(acting: Acting, step: JobStep, minutes: int) -> None:
    """Write that a step is done. Raises ActionRefused without the time it took."""
    if minutes < 1:
        raise ActionRefused(f"Isi jam yang terpakai untuk {step.label}.")
    step.actual_minutes, step.done_at, step.done_by, step.left_minutes = minutes, acting.at, acting.by, None
    step.save(update_fields=["actual_minutes", "done_at", "done_by", "left_minutes"])


def _current(order: Order, wanted: int) -> JobStep:
    """The first open step, when that is the one that is wanted (its id). Raises ActionRefused when it is not."""
    current = order.steps.filter(done_at=None).select_related("work_centre").first()
    if current.pk != wanted:
        raise _not_current(order, wanted, current)
    return current


def _not_current(order: Order, wanted: int, current: JobStep) -> ActionRefused:
    former = order.steps.filter(pk=wanted).exclude(done_at=None).select_related("work_centre", "done_by").first()
    if former:
        who, when = former.done_by, waktu(former.done_at)
        return ActionRefused(f"Tahap {former.label} sudah dicatat selesai oleh {who} pada {when}.", Because.STAGE)
    return ActionRefused(f"Tahap yang sekarang dikerjakan adalah {current.label}.", Because.STAGE)


def _check_centres(steps: dict[int, JobStep], plan: Sequence[tuple[int, int]]) -> None:
    usable = set(WorkCentre.objects.filter(is_active=True).values_list("pk", flat=True))
    for key, centre in plan:
        if centre != steps[key].work_centre_id and centre not in usable:
            raise ActionRefused("Pilih bagian kerja yang masih dipakai.")


def _write(order: Order, steps: list[JobStep]) -> None:
    order.steps.filter(done_at=None).update(position=F("position") + AWAY)
    JobStep.objects.bulk_update(steps, ["position", "work_centre"])
