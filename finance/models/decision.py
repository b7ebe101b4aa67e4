"""What those who may reduce, waive or refund a levy have decided about one order (DOMAIN.md a)."""

from django.db import models
from django.db.models import Q

from balai.models import AppendOnly, User
from balai.storage import private_storage
from finance.models.ledger import Payment
from orders.models import Order


class Decision(AppendOnly):
    """A decision as pimpinan entered it, with its scan. A mistaken one is withdrawn by another row, never edited."""

    class Kind(models.TextChoices):
        REDUCTION = "pengurangan", "Pengurangan"
        EXEMPTION = "pembebasan", "Pembebasan"
        WITHDRAWAL = "pencabutan", "Pencabutan"
        REFUND = "pengembalian", "Pengembalian"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("jenis", max_length=12, choices=Kind)
    number = models.CharField("nomor keputusan", max_length=50)
    decided_on = models.DateField("tanggal keputusan")
    authority = models.CharField("ditetapkan oleh", max_length=120)
    amount = models.BigIntegerField("jumlah (rupiah)")
    reason = models.CharField("alasan", max_length=500)
    withdraws = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="withdrawn_by")
    # A refund gives back part of this payment. It is paid by the treasury, so no row of the ledger changes.
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="refunds")
    file = models.FileField(storage=private_storage, max_length=120)
    original_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="decision_positive"),
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(authority="") & ~Q(reason="") & ~Q(file=""), name="decision_complete"
            ),
            models.CheckConstraint(
                condition=Q(kind="pencabutan", withdraws__isnull=False)
                | (~Q(kind="pencabutan") & Q(withdraws__isnull=True)),
                name="only_withdrawals_withdraw",
            ),
            models.CheckConstraint(
                condition=Q(kind="pengembalian", payment__isnull=False)
                | (~Q(kind="pengembalian") & Q(payment__isnull=True)),
                name="only_refunds_name_a_payment",
            ),
        ]

    def __str__(self) -> str:
        return self.number
