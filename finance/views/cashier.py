"""SOP 6, pembayaran retribusi: the cashier's desk and the payment of one order."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from balai import clock, numbering
from balai.documents import KINDS, Kind
from balai.office import get_office
from balai.roles import Role, roles_of
from balai.text import single_line
from finance import desk
from finance.deposits import in_hand
from finance.forms import PaymentForm
from finance.ledger import check_payment, record_payment
from finance.lookup import not_waiting
from finance.till import is_closed
from finance.views.moved import moved_on
from orders.deadlines import Deadlines, payment_due
from orders.models import Order
from orders.pricing import bill_accounts
from orders.queries import current_order_letter
from orders.search import exact
from orders.stages import Stage
from orders.views.flow import attempt, onward, renew
from orders.views.page import access_order, not_now


@require_GET
def cashier(request: HttpRequest) -> HttpResponse:
    """Who is to pay and what came in today; a number that means one order opens its payment or says why not."""
    if Role.KEUANGAN not in roles_of(request.user):
        raise PermissionDenied("Kasir hanya untuk bagian keuangan.")
    text = single_line(request.GET.get("q", ""))
    meant = exact(text)
    if meant and access_order(meant).stage == Stage.PEMBAYARAN:
        return redirect("pembayaran", meant)
    office = get_office()
    deadlines = Deadlines(office)
    context = {
        "office": office,
        "text": text,
        "queue": desk.waiting(deadlines, text),
        "not_waiting": not_waiting(text, meant, deadlines) if text else [],
        "cash_day": desk.cash_day(deadlines.today),
        "in_hand": in_hand(),
        "closed": is_closed(deadlines.today),
    }
    return render(request, "finance/cashier.html", context)


@require_http_methods(["GET", "POST"])
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """The payment of one order: typed, checked, issued."""
    order = access_order(pk)
    if refusal := not_now(request, order, ["settle"]):
        return refusal
    if request.method == "GET":
        return _payment_page(request, order, PaymentForm(order=order))
    return _pay(request, order, request.POST.get("langkah", "periksa"))


def _pay(request: HttpRequest, order: Order, step: str) -> HttpResponse:
    form = PaymentForm(request.POST, order=order)
    if step == "ubah":
        return _payment_page(request, order, form)
    if step == "terbitkan":
        outcome = attempt(request, form, lambda intent: record_payment(order.pk, intent, form.payment))
        if outcome:
            messages.success(request, "Pembayaran diterima dan tercatat di buku penerimaan.")
            return onward(outcome)
    elif attempt(request, form, lambda intent: check_payment(order, intent, form.payment)):
        return _check_page(request, order, form)
    order = access_order(order.pk)
    if order.stage != Stage.PEMBAYARAN:
        return moved_on(request, order, form)
    return _payment_page(request, order, renew(form, order))


def _payment_page(request: HttpRequest, order: Order, form: PaymentForm) -> HttpResponse:
    context = {
        "order": order,
        "form": form,
        "letter": current_order_letter(order),
        "lines": order.estimate.lines.filter(amount__gt=0),
        "due": payment_due(order, get_office()),
        "cash_day": desk.cash_day(clock.today()),
    }
    return render(request, "finance/payment.html", context, status=form.status)


def _check_page(request: HttpRequest, order: Order, form: PaymentForm) -> HttpResponse:
    office, today = get_office(), clock.today()
    context = {
        "office": office,
        "order": order,
        "form": form,
        "letter": current_order_letter(order),
        "accounts": bill_accounts(order),
        "today": today,
        "next_number": numbering.peek(KINDS[Kind.RECEIPT].register, today, office),
    }
    return render(request, "finance/check.html", context)
