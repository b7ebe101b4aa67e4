"""The ledger of retribution: signed rows, added and never changed. Balances are sums (DESIGN.md 6)."""

from django.db import models
from django.db.models import CharField, Func, Q

from balai.models import AppendOnly, Document, User
from orders.models import Order


class AsReference(Func):
    """A bank's reference as it is compared: upper case, without blanks, dots and dashes.

    Written whole into the SQL, so that SQLite finds its index. finance.matching compares more freely, as banks do.
    """

    template = "REPLACE(REPLACE(REPLACE(UPPER(%(expressions)s), ' ', ''), '.', ''), '-', '')"
    output_field = CharField()


class Payment(AppendOnly):
    """Money taken for an order (positive) or taken back by a reversal (negative)."""

    class Kind(models.TextChoices):
        PAYMENT = "bayar", "Pembayaran"
        REVERSAL = "balik", "Pembatalan pembayaran"

    class Method(models.TextChoices):
        CASH = "tunai", "Tunai"
        QRIS = "qris", "QRIS"
        TRANSFER = "transfer", "Transfer bank"
        VIRTUAL = "va", "Virtual account"

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
    # When it reached the treasury's own account, which counts as its deposit. Cash gets there by a Deposit.
    settled_on = models.DateField("masuk kas daerah", null=True)
    paid_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    receipt = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    reverses = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="reversed_by")
    reason = models.CharField("alasan", max_length=500, blank=True)

    class Meta:
        ordering = ["paid_at", "id"]
        indexes = [
            *(models.Index(fields=[name]) for name in ("paid_at", "settled_on")),
            models.Index(AsReference("reference"), name="payment_as_reference"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["order", "kind", "turn"], name="one_payment_per_turn"),
            models.UniqueConstraint(fields=["receipt"], condition=Q(kind="bayar"), name="one_payment_per_receipt"),
            models.UniqueConstraint(
                AsReference("reference"),
                "reference_turn",
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
                condition=Q(method="tunai", settled_on__isnull=True)
                | (~Q(method="tunai") & Q(settled_on__isnull=False)),
                name="settled_day_but_for_cash",
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


class CashDay(AppendOnly):
    """The till counted and closed at the end of a WIB date; it covers all days since the closing before it. Rupiah."""

    day = models.DateField("tanggal", unique=True)
    opening = models.BigIntegerField("saldo awal")
    received = models.BigIntegerField("tunai diterima")
    deposited = models.BigIntegerField("tunai disetor")
    expected = models.BigIntegerField("seharusnya")
    counted = models.BigIntegerField("dihitung")
    counts = models.JSONField("pecahan")
    explanation = models.CharField("penjelasan selisih", max_length=500, blank=True)
    seal = models.CharField(max_length=64)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    paper = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expected=models.F("opening") + models.F("received") - models.F("deposited")),
                name="cash_day_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(counted=models.F("expected")) | ~Q(explanation=""), name="cash_difference_explained"
            ),
            models.CheckConstraint(condition=Q(counted__gte=0), name="cash_counted_not_negative"),
        ]

    @property
    def difference(self) -> int:
        """More (positive) or less than there had to be."""
        return self.counted - self.expected
