"""Tables of the office itself: people, settings, numbers, issued papers, audit, idempotency."""

from balai.models.books import AppendOnly, AppendOnlyError, AppendOnlyQuerySet
from balai.models.office import Holiday, Office
from balai.models.papers import Document, DocumentFile, NumberSeries, Reprint
from balai.models.people import User
from balai.models.trail import AuditEntry, IdempotencyKey, VerificationTry

__all__ = [
    "AppendOnly",
    "AppendOnlyError",
    "AppendOnlyQuerySet",
    "AuditEntry",
    "Document",
    "DocumentFile",
    "Holiday",
    "IdempotencyKey",
    "NumberSeries",
    "Office",
    "Reprint",
    "User",
    "VerificationTry",
]
