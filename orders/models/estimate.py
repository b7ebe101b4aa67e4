"""Time and cost of an order, in versions. A sent version is never edited; a revision is the next version."""

from django.db import models
from django.db.models import F, Q

from balai import clock
from balai.models import User
from orders.models.workcentre import JobKind, WorkCentre


class Estimate(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draf", "Draf"
        OFFERED = "ditawarkan", "Menunggu jawaban"
        AGREED = "disepakati", "Disepakati"
        REFUSED = "ditolak", "Tidak disepakati"

    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="estimates")
    version = models.PositiveSmallIntegerField("versi")
    status = models.CharField(max_length=12, choices=Status, default=Status.DRAFT)
    is_change = models.BooleanField("perubahan saat produksi", default=False)
    reason = models.CharField("alasan perubahan", max_length=500, blank=True)
    note = models.CharField("catatan untuk pelanggan", max_length=500, blank=True)
    days = models.PositiveSmallIntegerField("lama pengerjaan (hari kerja)")
    starts_on = models.DateField("mulai")
    finish_on = models.DateField("usulan selesai")
    valid_until = models.DateField("berlaku sampai", null=True)
    total = models.BigIntegerField("total (rupiah)")
    job_kind = models.ForeignKey(
        JobKind, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="jenis pekerjaan"
    )
    # The workshop promised this day although the queue ahead of it does not allow it (orders.workload).
    is_forced = models.BooleanField("janji mendahului antrean", default=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField("dijawab oleh", max_length=120, blank=True)
    answered_via = models.CharField("dijawab lewat", max_length=20, blank=True)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["order", "version"], name="estimate_version_once"),
            models.UniqueConstraint(fields=["order"], condition=Q(status="draf"), name="one_draft_estimate"),
            models.UniqueConstraint(fields=["order"], condition=Q(status="ditawarkan"), name="one_open_offer"),
            models.CheckConstraint(condition=Q(total__gte=0), name="estimate_total_not_negative"),
            models.CheckConstraint(condition=Q(days__gt=0), name="estimate_days_positive"),
            models.CheckConstraint(condition=Q(finish_on__gte=F("starts_on")), name="estimate_dates_in_order"),
            models.CheckConstraint(
                condition=Q(status="draf") | Q(offered_at__isnull=False, valid_until__isnull=False),
                name="estimate_offer_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"Estimasi versi {self.version}"

    @property
    def lapsed(self) -> bool:
        """Whether the last day of this offer is over; a draft has none."""
        return self.valid_until is not None and self.valid_until < clock.today()


class EstimateLine(models.Model):
    """One line, with the tariff's name, unit, price and account copied: a later tariff changes nothing here.

    A migration of this table takes the guards of the tariffs down and puts them up again (orders.guards).
    """

    class Kind(models.TextChoices):
        SERVICE = "jasa", "Jasa bengkel"
        OFFICE_MATERIAL = "bahan_balai", "Bahan dari balai"
        CUSTOMER_MATERIAL = "bahan_pelanggan", "Bahan dari pelanggan"

    estimate = models.ForeignKey(Estimate, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=Kind)
    tariff = models.ForeignKey("orders.Tariff", null=True, on_delete=models.PROTECT, related_name="+")
    service = models.CharField("layanan", max_length=120, blank=True)
    description = models.CharField("uraian", max_length=200, blank=True)
    price_source = models.CharField("asal harga", max_length=120, blank=True)
    quantity = models.DecimalField("jumlah", max_digits=10, decimal_places=3)
    unit = models.CharField("satuan", max_length=20)
    price = models.BigIntegerField("harga satuan (rupiah)")
    amount = models.BigIntegerField("jumlah harga (rupiah)")
    account_code = models.CharField("kode rekening", max_length=40)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["estimate", "position"], name="estimate_line_position_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="estimate_line_quantity_positive"),
            models.CheckConstraint(condition=Q(price__gte=0, amount__gte=0), name="estimate_line_money_not_negative"),
            models.CheckConstraint(condition=~Q(kind="jasa") | Q(tariff__isnull=False), name="service_has_tariff"),
            models.CheckConstraint(
                condition=~Q(kind="bahan_pelanggan") | Q(price=0, amount=0), name="customer_material_is_free"
            ),
        ]

    @property
    def label(self) -> str:
        """What the line is for, as screens and papers write it: `Bubut, poros utama 4 buah`."""
        return ", ".join(part for part in (self.service, self.description) if part)


class EstimateStep(models.Model):
    """The work of an estimate at one work centre, in whole minutes: what the surat perintah kerja will order."""

    estimate = models.ForeignKey(Estimate, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    work_centre = models.ForeignKey(WorkCentre, on_delete=models.PROTECT, related_name="+")
    description = models.CharField("uraian", max_length=200, blank=True)
    minutes = models.PositiveIntegerField("lama (menit)")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["estimate", "position"], name="estimate_step_position_once"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="estimate_step_has_minutes"),
        ]
