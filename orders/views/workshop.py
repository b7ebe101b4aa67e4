"""The production board, and the small pages its buttons lead to: a step done, what is left of one, the work held."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from balai.forms import KeyedForm
from balai.office import get_office
from balai.roles import acting_role, insist_on_role
from balai.views.live import live
from orders import actions
from orders.board import board_of
from orders.deadlines import Deadlines
from orders.forms.board import TapForm
from orders.forms.production import HoldForm, StepDoneForm, StepLeftForm
from orders.jobpage import current_of
from orders.models import JobStep, Order
from orders.permissions import can, roles_for
from orders.views.flow import attempt, renew
from orders.views.page import access_order, not_now, order_moved_on

TAP = "X-Ketuk"  # of a form that static/js/taps.js sends, and sends again until it is answered
WALL = "dinding"
DONE = {"finish_step": "Tahap {step} selesai.", "note_left": "Sisa tahap {step} dicatat."}


@require_http_methods(["GET", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """What waits, is worked on, is held, and was finished today; `?layar=dinding` for a screen on the wall.

    A tap on Mulai or Lanjutkan comes back here as a form.
    """
    insist_on_role(request.user)
    if request.method == "POST":
        return _tapped(request)
    layout = request.GET.get("layar", "")
    return live(request, f"bengkel {request.user.pk} {layout}", lambda asked, frame: _board(asked, frame, 200))


@require_http_methods(["GET", "POST"])
def step_done(request: HttpRequest, pk: int) -> HttpResponse:
    """The current step is done: how long it took, with a photo if there is one."""
    return _of_step(request, pk, "finish_step", StepDoneForm, "orders/step_done.html")


@require_http_methods(["GET", "POST"])
def step_left(request: HttpRequest, pk: int) -> HttpResponse:
    """What is left to do of the current step."""
    return _of_step(request, pk, "note_left", StepLeftForm, "orders/step_left.html")


@require_http_methods(["GET", "POST"])
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Why the work stops."""
    order = access_order(pk)
    if refusal := not_now(request, order, ["hold"]):
        return refusal
    form = HoldForm(request.POST or None, order=order)
    if request.method == "POST":
        if attempt(request, form, lambda intent: actions.hold(pk, intent, **form.arguments)):
            return _answered(request, "Pekerjaan ditunda.")
        order = access_order(pk)
        if not can(request.user, "hold", order).ok:
            return order_moved_on(request, order, form)
        form = renew(form, order)
    return _small(request, "orders/hold.html", form, order)


def _of_step(request: HttpRequest, pk: int, verb: str, asks: type[StepLeftForm], template: str) -> HttpResponse:
    step = get_object_or_404(JobStep.objects.select_related("order", "work_centre"), pk=pk)
    order = access_order(step.order_id)
    if refusal := not_now(request, order, [verb]) or _not_the_turn_of(request, step):
        return refusal
    form = asks(request.POST or None, request.FILES or None, step=step)
    if request.method == "POST":
        if attempt(request, form, lambda intent: getattr(actions, verb)(order.pk, intent, **form.arguments)):
            return _answered(request, DONE[verb].format(step=step.label))
        if TAP in request.headers:
            return _refused(form)
        order = access_order(order.pk)
        if step != current_of(order):
            return order_moved_on(request, order, form)
        form = renew(form, order)
    return _small(request, template, form, order, step=step)


def _not_the_turn_of(request: HttpRequest, step: JobStep) -> HttpResponse | None:
    """Back to the board from the page of a step that is done, or that waits for another; a form is for its action."""
    current = current_of(step.order)
    if request.method == "POST" or step == current:
        return None
    messages.warning(request, f"Tahap yang sekarang dikerjakan adalah {current.label}.")
    return redirect("bengkel")


def _tapped(request: HttpRequest) -> HttpResponse:
    if acting_role(request.user, roles_for("start")) is None:
        raise PermissionDenied("Papan bengkel dijalankan oleh bagian bengkel.")
    form = TapForm(request.POST, user=request.user)
    outcome = attempt(request, form, lambda intent: getattr(actions, form.verb)(form.order, intent))
    if outcome:
        return _answered(request, form.done)
    if TAP in request.headers:
        return _refused(form)
    for fault in form.error_summary:
        messages.warning(request, fault.message)
    return _board(request, {"frame": "base.html", "live_version": ""}, form.status)


def _board(request: HttpRequest, frame: dict, status: int) -> HttpResponse:
    office = get_office()
    deadlines, is_wall = Deadlines(office), request.GET.get("layar") == WALL
    may_work = not is_wall and acting_role(request.user, roles_for("start")) is not None
    context = {"office": office, "today": deadlines.today, "is_wall": is_wall, "may_work": may_work}
    return render(request, "orders/board.html", context | board_of(deadlines) | frame, status=status)


def _answered(request: HttpRequest, words: str) -> HttpResponse:
    """To the board; to a script the words alone."""
    if TAP in request.headers:
        return HttpResponse(words, content_type="text/plain")
    messages.success(request, words)
    return redirect("bengkel")


def _refused(form: KeyedForm) -> HttpResponse:
    """Why, in words, for a script."""
    words = " ".join(fault.message for fault in form.error_summary)
    return HttpResponse(words, content_type="text/plain", status=form.status)


def _small(request: HttpRequest, template: str, form: KeyedForm, order: Order, **more) -> HttpResponse:
    context = {"form": form, "order": order, "errors": form.error_summary if form.is_bound else []} | more
    return render(request, template, context, status=form.status)
