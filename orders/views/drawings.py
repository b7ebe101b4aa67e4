"""Drawings for people of the office: the file, its thumbnail, its pages to look at, a new version of it."""

from uuid import UUID

from django.contrib import messages
from django.core.files.base import ContentFile, File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from balai.forms import KeyedForm
from balai.reading import ReadersBusy
from balai.roles import insist_on_role
from balai.storage import file_response
from orders import actions, previews
from orders.forms.drawings import NewVersionForm
from orders.models import Drawing
from orders.views.flow import attempt, renew
from orders.views.page import access_order, not_now

KEPT = 7 * 24 * 3600  # seconds; a thumbnail or page never changes, a new version has its own
LOST = "Berkas gambar ini tidak ada di penyimpanan. Hubungi admin balai."
NOT_SHOWN = "Pratinjau tidak tersedia. Unduh berkasnya untuk melihatnya."
NOT_YET = "Pratinjau belum siap karena banyak gambar sedang dibuka. Tunggu sebentar, lalu muat ulang halaman ini."


@require_GET
def drawing(request: HttpRequest, pk: UUID) -> FileResponse:
    """The drawing as it was kept."""
    insist_on_role(request.user)
    found = get_object_or_404(Drawing, pk=pk)
    return file_response(_opened(found.file), found.original_name, inline="unduh" not in request.GET)


@require_GET
def thumbnail(request: HttpRequest, pk: UUID) -> FileResponse:
    """A small picture of it; the browser of this user may keep it for a week."""
    insist_on_role(request.user)
    found = get_object_or_404(Drawing, pk=pk)
    if not found.thumbnail:
        raise Http404(NOT_SHOWN)
    return file_response(_opened(found.thumbnail), found.original_name, inline=True, max_age=KEPT)


@require_GET
def page(request: HttpRequest, pk: UUID, number: int) -> FileResponse:
    """A page of a PDF, or a DXF, as a picture."""
    insist_on_role(request.user)
    found = get_object_or_404(Drawing, pk=pk)
    picture, missing = _page_of(found, number)
    if missing:
        raise Http404(missing)
    stored = ContentFile(picture, name=f"{number}.jpg")
    return file_response(stored, found.original_name, inline=True, max_age=KEPT)


@require_GET
def view(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Look at a drawing page by page; `?halaman=2`. With scripts it can be enlarged, moved and turned."""
    insist_on_role(request.user)
    found = get_object_or_404(Drawing.objects.select_related("order", "uploaded_by"), pk=pk)
    typed = request.GET.get("halaman", "1")
    number = min(max(int(typed), 1), found.pages) if typed.isdecimal() and len(typed) < 4 else 1
    if found.kind == Drawing.Kind.IMAGE:
        url, missing = reverse("gambar", args=[pk]), ""
    else:
        url, missing = reverse("gambar-halaman", args=[pk, number]), _page_of(found, number)[1]
    context = {
        "drawing": found,
        "order": found.order,
        "number": number,
        "former": number - 1,
        "next": number + 1 if number < found.pages else 0,
        "url": url,
        "missing": missing,
    }
    return render(request, "orders/drawing_view.html", context)


@require_http_methods(["GET", "POST"])
def new_version(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a new version in the place of a drawing; the old one stays (DESIGN.md 2)."""
    former = get_object_or_404(Drawing, pk=pk)
    order = access_order(former.order_id)
    if refusal := not_now(request, order, ["revise_drawing"]):
        return refusal
    form = NewVersionForm(request.POST or None, request.FILES or None, version=order.version)
    if request.method == "POST":
        if attempt(request, form, lambda intent: actions.revise_drawing(order.pk, intent, former, form.checked)):
            messages.success(request, "Gambar diganti. Versi lama tetap tersimpan.")
            return redirect("pesanan-satu", order.pk)
        order = access_order(order.pk)
        form = renew(form, order)
    context = {"form": form, "order": order, "former": former, "errors": form.error_summary if form.is_bound else []}
    return render(request, "orders/drawing.html", context, status=form.status)


@require_POST
def see(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The workshop opens a new version: it is noted, and shown."""
    found = get_object_or_404(Drawing, pk=pk)
    order = access_order(found.order_id)
    if refusal := not_now(request, order, ["see_drawing"]):
        return refusal
    form = KeyedForm(request.POST)
    if not attempt(request, form, lambda intent: actions.see_drawing(order.pk, intent, found.pk)):
        for fault in form.error_summary:
            messages.warning(request, fault.message)
        return redirect("pesanan-satu", order.pk)
    return redirect("gambar-lihat", found.pk)


def _page_of(drawing: Drawing, number: int) -> tuple[bytes, str]:
    """The picture of a page; or no bytes, and in words why. Raises Http404 for a page or file that is not there."""
    if drawing.kind == Drawing.Kind.IMAGE or not 1 <= number <= drawing.pages:
        raise Http404("Halaman ini tidak ada.")
    try:
        picture = previews.page(drawing, number)
    except ReadersBusy:
        return b"", NOT_YET
    except FileNotFoundError as error:
        raise Http404(LOST) from error
    return picture, "" if picture else NOT_SHOWN


def _opened(stored: File) -> File:
    """The stored file, open. Raises Http404 when it is missing: check_books names such files."""
    try:
        stored.open()
    except FileNotFoundError as error:
        raise Http404(LOST) from error
    return stored
