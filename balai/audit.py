"""The append-only record of who did what. Sentences for the screen are in the floor that owns the verb."""

from typing import Any

from balai import clock
from balai.middleware import current_request_id
from balai.models import AuditEntry, User


def record(
    verb: str,
    *,
    subject: tuple[str, Any],
    by: User | None,
    role: str = "",
    before: dict | None = None,
    after: dict | None = None,
    note: str = "",
) -> AuditEntry:
    """Write one entry. `subject` is (kind, id), e.g. ("order", 12); `before` and `after` hold what changed, as JSON."""
    kind, subject_id = subject
    return AuditEntry.objects.create(
        at=clock.now(),
        actor=by,
        actor_name=by.full_name if by else "sistem",
        role=role,
        verb=verb,
        subject_kind=kind,
        subject_id=str(subject_id),
        before=before or {},
        after=after or {},
        note=note,
        request_id=current_request_id(),
    )
