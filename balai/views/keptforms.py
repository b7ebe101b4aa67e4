"""What was typed and never sent may be thrown away."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from balai import keptforms


@require_POST
def forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw away an own kept form, and back to its page."""
    path = keptforms.forget(request.user, pk)
    if path is None:
        raise Http404("Isian itu sudah tidak ada.")
    messages.success(request, "Isian dihapus.")
    return redirect(path)
