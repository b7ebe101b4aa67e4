"""A month closed for good, and the Excel file it was closed with."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from balai.documents import render_pending
from balai.months import Month
from balai.tables import EXCEL
from balai.views.attempt import attempt
from finance.models import MonthClosing
from finance.monthcheck import closing_of, faults, points
from finance.monthclosing import Intent, close_month
from finance.monthform import CloseMonthForm
from finance.report import Sums
from finance.sums import brought_forward, deposited, received
from finance.views.access import insist_on_reader, insist_on_treasurer
from orders.views.books import asked_month

FAULTS = 20  # named on the page


@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest) -> HttpResponse:
    """What the month comes to, what stands in the way, and the month closed."""
    insist_on_treasurer(request.user, "Penutupan bulan")
    month = asked_month(request)
    form = CloseMonthForm(request.POST if request.method == "POST" else None)
    if closed := attempt(form, lambda key: close_month(Intent(request.user, key), form.data_of(month))):
        render_pending([closed.book_id, closed.report_id])
        messages.success(request, f"{month.label} ditutup. Buku dan laporannya terbit.")
        return redirect(f"{reverse('laporan-lpj')}?bulan={month}")
    sums = _sums(month)
    form.see(sums)
    context = {"month": month, "sums": sums, "closed": closing_of(month), "form": form}
    if not context["closed"]:
        context |= {"points": points(month), "faults": faults(month)[:FAULTS]}
        context["may_close"] = not context["faults"] and not any(point.blocks for point in context["points"])
    context["errors"] = form.error_summary if form.is_bound else []
    return render(request, "finance/month_closing.html", context, status=form.status)


@require_GET
def excel(request: HttpRequest) -> HttpResponse:
    """The book of a closed month as it was, byte by byte."""
    insist_on_reader(request.user, "Buku penerimaan")
    month = asked_month(request)
    kept = MonthClosing.objects.filter(first_day=month.start.date()).values_list("excel", flat=True).first()
    if kept is None:
        raise Http404(f"{month.label} is not closed")
    name = f"buku-penerimaan-{month}-ditutup.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(bytes(kept), content_type=EXCEL, headers=headers)


def _sums(month: Month) -> Sums:
    got, gone = received(month), deposited(month)
    return Sums(got, gone, brought_forward(month) + got - gone)
