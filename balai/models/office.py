"""The office's settings and its calendar."""

from django.db import models
from django.db.models import Q


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
