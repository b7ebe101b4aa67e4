"""The office's settings, who signs for it, its emblems and its calendar."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property

from balai.models.books import AppendOnly
from balai.models.people import User


class Emblem(AppendOnly):
    """A picture that stands or stood in the head of papers. Papers hold their own copy of it."""

    png = models.BinaryField()
    sha256 = models.CharField(max_length=64, unique=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")


class Office(models.Model):
    """The one row of office settings. A change affects papers issued from then on, never issued ones."""

    class PageSize(models.TextChoices):
        F4 = "f4", "F4 (215 × 330 mm)"
        A4 = "a4", "A4 (210 × 297 mm)"

    class ReceiptPage(models.TextChoices):
        """A receipt is small; the named paper is taken when it does not fit on A5, or holds two copies to be cut."""

        F4 = "f4", "A5, bila tidak muat F4"
        A4 = "a4", "A5, bila tidak muat A4"
        F4_TWICE = "f4 rangkap", "F4, dua lembar: pelanggan dan arsip"
        A4_TWICE = "a4 rangkap", "A4, dua lembar: pelanggan dan arsip"

    government = models.CharField("pemerintah", max_length=120)
    department = models.CharField("dinas", max_length=120)
    unit = models.CharField("unit kerja", max_length=120)
    short_name = models.CharField("nama pendek", max_length=60)
    address = models.CharField("alamat", max_length=200)
    phone = models.CharField("telepon", max_length=60, blank=True)
    website = models.CharField("laman", max_length=120, blank=True)
    email = models.EmailField("surel", blank=True)
    city = models.CharField("kota", max_length=60)
    verify_base = models.URLField("alamat halaman verifikasi")
    emblem = models.ForeignKey(Emblem, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="lambang")
    page_sizes = models.JSONField("ukuran kertas", default=dict)
    number_templates = models.JSONField("pola nomor", default=dict)
    order_terms = models.JSONField("ketentuan surat pesanan", default=list)
    footers = models.JSONField("kaki surat", default=dict)
    service_days = models.JSONField("tenggat per tahap (hari kerja)", default=dict)
    offer_valid_days = models.PositiveSmallIntegerField("masa berlaku estimasi (hari)", default=14)
    payment_due_days = models.PositiveSmallIntegerField("jatuh tempo pembayaran (hari)", default=30)
    followup_days = models.PositiveSmallIntegerField("pelanggan diingatkan sesudah (hari kerja)", default=2)
    pickup_days = models.PositiveSmallIntegerField("batas pengambilan barang (hari)", default=14)
    deposit_days = models.PositiveSmallIntegerField("batas setor tunai (hari kerja)", default=1)
    reminder_days = models.PositiveSmallIntegerField("teguran sesudah jatuh tempo (hari)", default=7)
    report_day = models.PositiveSmallIntegerField("batas penyampaian LPJ (tanggal)", default=10)
    late_interest = models.PositiveSmallIntegerField("bunga keterlambatan (persen sebulan)", null=True, blank=True)
    material_account = models.CharField("kode rekening bahan", max_length=40)
    estimator_may_cash = models.BooleanField("penyusun estimasi boleh menerima pembayaran", default=False)
    is_sample = models.BooleanField("data contoh", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="office_is_one_row")]

    def __str__(self) -> str:
        return self.unit

    @cached_property
    def signatories(self) -> list["Signatory"]:
        """All who sign or signed, in each role the last to begin first."""
        return list(Signatory.objects.all())


class Signatory(models.Model):
    """Who signs papers in a role, from one day until another. Papers hold their own copy of it."""

    class Role(models.TextChoices):
        HEAD = "kepala", "Kepala"
        TREASURER = "bendahara", "Bendahara"

    role = models.CharField("sebagai", max_length=10, choices=Role)
    title = models.CharField("jabatan di surat", max_length=120)
    name = models.CharField("nama", max_length=120)
    rank = models.CharField("pangkat", max_length=60, blank=True)
    nip = models.CharField(
        "NIP",
        max_length=18,
        blank=True,
        validators=[RegexValidator(r"^\d{18}$", "NIP terdiri atas 18 angka.")],
    )
    valid_from = models.DateField("mulai")
    valid_until = models.DateField("sampai", null=True, blank=True)

    class Meta:
        ordering = ["role", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["role", "valid_from"], name="signatory_begins_alone"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="signatory_ends_after_beginning",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Holiday(models.Model):
    """A day on which the office is closed besides Saturday and Sunday."""

    day = models.DateField("tanggal", unique=True)
    name = models.CharField("nama", max_length=120)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
