"""Public: whether a paper is one of the office's, by its QR, its typed code, or its file."""

from collections.abc import Callable
from math import ceil
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from balai.documents import find_by_code
from balai.kinds import KINDS
from balai.paper_forms import CodeForm, FileForm
from balai.verification import TooManyTries, figure, find_by_file, guarded


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Where a code is typed (`?kode=`) or a PDF is sent."""
    code, file = CodeForm(), FileForm()
    if request.method == "POST":
        file = FileForm(request.POST, request.FILES)
        if file.is_valid():
            return _by_file(request, file.cleaned_data["berkas"])
    elif "kode" in request.GET:
        code = CodeForm(request.GET)
        if code.is_valid():
            return _by_code(request, code.cleaned_data["kode"])
    refused = code.is_bound or file.is_bound
    context = {"code_form": code, "file_form": file, "errors": code.error_summary + file.error_summary}
    return render(request, "balai/verifikasi.html", context, status=422 if refused else 200)


@login_not_required
@never_cache
@require_GET
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR leads. Unknown and malformed codes get the same answer."""
    return _by_code(request, code)


def _by_code(request: HttpRequest, code: str) -> HttpResponse:
    return _answer(request, lambda: find_by_code(code), lambda paper: {"paper": paper})


def _by_file(request: HttpRequest, sent: UploadedFile) -> HttpResponse:
    return _answer(request, lambda: find_by_file(sent), lambda file: {"file": file, "paper": file.document})


def _answer(request: HttpRequest, find: Callable[[], Any], described: Callable[[Any], dict]) -> HttpResponse:
    try:
        found = guarded(request, find)
    except TooManyTries as refused:
        return _slow_down(request, ceil(refused.wait.total_seconds()))
    context = described(found) if found else {"by_file": request.method == "POST"}
    if found:
        paper = context["paper"]
        context |= {"title": KINDS[paper.kind].title, "figure": figure(paper)}
    response = render(request, "balai/verifikasi_hasil.html", context, status=200 if found else 404)
    response["X-Robots-Tag"] = "noindex"
    return response


def _slow_down(request: HttpRequest, seconds: int) -> HttpResponse:
    response = render(request, "balai/verifikasi_tunggu.html", {"minutes": ceil(seconds / 60)}, status=429)
    response["Retry-After"] = str(seconds)
    return response
