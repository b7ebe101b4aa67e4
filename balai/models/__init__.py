"""Tables of the office itself: people, settings, numbers, issued papers, audit, idempotency."""

from balai.models.books import AppendOnly, AppendOnlyError, AppendOnlyQuerySet
from balai.models.keptform import KeptForm
from balai.models.office import Emblem, Holiday, Office, Signatory
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
    "Emblem",
    "Holiday",
    "IdempotencyKey",
    "KeptForm",
    "NumberSeries",
    "Office",
    "Reprint",
    "Signatory",
    "User",
    "VerificationTry",
]
