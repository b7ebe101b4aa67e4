"""Months whose books are closed."""

from django.db import models
from django.db.models import F, Q

from balai.models import AppendOnly, Document, User
from balai.months import Month


class MonthClosing(AppendOnly):
    """The books of a month, closed for good: what it came to (rupiah), its papers, and the book as an Excel file.

    `targets` are those of its report: per kode rekening the words and the rupiah.
    """

    first_day = models.DateField("hari pertama", unique=True)
    last_day = models.DateField("hari terakhir", unique=True)
    received = models.BigIntegerField("penerimaan")
    deposited = models.BigIntegerField("penyetoran")
    balance = models.BigIntegerField("belum disetor")
    targets = models.JSONField("target")
    excel = models.BinaryField()
    seal = models.CharField(max_length=64)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    book = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")
    report = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-first_day"]
        constraints = [models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="month_has_days")]

    @property
    def month(self) -> Month:
        return Month.of(self.first_day)
