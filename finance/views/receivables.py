"""Piutang: open bills by age, on screen and as Excel."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from balai import clock
from balai.forms import KeyedForm
from balai.models import User
from balai.office import get_office
from balai.tables import excel_response
from finance import receivables
from finance.receivables import Receivable
from finance.reminders import Reminded, last_reminders, remind
from finance.views.access import insist_on_reader
from orders.permissions import can
from orders.views.flow import attempt, onward
from orders.views.page import access_order, not_now

PER_PAGE = 50
WHAT = "Piutang"


@require_GET
def open_bills(request: HttpRequest) -> HttpResponse:
    """Who owes what since when, the oldest first, for keuangan, pimpinan and admin."""
    insist_on_reader(request.user, WHAT)
    office, today = get_office(), clock.today()
    page = Paginator(receivables.unpaid(), PER_PAGE).get_page(request.GET.get("halaman"))
    ages = receivables.ages(today)
    bills = [receivables.receivable(order, office, today) for order in page]
    reminded = last_reminders(page)
    context = {
        "office": office,
        "today": today,
        "page": page,
        "rows": [_row(request.user, bill, reminded.get(bill.order.pk), today) for bill in bills],
        "ages": ages,
        "amount": sum(age.amount for age in ages),
    }
    return render(request, "finance/receivables.html", context)


@require_GET
def open_bills_excel(request: HttpRequest) -> FileResponse:
    """All of them as an Excel file."""
    insist_on_reader(request.user, WHAT)
    today = clock.today()
    rows = receivables.table_rows(get_office())
    return excel_response(f"piutang-{today}", f"Piutang per {today}", receivables.COLUMNS, rows)


@require_POST
def remind_payer(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a surat teguran and open it to be printed; a refusal is read above the list."""
    order = access_order(pk)
    if refusal := not_now(request, order, ["remind"]):
        return refusal
    form = KeyedForm(request.POST)
    outcome = attempt(request, form, lambda intent: remind(order.pk, intent))
    if outcome:
        return onward(outcome)
    for fault in form.error_summary:
        messages.warning(request, fault.message)
    return redirect("piutang")


def _row(user: User, bill: Receivable, reminded: Reminded | None, today: date) -> dict:
    """A bill, its last surat teguran, and the button for the next one where this user may press it today."""
    order = bill.order
    due = bill.to_remind and not (reminded and reminded.on == today) and can(user, "remind", order).ok
    form = KeyedForm(version=order.version) if due else None
    return {"bill": bill, "reminded": reminded, "form": form}
