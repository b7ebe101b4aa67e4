"""Issued papers: the stored PDF, the page it is printed from, further copies, the papers of one day."""

import logging
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_replace
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_http_methods

from balai import documents, pdf
from balai.batch import readable
from balai.kinds import KINDS
from balai.models import Document, Reprint, User
from balai.paper_forms import ReprintForm
from balai.reprints import VOIDED, reprint
from balai.roles import insist_on_role, roles_of
from balai.views.attempt import attempt

logger = logging.getLogger(__name__)


class Onward(NamedTuple):
    """A way on from a printed paper."""

    label: str
    url: str
    note: str = ""


def access_paper(user: User, pk: UUID) -> Document:
    """The paper, for people of the office. Raises PermissionDenied for others and Http404 when there is none."""
    insist_on_role(user)
    paper = get_object_or_404(Document.objects.select_related("issued_by", "voided_by", "replaced_by"), pk=pk)
    if paper.kind not in readable(user):
        kind = KINDS[paper.kind]
        raise PermissionDenied(f"{kind.title} hanya untuk bagian {' dan '.join(kind.readers)}.")
    return paper


@require_GET
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper's stored PDF. Our own pages may show it in a frame."""
    return _file(request, access_paper(request.user, pk))


@require_GET
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def copy(request: HttpRequest, pk: UUID, ordinal: int) -> HttpResponse:
    """The stored PDF of one copy, marked SALINAN."""
    paper = access_paper(request.user, pk)
    return _file(request, paper, get_object_or_404(Reprint, document=paper, ordinal=ordinal))


def show_paper(
    request: HttpRequest, paper: Document, onward: Sequence[Onward] = (), beside: Sequence[Onward] = ()
) -> HttpResponse:
    """The page that shows one paper and prints it, also `beside`; `?salinan=2` shows its second copy. Six queries."""
    copies = list(paper.reprints.select_related("made_by"))
    wanted = request.GET.get("salinan", "")
    shown = next((each for each in copies if str(each.ordinal) == wanted and not paper.voided_at), None)
    kind = KINDS[paper.kind]
    context = {
        "paper": paper,
        "title": kind.title,
        "correction": kind.correction,
        "copies": copies,
        "shown_copy": shown,
        "pdf_url": reverse("dokumen-salinan", args=[paper.pk, shown.ordinal])
        if shown
        else reverse("dokumen", args=[paper.pk]),
        "drawn": _drawn(paper, shown) is not None,
        "may_reprint": bool(roles_of(request.user)) and not paper.voided_at,
        "beside": beside,
        "onward": onward or [Onward("Ke halaman awal", reverse("beranda"))],
    }
    return render(request, "balai/surat.html", context, status=200 if context["drawn"] else 503)


@require_http_methods(["GET", "POST"])
def make_copy(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask why a paper is printed again, and make the copy."""
    paper = access_paper(request.user, pk)
    if not roles_of(request.user):
        raise PermissionDenied("Cetak ulang dikerjakan oleh petugas bagian, bukan oleh admin.")
    if paper.voided_at:
        messages.warning(request, VOIDED)
        return redirect("dokumen-lihat", pk)
    form = ReprintForm(request.POST if request.method == "POST" else None)
    made = attempt(
        form,
        lambda key: reprint(pk, by=request.user, key=key, reason=form.cleaned_data["reason"]),
    )
    if made:
        messages.success(request, f"Salinan ke-{made} dibuat dan tercatat.")
        return redirect(f"{reverse('dokumen-lihat', args=[pk])}?salinan={made}")
    context = {"paper": paper, "title": KINDS[paper.kind].title, "form": form}
    context["copies"] = paper.reprints.select_related("made_by")
    return render(request, "balai/cetak_ulang.html", context, status=form.status)


def pdf_response(data: bytes, name: str) -> HttpResponse:
    """The PDF, to be shown in the browser; never kept by a cache that others share."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


def not_drawn(request: HttpRequest) -> HttpResponse:
    """HTTP 503: the paper is issued and safe, but its PDF cannot be drawn just now."""
    return render(request, "balai/belum_digambar.html", {"again": request.get_full_path()}, status=503)


def _file(request: HttpRequest, paper: Document, made: Reprint | None = None) -> HttpResponse:
    data = _drawn(paper, made)
    if data is None:
        return not_drawn(request)
    name = f"{paper.kind}-{paper.printed_number}" + (f"-salinan-{made.ordinal}" if made else "")
    return pdf_response(data, name.replace("/", "-"))


def _drawn(paper: Document, made: Reprint | None) -> bytes | None:
    try:
        return documents.pdf_bytes(paper, made)
    except pdf.RenderBusy:
        logger.warning("%s waits: enough papers are being drawn", paper)
        return None
    except pdf.RenderError:
        logger.exception("%s cannot be drawn; it is tried again when the paper is opened", paper)
        return None
