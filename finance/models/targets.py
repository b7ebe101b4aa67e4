"""What the office is to receive in a year."""

from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords


class Target(models.Model):
    """The target of one kode rekening in one tahun anggaran, with the words the reports use for it; rupiah."""

    year = models.PositiveSmallIntegerField("tahun anggaran")
    account_code = models.CharField("kode rekening", max_length=40)
    name = models.CharField("uraian", max_length=120)
    amount = models.BigIntegerField("target (rupiah)")

    history = HistoricalRecords()

    class Meta:
        ordering = ["year", "account_code"]
        constraints = [
            models.UniqueConstraint(fields=["year", "account_code"], name="one_target_per_account_and_year"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="target_not_negative"),
            models.CheckConstraint(condition=~Q(account_code="") & ~Q(name=""), name="target_has_code_and_name"),
        ]

    def __str__(self) -> str:
        return f"{self.account_code} {self.year}"
