"""Numbers, issued papers, their copies and their stored bytes."""

import uuid

from django.db import models
from django.db.models import Q

from balai.models.books import AppendOnly
from balai.models.people import User


class NumberSeries(models.Model):
    """The counter of one register in one WIB year. `last` is the number most recently given out."""

    register = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "year"], name="one_series_per_register_year")]


class Document(AppendOnly):
    """An issued paper, frozen. Only the void marks may still be set, by `balai.documents.void`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30)
    register = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    printed_number = models.CharField(max_length=60)
    payload = models.JSONField()
    payload_version = models.PositiveSmallIntegerField()
    payload_sha256 = models.CharField(max_length=64)
    code = models.CharField(max_length=9, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    void_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "year", "number"], name="document_number_once"),
            models.UniqueConstraint(fields=["register", "printed_number"], name="document_printed_number_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="document_number_positive"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, voided_by__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False, voided_by__isnull=False) & ~Q(void_reason="")),
                name="document_void_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.printed_number}"


class Reprint(AppendOnly):
    """A further copy of a paper, marked SALINAN: the how-manieth, who made it, when and why."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="reprints")
    ordinal = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("alasan", max_length=200)

    class Meta:
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["document", "ordinal"], name="reprint_ordinal_once"),
            models.CheckConstraint(condition=Q(ordinal__gt=0) & ~Q(reason=""), name="reprint_says_why"),
        ]


class DocumentFile(AppendOnly):
    """The PDF bytes of a paper as first rendered; `BATAL` is the rendering of a voided paper, `SALINAN` of a copy."""

    class Variant(models.TextChoices):
        ORIGINAL = "asli", "Asli"
        VOID = "batal", "Batal"
        COPY = "salinan", "Salinan"

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="files")
    variant = models.CharField(max_length=10, choices=Variant)
    reprint = models.OneToOneField(Reprint, null=True, on_delete=models.PROTECT, related_name="file")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64, db_index=True)
    rendered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "variant"], condition=Q(reprint__isnull=True), name="one_file_per_variant"
            ),
            models.CheckConstraint(
                condition=Q(variant="salinan", reprint__isnull=False)
                | (~Q(variant="salinan") & Q(reprint__isnull=True)),
                name="copy_belongs_to_reprint",
            ),
        ]
