"""The order page, and how a step's form stands in its card: next action first, then goods, papers and the past."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BooleanField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from balai.forms import BalaiBoundField, KeyedForm
from balai.roles import insist_on_role
from orders import actions
from orders.forms.stepform import StepForm
from orders.forms.steps import next_form
from orders.models import Order
from orders.orderpage import describe
from orders.permissions import Because, can
from orders.stages import STAGES, Stage
from orders.steps import Step, next_step
from orders.views.flow import attempt, onward, renew


def access_order(pk: int) -> Order:
    """The order with customer, estimate and change. Raises Http404 when there is none."""
    return get_object_or_404(Order.objects.select_related("customer", "estimate", "change"), pk=pk)


@require_GET
def order_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The order, with the form of the step it waits for when this user may do it."""
    insist_on_role(request.user)
    order = access_order(pk)
    name, step = next_step(request.user, order) or ("", None)
    if step and not step.inline:
        return _render(request, order, link=_link_to(step, order))
    return _render(request, order, name, next_form(name, order))


def show_step(
    request: HttpRequest, order: Order, step_name: str, form: KeyedForm, status: int = 200, **extra
) -> HttpResponse:
    """The order page with this form in its card, drawn by `orders/steps/<step_name>.html`.

    That template gets `order`, `form` and `extra`; it writes the card's h2 (id "berikut") and the form element.
    """
    return _render(request, order, step_name, form, status, **extra)


def not_now(request: HttpRequest, order: Order, verbs: Iterable[str]) -> HttpResponse | None:
    """None when the user may do one of the verbs, or sends a form, which its action judges.

    Otherwise the way back to the order with the reason. Raises PermissionDenied when the role is missing.
    """
    verdicts = [can(request.user, verb, order) for verb in verbs]
    if all(verdict.because == Because.ROLE for verdict in verdicts):
        raise PermissionDenied(verdicts[0].reason)
    if request.method == "POST" or any(verdict.ok for verdict in verdicts):
        return None
    reason = next(verdict.reason for verdict in verdicts if verdict.because != Because.ROLE)
    messages.warning(request, reason)
    return redirect("pesanan-satu", order.pk)


def answer_step(request: HttpRequest, pk: int, form_class: type[StepForm]) -> HttpResponse:
    """One step answered in the card: show its form, or run the action that was chosen in it."""
    order = access_order(pk)
    refusal = not_now(request, order, form_class.answers)
    if refusal or request.method != "POST":
        return refusal or show_step(request, order, form_class.step_name(order), form_class(order=order))
    form = form_class(request.POST, request.FILES, order=order)
    outcome = attempt(request, form, lambda intent: getattr(actions, form.action)(pk, intent, **form.arguments))
    if outcome:
        messages.success(request, form.done)
        return onward(outcome)
    order = access_order(pk)
    if not form.still_fits(order):
        return order_moved_on(request, order, form)
    return show_step(request, order, form_class.step_name(order), renew(form, order), form.status)


def order_moved_on(request: HttpRequest, order: Order, form: KeyedForm) -> HttpResponse:
    """HTTP 409: the order has left the step of this refused form. Says why, and what was typed, to be copied."""
    typed = [field for field in form if field.name not in KeyedForm.base_fields and field.value()]
    context = {
        "reason": " ".join(form.non_field_errors()),
        "url": reverse("pesanan-satu", args=[order.pk]),
        "typed": [{"label": field.plain_label, "value": _as_read(field)} for field in typed],
    }
    return render(request, "409.html", context, status=409)


def _link_to(step: Step, order: Order) -> dict[str, str]:
    """The card of a step that has a page of its own."""
    label = step.label or STAGES[Stage(order.stage)].duty
    return {"url": reverse(step.url, args=[order.pk]), "title": step.heading, "label": label}


def _as_read(field: BalaiBoundField) -> str:
    """What was typed; of a choice, the words that were chosen."""
    if isinstance(field.field, BooleanField):
        return "Ya"
    return dict(getattr(field.field, "choices", ())).get(field.value(), field.value())


def _render(
    request: HttpRequest,
    order: Order,
    step_name: str = "",
    form: KeyedForm | None = None,
    status: int = 200,
    **extra,
) -> HttpResponse:
    context = describe(order, request.user) | extra
    if form:
        context |= {"form": form, "step_template": f"orders/steps/{step_name}.html"}
    return render(request, "orders/page.html", context, status=status)
