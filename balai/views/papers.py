"""Issued papers: the stored PDF."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from balai import documents
from balai.models import Document
from balai.roles import roles_of


@require_GET
def document(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper's stored PDF, for everybody of the office who has a role or sets it up."""
    if not (roles_of(request.user) or request.user.is_superuser):
        raise PermissionDenied("Akun Anda belum diberi bagian. Hubungi admin.")
    paper = get_object_or_404(Document, pk=pk)
    response = HttpResponse(documents.pdf_bytes(paper), content_type="application/pdf")
    name = f"{paper.kind}-{paper.printed_number}".replace("/", "-")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response
