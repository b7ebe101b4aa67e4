"""The settings of the office, for its admin: what is in force, one page for each matter, who signs."""

import re
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from balai import clock
from balai.forms import KeyedForm
from balai.holidayform import HolidayForm
from balai.models import Holiday, Office, Signatory
from balai.office import get_office
from balai.officechanges import Intent, change_holiday, change_office, change_signatory
from balai.officeforms import NumbersForm
from balai.officepage import overview
from balai.officesections import SECTIONS
from balai.roles import insist_on_admin, insist_on_role
from balai.rows import unjudged
from balai.signatoryform import SignatoryForm
from balai.views.attempt import attempt

SAVED = "Pengaturan disimpan. Berlaku untuk surat yang terbit sesudah ini."
SAVED_HOLIDAYS = "Hari libur disimpan. Tenggat pesanan yang berjalan ikut berubah."
SAME = "Tidak ada yang berubah."


@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    """What is in force, and what was changed last."""
    insist_on_admin(request.user)
    return render(request, "balai/kantor.html", overview(get_office()))


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, name: str) -> HttpResponse:
    """One matter of the settings."""
    insist_on_admin(request.user)
    form_class = SECTIONS.get(name)
    if form_class is None:
        raise Http404("Tidak ada pengaturan seperti itu.")
    office = get_office()
    form = form_class(*_sent(request), office=office)
    if request.POST.get("langkah") == "lihat":
        unjudged(form)
    elif saved := _save(request, form, lambda intent: change_office(intent, form.values)):
        return saved
    context = {"office": office, "form": form, "errors": form.error_summary if form.is_bound else []}
    template = "balai/kantor_nomor.html" if form_class is NumbersForm else "balai/kantor_bagian.html"
    return render(request, template, context, status=form.status)


@require_http_methods(["GET", "POST"])
def signatory(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Who signs: a new one, or one as it should be."""
    insist_on_admin(request.user)
    office, found = get_office(), get_object_or_404(Signatory, pk=pk) if pk else None
    form = SignatoryForm(*_sent(request), office=office, signatory=found)
    if saved := _save(request, form, lambda intent: change_signatory(intent, form.signatory_data, pk)):
        return saved
    context = {"office": office, "form": form, "signatory": found}
    context["errors"] = form.error_summary if form.is_bound else []
    return render(request, "balai/kantor_penanda_tangan.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
def holidays(request: HttpRequest) -> HttpResponse:
    """The holidays of a year: one is added or taken away at a time."""
    insist_on_admin(request.user)
    office, year = get_office(), _asked_year(request.GET.get("tahun", ""))
    form = HolidayForm(*_sent(request), office=office)

    def change(intent: Intent) -> bool:
        return change_holiday(intent, form.cleaned_data["day"], form.cleaned_data["name"])

    if saved := _save(
        request, form, change, f"{reverse('kantor-libur')}?tahun={_year_of(form) or year}", SAVED_HOLIDAYS
    ):
        return saved
    context = {"office": office, "form": form, "year": year, "holidays": Holiday.objects.filter(day__year=year)}
    context["errors"] = form.error_summary if form.is_bound else []
    return render(request, "balai/kantor_libur.html", context, status=form.status)


@require_GET
def emblem(request: HttpRequest) -> HttpResponse:
    """The emblem that papers carry now."""
    insist_on_role(request.user)
    current = get_object_or_404(Office.objects.select_related("emblem"), emblem__isnull=False).emblem
    response = HttpResponse(current.png, content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


def _sent(request: HttpRequest) -> tuple:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _asked_year(text: str) -> int:
    """The year that is asked for; this one for anything else."""
    return int(text) if re.fullmatch("20[0-9]{2}", text) else clock.today().year


def _year_of(form: HolidayForm) -> int | None:
    """The year of the day that was typed, so that the page shows it afterwards."""
    return form.cleaned_data["day"].year if form.is_bound and form.is_valid() else None


def _save(
    request: HttpRequest, form: KeyedForm, change: Callable[[Intent], bool], onward: str = "kantor", saved: str = SAVED
) -> HttpResponse | None:
    changed = attempt(form, lambda key: change(Intent(request.user, key, form.cleaned_data["versi"] or 0)))
    if changed is not None:
        messages.success(request, saved) if changed else messages.info(request, SAME)
        return redirect(onward)
    if form.is_bound:
        form.renew(get_office().version)
    return None
