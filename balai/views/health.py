"""What a monitor asks."""

import tempfile

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from balai import documents


@login_not_required
@require_GET
def health(request: HttpRequest) -> JsonResponse:
    """For a monitor: database, storage, papers still to be rendered. 503 when one of the first two fails."""
    checks = {"database": _database_answers(), "storage": _storage_writes()}
    ok = all(checks.values())
    pending = documents.pending_count() if checks["database"] else None
    return JsonResponse({"ok": ok, **checks, "pending_renders": pending}, status=200 if ok else 503)


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
