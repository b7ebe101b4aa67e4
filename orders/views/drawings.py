"""Drawings: the file and its thumbnail for people of the office, and the form for a new version."""

from uuid import UUID

from django.contrib import messages
from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from balai.roles import insist_on_role
from balai.storage import file_response
from orders import actions
from orders.forms.drawings import NewVersionForm
from orders.models import Drawing
from orders.views.flow import attempt, renew
from orders.views.page import access_order, not_now

THUMBNAIL_AGE = 7 * 24 * 3600  # seconds; a thumbnail never changes, a new version has its own


@require_GET
def drawing(request: HttpRequest, pk: UUID) -> FileResponse:
    """The drawing as it was kept."""
    insist_on_role(request.user)
    found = get_object_or_404(Drawing, pk=pk)
    return file_response(_opened(found.file), found.original_name, inline=True)


@require_GET
def thumbnail(request: HttpRequest, pk: UUID) -> FileResponse:
    """A small picture of it; the browser of this user may keep it for a week."""
    insist_on_role(request.user)
    found = get_object_or_404(Drawing, pk=pk)
    return file_response(_opened(found.thumbnail), found.original_name, inline=True, max_age=THUMBNAIL_AGE)


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


def _opened(stored: File) -> File:
    """The stored file, open. Raises Http404 when it is missing: check_books names such files."""
    try:
        stored.open()
    except FileNotFoundError as error:
        raise Http404("Berkas gambar ini tidak ada di penyimpanan. Hubungi admin balai.") from error
    return stored
