"""Statements of banks beside the ledger: working tables for what was read, append-only ones for what was confirmed."""

from django.db import models
from django.db.models import Q

from balai.models import AppendOnly, User
from finance.models.ledger import Payment


class BankFormat(models.Model):
    """Which column of a bank's statement means what. `columns` is a finance.statementcolumns.Columns as JSON."""

    name = models.CharField("bank", max_length=80, unique=True)
    heads = models.JSONField("judul kolom")
    columns = models.JSONField("arti kolom")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Statement(models.Model):
    """A bank's file, read once. `imported` parts are lines by now; `seen` is the ledger they were matched with."""

    name = models.CharField("berkas", max_length=120)
    sha256 = models.CharField(max_length=64, unique=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    row_count = models.PositiveIntegerField("baris")
    bank_format = models.ForeignKey(BankFormat, null=True, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField("arti kolom", default=dict)
    imported = models.PositiveIntegerField(default=0)
    seen = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name


class StatementPart(models.Model):
    """Some rows of a statement as they were read, until its first reconciliation is confirmed."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveIntegerField()
    rows = models.JSONField()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["statement", "place"], name="statement_part_once")]


class StatementLine(models.Model):
    """A row of a statement as its columns say, and what was found for it. Rupiah; `number` is the row of the file."""

    class Verdict(models.TextChoices):
        MATCH = "cocok", "Cocok"
        DIFFERS = "beda", "Jumlah atau tanggal beda"
        UNKNOWN = "bank", "Ada di bank, tidak ada di buku"
        DOUBLE = "ganda", "Ganda"
        UNREAD = "lewat", "Tidak terbaca"
        OUT = "keluar", "Uang keluar"
        DONE = "tercatat", "Sudah direkonsiliasi"

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField("baris")
    day = models.DateField("tanggal", null=True)
    reference = models.CharField("referensi", max_length=120, blank=True)
    description = models.CharField("keterangan", max_length=300, blank=True)
    amount = models.BigIntegerField("jumlah (rupiah)", null=True)
    verdict = models.CharField(max_length=8, choices=Verdict)
    why = models.CharField("sebab", max_length=200, blank=True)
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["statement", "verdict", "number"])]
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="statement_line_once"),
            models.UniqueConstraint(
                fields=["statement", "payment"], condition=Q(payment__isnull=False), name="payment_once_per_statement"
            ),
            models.CheckConstraint(
                condition=Q(verdict="lewat") | Q(day__isnull=False, amount__isnull=False), name="read_lines_are_whole"
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=["cocok", "beda", "tercatat"]) | Q(payment__isnull=False),
                name="matched_lines_have_payment",
            ),
        ]


class Reconciliation(AppendOnly):
    """Confirmed by keuangan: these payments stand in this file of the bank. Rupiah; a period of WIB dates."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="reconciliations")
    file_name = models.CharField("berkas", max_length=120)
    sha256 = models.CharField(max_length=64)
    bank = models.CharField(max_length=80)
    first_day = models.DateField("dari")
    last_day = models.DateField("sampai")
    count = models.PositiveIntegerField("pembayaran")
    amount = models.BigIntegerField("jumlah (rupiah)")
    confirmed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(count__gt=0, amount__gt=0), name="reconciliation_holds_something"),
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="reconciliation_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.first_day}"


class ReconciledPayment(AppendOnly):
    """A payment and the row of the bank's file it stands in, as it read then. Each of the two counts once."""

    reconciliation = models.ForeignKey(Reconciliation, on_delete=models.PROTECT, related_name="items")
    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="reconciled")
    line = models.OneToOneField(StatementLine, on_delete=models.PROTECT, related_name="reconciled")
    number = models.PositiveIntegerField("baris")
    day = models.DateField("tanggal")
    reference = models.CharField("referensi", max_length=120, blank=True)
    description = models.CharField("keterangan", max_length=300, blank=True)
    amount = models.BigIntegerField("jumlah (rupiah)")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="reconciled_positive")]
