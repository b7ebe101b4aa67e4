"""The price list: everybody of the office reads it, pimpinan changes it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from balai import clock
from balai.forms import KeyedForm
from balai.models import User
from balai.roles import acting_role, insist_on_role
from balai.tables import list_response
from orders import tariffsheet
from orders.actions import Intent
from orders.actions.pricelist import MAY_WRITE, ONLY_PIMPINAN, Changed, list_version
from orders.actions.tariffs import (
    NOT_LAST,
    USED,
    add_tariff,
    correct_tariff,
    delete_tariff,
    end_tariff,
    new_version,
)
from orders.forms.tariffs import EndForm, TariffForm, WantedForm
from orders.models import EstimateLine, Tariff, WorkCentre
from orders.tarifflist import SHOWN, grouped, history_of, in_force, last_changes, to_come
from orders.tariffs import as_data
from orders.views.flow import attempt

PER_PAGE = 100
# (heading, button, what follows) of each change of the list
ADD = ("Tambah tarif", "Tambahkan tarif", "Estimasi memakainya sejak hari mulainya.")
VERSION = (
    "Versi baru",
    "Simpan versi baru",
    "Versi sekarang berakhir sehari sebelumnya; estimasi lama tetap memakainya.",
)
CORRECT = ("Perbaiki", "Simpan perbaikan", "Hanya selama belum dipakai estimasi.")
END = ("Akhiri", "Akhiri tarif", "Sesudah hari itu tarif ini tidak dapat dipilih di estimasi.")
DELETE = ("Hapus", "Hapus versi ini", "Versi sebelumnya, bila ada, berlaku lagi seperti semula.")


@require_GET
def tariffs(request: HttpRequest) -> HttpResponse:
    """What is in force on a day, what comes, and what was changed last."""
    insist_on_role(request.user)
    form = WantedForm(request.GET)
    found, coming = in_force(form.wanted), to_come(form.wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "form": form,
        "wanted": form.wanted,
        "page": page,
        "groups": grouped(page),
        "samples": found.filter(is_sample=True).count(),
        "coming": coming[:SHOWN],
        "coming_count": coming.count(),
        "changes": last_changes(),
        "may_write": may_write(request.user),
    }
    return render(request, "orders/tariffs.html", context)


@require_GET
def excel(request: HttpRequest) -> FileResponse:
    """The list as a file that can be changed and brought back: what is in force on a day, or all versions."""
    insist_on_role(request.user)
    wanted = WantedForm(request.GET).wanted
    if "semua" in request.GET:
        rows, name = Tariff.objects.order_by("code", "valid_from"), "tarif-semua-versi"
    else:
        rows, name = in_force(wanted), f"tarif-{wanted.day:%Y-%m-%d}"
    centres = dict(WorkCentre.objects.values_list("pk", "name"))
    cells = (tariffsheet.cells_of(as_data(tariff), centres) for tariff in rows.iterator(500))
    return list_response(name, tariffsheet.HEADS, cells)


@require_GET
def tariff(request: HttpRequest, pk: int) -> HttpResponse:
    """All versions of a code, and everything that was done to them."""
    insist_on_role(request.user)
    found = get_object_or_404(Tariff, pk=pk)
    versions = list(Tariff.objects.filter(code=found.code).select_related("work_centre").order_by("-valid_from"))
    context = {
        "last": versions[0],
        "versions": versions,
        "today": clock.today(),
        "is_used": _is_used(versions[0]),
        "is_over": versions[0].valid_until is not None and versions[0].valid_until < clock.today(),
        "events": history_of(found.code),
        "may_write": may_write(request.user),
    }
    return render(request, "orders/tariff.html", context)


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A code that is not in the list yet."""
    insist_on_writer(request.user)
    form = TariffForm(request.POST or None)
    return _form_page(request, form, None, lambda intent: add_tariff(intent, form.tariff_data), ADD)


@require_http_methods(["GET", "POST"])
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """Another price, name or basis from a day on."""
    insist_on_writer(request.user)
    found = get_object_or_404(Tariff, pk=pk)
    form = TariffForm(request.POST or None, former=found, version=list_version(found.code))
    return _form_page(request, form, found, lambda intent: new_version(pk, intent, form.tariff_data), VERSION)


@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """A version that no estimate used yet, put right."""
    insist_on_writer(request.user)
    found = get_object_or_404(Tariff, pk=pk)
    form = TariffForm(request.POST or None, former=found, correcting=True, version=list_version(found.code))
    return _form_page(request, form, found, lambda intent: correct_tariff(pk, intent, form.tariff_data), CORRECT)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of a tariff."""
    insist_on_writer(request.user)
    found = get_object_or_404(Tariff, pk=pk)
    form = EndForm(request.POST or None, version=list_version(found.code))
    return _form_page(request, form, found, lambda intent: end_tariff(pk, intent, form.cleaned_data["last_day"]), END)


@require_http_methods(["GET", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away a version that no estimate used."""
    insist_on_writer(request.user)
    found = get_object_or_404(Tariff, pk=pk)
    form = KeyedForm(request.POST if request.method == "POST" else None, version=list_version(found.code))
    return _form_page(request, form, found, lambda intent: delete_tariff(pk, intent), DELETE)


def may_write(user: User) -> bool:
    """Whether this user changes tariffs."""
    return acting_role(user, MAY_WRITE) is not None


def insist_on_writer(user: User) -> None:
    """Raises PermissionDenied for everybody who only reads the list."""
    if not may_write(user):
        raise PermissionDenied(ONLY_PIMPINAN)


def _form_page(
    request: HttpRequest,
    form: KeyedForm,
    found: Tariff | None,
    change: Callable[[Intent], Changed],
    words: tuple[str, str, str],
) -> HttpResponse:
    if request.method == "GET" and (why := _settled(found, words)):
        messages.error(request, why)
        return redirect("tarif-satu", found.pk)
    if request.method == "POST":
        if done := attempt(request, form, change):
            messages.success(request, "Daftar tarif diubah. Estimasi dan surat yang sudah ada tidak berubah.")
            return redirect("tarif-satu", done.tariff_id) if done.tariff_id else redirect("tarif")
        form.renew(list_version(found.code) if found else None)
    context = {"form": form, "tariff": found, **dict(zip(("title", "verb", "consequence"), words, strict=True))}
    context["errors"] = form.error_summary if form.is_bound else []
    return render(request, "orders/tariff_form.html", context, status=form.status)


def _settled(found: Tariff | None, words: tuple[str, str, str]) -> str:
    """Why this page has no form for that version; empty when it has."""
    if found is None:
        return ""
    if Tariff.objects.filter(code=found.code, valid_from__gt=found.valid_from).exists():
        return NOT_LAST.format(code=found.code)
    return USED.format(code=found.code) if words in (CORRECT, DELETE) and _is_used(found) else ""


def _is_used(tariff: Tariff) -> bool:
    return EstimateLine.objects.filter(tariff=tariff).exists()
