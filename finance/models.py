"""The ledger of retribution: signed rows, added and never changed. Balances are sums (DESIGN.md 6)."""

from django.db import models
from django.db.models import Q

from balai.models import AppendOnly, Document, User
from orders.models import Order


class Payment(AppendOnly):
    """Money taken for an order (positive) or taken back by a reversal (negative)."""

    class Kind(models.TextChoices):
        PAYMENT = "bayar", "Pembayaran"
        REVERSAL = "balik", "Pembatalan pembayaran"

    class Method(models.TextChoices):
        CASH = "tunai", "Tunai"
        QRIS = "qris", "QRIS"
        TRANSFER = "transfer", "Transfer bank"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    # Counts the order's payments; the reversal of a payment bears the same turn. With the constraint below a
    # second payment without a reversal in between cannot be written, whatever the code does.
    turn = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=5, choices=Kind)
    amount = models.BigIntegerField("jumlah (rupiah)")
    method = models.CharField("cara pembayaran", max_length=10, choices=Method)
    reference = models.CharField("nomor referensi", max_length=60, blank=True)
    # Counts the uses of the reference: after a reversal the same transfer may pay the order it was meant for.
    reference_turn = models.PositiveSmallIntegerField(default=1)
    received = models.BigIntegerField("uang diterima (rupiah)", null=True)
    change_given = models.BigIntegerField("kembalian (rupiah)", null=True)
    paid_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    receipt = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    reason = models.CharField("alasan", max_length=500, blank=True)

    class Meta:
        ordering = ["paid_at", "id"]
        indexes = [models.Index(fields=["paid_at"]), models.Index(fields=["reference"])]
        constraints = [
            models.UniqueConstraint(fields=["order", "kind", "turn"], name="one_payment_per_turn"),
            models.UniqueConstraint(fields=["receipt"], condition=Q(kind="bayar"), name="one_payment_per_receipt"),
            models.UniqueConstraint(
                fields=["method", "reference", "reference_turn"],
                condition=Q(kind="bayar") & ~Q(reference=""),
                name="reference_once",
            ),
            models.CheckConstraint(
                condition=Q(kind="bayar", amount__gt=0, reverses__isnull=True)
                | (Q(kind="balik", amount__lt=0, reverses__isnull=False) & ~Q(reason="")),
                name="payment_sign_follows_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="balik")
                | Q(method="tunai", reference="", received=models.F("amount") + models.F("change_given"))
                | (~Q(method="tunai") & ~Q(reference="") & Q(received__isnull=True, change_given__isnull=True)),
                name="cash_adds_up_and_others_have_reference",
            ),
            models.CheckConstraint(
                condition=Q(change_given__isnull=True) | Q(change_given__gte=0), name="change_not_negative"
            ),
        ]


class PaymentLine(AppendOnly):
    """The part of a ledger row that belongs to one kode rekening; the lines sum to the row."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="lines")
    account_code = models.CharField("kode rekening", max_length=40)
    amount = models.BigIntegerField("jumlah (rupiah)")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["payment", "account_code"], name="account_once_per_payment")]
