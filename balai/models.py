"""Tables of the office itself: people, settings, numbers, issued papers, audit, idempotency."""

import uuid

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

models.CharField.register_lookup(Length)


class AppendOnlyError(TypeError):
    """A row of a book was to be changed or deleted. Books grow; they are never edited."""


class AppendOnlyQuerySet(models.QuerySet):
    """Rows can be added and read; changing and deleting them raises AppendOnlyError."""

    def update(self, **kwargs):
        raise AppendOnlyError(f"{self.model.__name__} is append-only")

    def delete(self):
        raise AppendOnlyError(f"{self.model.__name__} is append-only")

    def bulk_update(self, objs, fields, batch_size=None):
        raise AppendOnlyError(f"{self.model.__name__} is append-only")


class AppendOnly(models.Model):
    """A row that is written once. DESIGN.md 5 and 6: corrections are new rows."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError(f"{type(self).__name__} is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError(f"{type(self).__name__} is append-only")


class User(AbstractUser):
    """A person of the office. The name on papers is `full_name`; accounts are never shared."""

    first_name = None
    last_name = None
    full_name = models.CharField("nama lengkap", max_length=120)
    nip = models.CharField(
        "NIP",
        max_length=18,
        blank=True,
        validators=[RegexValidator(r"^\d{18}$", "NIP terdiri atas 18 angka.")],
    )
    jabatan = models.CharField(max_length=120, blank=True)

    objects = UserManager()
    REQUIRED_FIELDS = ["full_name"]

    class Meta(AbstractUser.Meta):
        verbose_name = "pengguna"

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name


class Office(models.Model):
    """The one row of office settings. A change affects papers issued from then on, never issued ones."""

    class PageSize(models.TextChoices):
        F4 = "f4", "F4 (215 × 330 mm)"
        A4 = "a4", "A4 (210 × 297 mm)"

    government = models.CharField("pemerintah", max_length=120)
    department = models.CharField("dinas", max_length=120)
    unit = models.CharField("unit kerja", max_length=120)
    short_name = models.CharField("nama pendek", max_length=60)
    address = models.CharField("alamat", max_length=200)
    phone = models.CharField("telepon", max_length=60, blank=True)
    website = models.CharField("laman", max_length=120, blank=True)
    email = models.EmailField("surel", blank=True)
    city = models.CharField("kota", max_length=60)
    verify_base = models.URLField("alamat halaman verifikasi", help_text="Contoh: https://pesanan.balai.example")
    head_title = models.CharField("jabatan kepala", max_length=120)
    head_name = models.CharField("nama kepala", max_length=120)
    head_rank = models.CharField("pangkat kepala", max_length=60, blank=True)
    head_nip = models.CharField("NIP kepala", max_length=18, blank=True)
    treasurer_title = models.CharField("jabatan bendahara", max_length=120)
    treasurer_name = models.CharField("nama bendahara", max_length=120)
    treasurer_rank = models.CharField("pangkat bendahara", max_length=60, blank=True)
    treasurer_nip = models.CharField("NIP bendahara", max_length=18, blank=True)
    page_size = models.CharField("ukuran kertas", max_length=2, choices=PageSize, default=PageSize.F4)
    number_templates = models.JSONField("pola nomor", default=dict)
    order_terms = models.JSONField("ketentuan surat pesanan", default=list)
    service_days = models.JSONField("tenggat per tahap (hari kerja)", default=dict)
    offer_valid_days = models.PositiveSmallIntegerField("masa berlaku estimasi (hari)", default=14)
    payment_due_days = models.PositiveSmallIntegerField("jatuh tempo pembayaran (hari)", default=30)
    material_account = models.CharField("kode rekening bahan", max_length=40)
    estimator_may_cash = models.BooleanField("penyusun estimasi boleh menerima pembayaran", default=False)
    is_sample = models.BooleanField("data contoh", default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="office_is_one_row")]

    def __str__(self) -> str:
        return self.unit


class Holiday(models.Model):
    """A day on which the office is closed besides Saturday and Sunday."""

    day = models.DateField("tanggal", unique=True)
    name = models.CharField("nama", max_length=120)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class NumberSeries(models.Model):
    """The counter of one register in one WIB year. `last` is the number most recently given out."""

    register = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "year"], name="one_series_per_register_year")]


class DocumentQuerySet(AppendOnlyQuerySet):
    """Papers are voided by balai.documents.void alone, never changed in bulk."""


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

    objects = DocumentQuerySet.as_manager()

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
    sha256 = models.CharField(max_length=64)
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
