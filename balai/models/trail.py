"""Who did what, which form was sent already, who tries codes."""

from django.db import models

from balai.models.books import AppendOnly
from balai.models.people import User


class AuditEntry(AppendOnly):
    """Who did what to which subject, when, in which role. Outlives everything it speaks of."""

    at = models.DateTimeField()
    actor = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    actor_name = models.CharField(max_length=120)
    role = models.CharField(max_length=20, blank=True)
    verb = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=30)
    subject_id = models.CharField(max_length=36)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    request_id = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_by_subject"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_kind} {self.subject_id} by {self.actor_name}"


class IdempotencyKey(models.Model):
    """A form's one-use key with the result of its effect, written in the effect's own transaction."""

    key = models.UUIDField(unique=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=60)
    fingerprint = models.CharField(max_length=64)
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField()


class VerificationTry(models.Model):
    """One guess at a verification code. `address` is a keyed hash; rows live ten minutes."""

    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address", "at"], name="tries_of_address")]
