"""Cash brought to the treasury: what was noted, its slips, what was corrected of it, and what counts now."""

from django.db import models
from django.db.models import Q

from balai.models import AppendOnly, Document, User
from balai.storage import private_storage
from finance.models.ledger import Payment


class Deposit(AppendOnly):
    """Cash brought to the treasury's bank with an STS, which the government's own system issued; we note it.

    The row stays as it was noted first. What counts is in `now`: number, bank and day may have been corrected.
    """

    sts_number = models.CharField("nomor STS", max_length=60)
    bank = models.CharField(max_length=80)
    deposited_on = models.DateField("tanggal setor")
    depositor = models.CharField("disetor oleh", max_length=120)
    amount = models.BigIntegerField("jumlah (rupiah)")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    paper = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="deposit_positive")]

    def __str__(self) -> str:
        return self.sts_number


class DepositItem(AppendOnly):
    """A receipt whose cash is in the deposit; it can be in one only."""

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="items")
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="deposit_item")

    class Meta:
        ordering = ["id"]


class DepositSlip(AppendOnly):
    """The bank's stamped slip, photographed or scanned; it may come days after the deposit."""

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="slips")
    file = models.FileField(storage=private_storage, max_length=120)
    original_name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]


class DepositCorrection(AppendOnly):
    """What was typed wrong of a deposit, as it is right; all three are given, also those that stay."""

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="corrections")
    sts_number = models.CharField("nomor STS", max_length=60)
    bank = models.CharField(max_length=80)
    deposited_on = models.DateField("tanggal setor")
    reason = models.CharField("alasan", max_length=500)
    corrected_at = models.DateTimeField()
    corrected_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    paper = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="deposit_correction_says_why")]


class DepositInForce(models.Model):
    """What counts of a deposit: its last correction, or what was noted first. Derived; check_books proves it.

    Every book reads the number, the bank and the WIB date here, and no two deposits have one number.
    """

    deposit = models.OneToOneField(Deposit, on_delete=models.PROTECT, related_name="now")
    sts_number = models.CharField("nomor STS", max_length=60, unique=True)
    bank = models.CharField(max_length=80)
    deposited_on = models.DateField("tanggal setor", db_index=True)
    paper = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
