"""Public: whether a paper is one of the office's, and what it says."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from balai import documents


@login_not_required
@require_GET
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What a paper with this code says. Unknown and malformed codes get the same answer."""
    paper = documents.find_by_code(code)
    context = {"paper": paper, "title": documents.KINDS[paper.kind].title if paper else ""}
    return render(request, "balai/verifikasi.html", context, status=200 if paper else 404)
