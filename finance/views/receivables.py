"""Piutang: open bills by age, on screen and as Excel."""

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from balai import clock
from balai.office import get_office
from balai.tables import excel_response
from finance import receivables
from finance.views.access import insist_on_reader

PER_PAGE = 50
WHAT = "Piutang"


@require_GET
def open_bills(request: HttpRequest) -> HttpResponse:
    """Who owes what since when, the oldest first, for keuangan, pimpinan and admin."""
    insist_on_reader(request.user, WHAT)
    office, today = get_office(), clock.today()
    page = Paginator(receivables.unpaid(), PER_PAGE).get_page(request.GET.get("halaman"))
    ages = receivables.ages(today)
    context = {
        "office": office,
        "today": today,
        "page": page,
        "rows": [receivables.receivable(order, office, today) for order in page],
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
