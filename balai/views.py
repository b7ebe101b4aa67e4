"""Pages of the office itself: sign-in, papers, verification, health."""

import tempfile
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_GET

from balai import documents
from balai.forms import SignInForm
from balai.models import Document
from balai.roles import Role, roles_of


@method_decorator(login_not_required, name="dispatch")
class SignIn(LoginView):
    template_name = "registration/masuk.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True


class SignOut(LogoutView):
    """POST only, as Django asks."""


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Send each role to its desk."""
    return redirect("kasir" if roles_of(request.user) == {Role.KEUANGAN} else "meja")


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


@login_not_required
@require_GET
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Public: what a paper with this code says. Unknown and malformed codes get the same answer."""
    paper = documents.find_by_code(code)
    context = {"paper": paper, "title": documents.KINDS[paper.kind].title if paper else ""}
    return render(request, "balai/verifikasi.html", context, status=200 if paper else 404)


@login_not_required
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """For a monitor: database, storage, papers still to be rendered. 503 when one of the first two fails."""
    checks = {"database": _database_answers(), "storage": _storage_writes()}
    ok = all(checks.values())
    pending = documents.pending_count() if checks["database"] else None
    return JsonResponse({"ok": ok, **checks, "pending_renders": pending}, status=200 if ok else 503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page is too old or cookies are off; says what to do."""
    return render(request, "csrf.html", status=403)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def _storage_writes() -> bool:
    try:
        settings.BALAI_FILES.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.BALAI_FILES):
            return True
    except OSError:
        return False
