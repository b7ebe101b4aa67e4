"""What the workshop can do: work centres, what is out of service, kinds of jobs. Kept by bengkel and the admin."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from balai import clock
from balai.forms import KeyedForm
from balai.roles import Role
from orders.actions.workshop import ONLY_WORKSHOP, Saved, keep_centre, keep_kind, keep_outage, version_of
from orders.capacitypage import endangered, overview
from orders.forms.workshop import CentreForm, KindForm, OutageForm
from orders.models import JobKind, Outage, WorkCentre
from orders.views.flow import attempt
from orders.views.load import insist_on

KEEPERS = (Role.BENGKEL,)
PAGE = "bengkel-kapasitas"


@require_GET
def capacity(request: HttpRequest) -> HttpResponse:
    """What the workshop has, what is out of service, and what was changed last."""
    insist_on(request.user, KEEPERS, ONLY_WORKSHOP)
    return render(request, "orders/capacity.html", overview(clock.today()))


@require_http_methods(["GET", "POST"])
def centre(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new work centre, or one as it should be."""
    insist_on(request.user, KEEPERS, ONLY_WORKSHOP)
    found = get_object_or_404(WorkCentre, pk=pk) if pk else None
    form = CentreForm(request.POST or None, centre=found, version=version_of("work_centre", pk))
    if _saved(request, form, "work_centre", keep_centre, pk):
        messages.success(request, "Bagian kerja disimpan. Rencana bengkel langsung mengikutinya.")
        return redirect(PAGE)
    return _page(request, form, "Ubah bagian kerja" if found else "Bagian kerja baru")


@require_http_methods(["GET", "POST"])
def outage(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """What is out of service; once noted, the page says which promises that endangers."""
    insist_on(request.user, KEEPERS, ONLY_WORKSHOP)
    found = get_object_or_404(Outage.objects.select_related("work_centre", "noted_by"), pk=pk) if pk else None
    form = OutageForm(request.POST or None, outage=found, version=version_of("outage", pk))
    if saved := _saved(request, form, "outage", keep_outage, pk):
        messages.success(request, "Gangguan disimpan. Rencana bengkel langsung mengikutinya.")
        return redirect("gangguan", saved.pk)
    more = {"outage": found} | endangered(found, clock.today()) if found else {}
    return _page(request, form, "Gangguan yang tercatat" if found else "Catat gangguan", **more)


@require_http_methods(["GET", "POST"])
def kind(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """A new kind of job, or one as it should be."""
    insist_on(request.user, KEEPERS, ONLY_WORKSHOP)
    found = get_object_or_404(JobKind, pk=pk) if pk else None
    form = KindForm(request.POST or None, kind=found, version=version_of("job_kind", pk))
    if _saved(request, form, "job_kind", keep_kind, pk):
        messages.success(request, "Jenis pekerjaan disimpan.")
        return redirect(PAGE)
    return _page(request, form, "Ubah jenis pekerjaan" if found else "Jenis pekerjaan baru")


def _saved(
    request: HttpRequest, form: KeyedForm, subject: str, action: Callable[..., Saved], pk: int | None
) -> Saved | None:
    """What the action wrote; None for a page that is only shown, or refused and made ready to be sent again."""
    if request.method != "POST":
        return None
    saved = attempt(request, form, lambda intent: action(intent, form.data_typed, pk))
    if saved is None:
        form.renew(version_of(subject, pk))
    return saved


def _page(request: HttpRequest, form: KeyedForm, title: str, **more: object) -> HttpResponse:
    errors = form.error_summary if form.is_bound else []
    context = {"form": form, "title": title, "errors": errors, **more}
    return render(request, "orders/capacity_form.html", context, status=form.status)
