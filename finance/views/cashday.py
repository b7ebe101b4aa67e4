"""The end of the day: the till counted, checked and closed; and the closed days of a month."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from balai import clock
from balai.documents import render_pending
from balai.months import choices
from balai.rows import unjudged
from balai.views.attempt import attempt
from finance.cashday import Intent, check_count, close_day, last_closing, today_tally
from finance.forms import CountForm
from finance.models import CashDay
from finance.till import is_closed
from finance.views.access import insist_on_reader, insist_on_treasurer
from orders.views.books import asked_month


@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest) -> HttpResponse:
    """What the till must hold, how much of each note lies in it, and the day closed."""
    insist_on_treasurer(request.user, "Penutupan kas")
    form = CountForm(request.POST if request.method == "POST" else None, expected=today_tally().expected)
    step = request.POST.get("langkah", "periksa")
    if step == "ubah":
        unjudged(form)
    elif step == "tutup":
        if closed := attempt(form, lambda key: close_day(Intent(request.user, key), form.count)):
            render_pending([closed.paper_id])
            messages.success(request, "Kas hari ini ditutup.")
            return redirect("dokumen-lihat", closed.paper_id)
    elif now := attempt(form, lambda key: check_count(request.user, form.count)):
        return render(request, "finance/closing_check.html", {"tally": now, "form": form, "count": form.count})
    now, closed = today_tally(), is_closed(clock.today())
    form.see(now.expected)
    context = {"tally": now, "closed": closed, "last": last_closing() if closed else None, "form": form}
    context["errors"] = form.error_summary if form.is_bound else []
    return render(request, "finance/closing.html", context, status=form.status)


@require_GET
def closings(request: HttpRequest) -> HttpResponse:
    """The closed days of a month, for keuangan, pimpinan and admin."""
    insist_on_reader(request.user, "Buku kas harian")
    month = asked_month(request)
    days = CashDay.objects.filter(day__gte=month.start.date(), day__lt=month.end.date())
    context = {"days": days.select_related("paper").order_by("day"), "month": month}
    context["months"] = choices(clock.today(), month)
    return render(request, "finance/closings.html", context)
