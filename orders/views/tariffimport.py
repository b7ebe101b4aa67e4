"""A price list comes as a file: uploaded, checked piece by piece, shown, and taken over whole or not at all."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from balai.forms import KeyedForm
from orders.actions.tariffimport import apply_import, check_again, check_more, discard, keep_upload
from orders.forms.tariffimport import TariffImportForm
from orders.models import TariffImport
from orders.tariffreview import NEW, SAME, VERSION, WRONG
from orders.tariffsheet import COLUMNS
from orders.views.flow import attempt
from orders.views.tariffs import insist_on_writer

PER_PAGE = 100
MOST_FAULTS = 500  # on one page; who has more begins with these
ACTIONS = {"terapkan": apply_import, "ulang": check_again, "batal": discard}
DONE = {
    "terapkan": "Semua perubahan diterapkan. Estimasi dan surat yang sudah ada tidak berubah.",
    "ulang": "Berkas diperiksa lagi.",
    "batal": "Impor dibatalkan. Tidak ada tarif yang berubah.",
}


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Bring a file; it changes nothing yet."""
    insist_on_writer(request.user)
    form = TariffImportForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound:
        if kept := attempt(request, form, lambda intent: keep_upload(intent, form.file_name, form.rows)):
            return redirect("tarif-impor-satu", kept.import_id)
        form.renew()
    waiting = TariffImport.objects.filter(applied_at=None).select_related("uploaded_by").order_by("-pk")
    context = {"form": form, "waiting": waiting.defer("rows", "results")[:5], "columns": COLUMNS}
    context["errors"] = form.error_summary if form.is_bound else []
    return render(request, "orders/tariff_upload.html", context, status=form.status)


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it was checked; then what is wrong, or all that would change, and the button that does it."""
    insist_on_writer(request.user)
    form = KeyedForm(request.POST if request.method == "POST" else None)
    step = request.POST.get("langkah", "terapkan")
    if form.is_bound:
        action = ACTIONS.get(step, apply_import)
        if attempt(request, form, lambda intent: action(pk, intent)):
            messages.success(request, DONE[step])
            return redirect(*{"terapkan": ("tarif",), "ulang": ("tarif-impor-satu", pk)}.get(step, ("tarif-impor",)))
        form.renew()
    kept = _checked(pk)
    context = {"form": form, "kept": kept, "done": len(kept.results), "total": len(kept.rows)}
    context |= _shown(kept, request.GET.get("halaman"))
    context["errors"] = form.error_summary if form.is_bound else []
    return render(request, "orders/tariff_import.html", context, status=form.status)


def _checked(pk: int) -> TariffImport:
    try:
        return check_more(pk)
    except TariffImport.DoesNotExist as gone:
        raise Http404("Impor ini sudah tidak ada.") from gone


def _shown(kept: TariffImport, page: str | None) -> dict:
    counted = Counter(result["change"] for result in kept.results)
    faults = [
        {"row": result["row"], "code": result["code"], "column": column, "sentence": sentence}
        for result in kept.results
        if result["change"] == WRONG
        for column, sentence in result["faults"]
    ]
    changes = [result for result in kept.results if result["change"] in (NEW, VERSION)]
    return {
        "counts": [("Tarif baru", counted[NEW]), ("Versi baru", counted[VERSION]), ("Tidak berubah", counted[SAME])],
        "wrong": counted[WRONG],
        "faults": faults[:MOST_FAULTS],
        "more_faults": len(faults[MOST_FAULTS:]),
        "page": Paginator(changes, PER_PAGE).get_page(page),
    }
