"""The monthly report, what came in of the year's target, and the targets themselves."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from balai import clock
from balai.months import Month, Year, choices
from balai.roles import Role, roles_of
from balai.views.attempt import attempt
from finance.accounts import known_accounts, targets_of
from finance.monthcheck import closing_of, points
from finance.realisation import realisation
from finance.report import days_left, due_on, month_report, month_ways
from finance.targetform import TargetsForm
from finance.targets import Intent, set_targets
from finance.views.access import insist_on_reader
from orders.views.books import asked_month

BACK = 2  # years before this one


@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """The laporan pertanggungjawaban of a month, for keuangan, pimpinan and admin."""
    insist_on_reader(request.user, "Laporan pertanggungjawaban")
    month = asked_month(request)
    context = {
        "report": month_report(month),
        "ways": month_ways(month),
        "month": month,
        "months": choices(clock.today(), month),
        "due": due_on(month),
        "days_left": days_left(month),
        "closed": closing_of(month),
        "points": points(month),
        "may_close": Role.KEUANGAN in roles_of(request.user),
        "now": clock.now() if month == Month.of(clock.today()) else None,
    }
    return render(request, "finance/report.html", context)


@require_GET
def realised(request: HttpRequest) -> HttpResponse:
    """What came in of the year's target by month, with a plot."""
    insist_on_reader(request.user, "Realisasi penerimaan")
    year = _asked_year(request)
    context = {"figures": realisation(year), "year": year, "years": _years(year)}
    context["may_change"] = Role.PIMPINAN in roles_of(request.user)
    return render(request, "finance/realisation.html", context)


@require_http_methods(["GET", "POST"])
def targets(request: HttpRequest) -> HttpResponse:
    """The targets of a year, changed by pimpinan."""
    if Role.PIMPINAN not in roles_of(request.user):
        raise PermissionDenied("Target hanya diubah oleh pimpinan.")
    year = _asked_year(request)
    former = targets_of(year.year)
    accounts = sorted({*known_accounts(), *former})
    form = TargetsForm(request.POST if request.method == "POST" else None, accounts=accounts, former=former)
    if attempt(form, lambda key: set_targets(Intent(request.user, key), form.targets(year.year))):
        messages.success(request, f"Target {year} disimpan.")
        return redirect(f"{reverse('laporan-realisasi')}?tahun={year}")
    context = {"form": form, "year": year, "years": _years(year)}
    context["errors"] = form.error_summary if form.is_bound else []
    return render(request, "finance/targets.html", context, status=form.status)


def _asked_year(request: HttpRequest) -> Year:
    """The year of `?tahun=`; this one without it, and with a word about it where it is none."""
    this_year = Year(clock.today().year)
    try:
        return Year.parse(request.GET.get("tahun") or str(this_year))
    except ValueError:
        messages.warning(request, f"Tahun itu tidak ada. Yang tampil adalah {this_year}.")
        return this_year


def _years(chosen: Year) -> list[Year]:
    this = clock.today().year
    return sorted({chosen, *(Year(this + 1 - back) for back in range(BACK + 2))}, reverse=True)
