"""The request of keuangan to take a payment back, and the answer of pimpinan."""

from django.db import models
from django.db.models import F, Q

from balai.models import AppendOnly, User
from finance.models.ledger import Payment


class ReversalRequest(AppendOnly):
    """Why a payment is to be taken back. The answer may be written once, by `finance.reversals`."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="reversal_requests")
    reason = models.CharField("alasan", max_length=500)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved = models.BooleanField("disetujui", null=True)
    answer = models.CharField("alasan penolakan", max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["payment"], condition=Q(answered_at__isnull=True), name="one_open_reversal_request"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reversal_request_says_why"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, approved__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False, approved=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False, approved=False) & ~Q(answer="")),
                name="reversal_answer_complete",
            ),
            # Two people: nobody approves what he asked for, whatever roles he has.
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | Q(approved=False) | ~Q(answered_by=F("asked_by")),
                name="reversal_approved_by_another",
            ),
        ]
