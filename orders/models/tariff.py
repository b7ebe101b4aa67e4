"""The retribution price list. Prices come from a regulation; nobody types one at the counter (DOMAIN.md c)."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from orders.models.workcentre import Service, WorkCentre


class TariffQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "TariffQuerySet":
        """Tariffs in force on this WIB date."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)


class Tariff(models.Model):
    """A price from one day on. Once an estimate has used it, only its last day may still be set."""

    class Kind(models.TextChoices):
        SERVICE = "jasa", "Jasa"
        MATERIAL = "bahan", "Bahan"

    code = models.CharField("kode", max_length=20)
    kind = models.CharField("jenis", max_length=5, choices=Kind, default=Kind.SERVICE)
    service = models.CharField("bengkel", max_length=5, choices=Service, default=Service.METAL)
    name = models.CharField("layanan", max_length=120)
    unit = models.CharField("satuan", max_length=20)
    price = models.BigIntegerField("tarif (rupiah)")
    account_code = models.CharField("kode rekening", max_length=40)
    legal_basis = models.CharField("dasar hukum", max_length=200)
    valid_from = models.DateField("berlaku mulai")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)
    # Where the service is done and how long one unit of it takes there: what an estimate's hours are derived from.
    work_centre = models.ForeignKey(
        WorkCentre, null=True, blank=True, on_delete=models.PROTECT, related_name="tariffs", verbose_name="bagian kerja"
    )
    minutes_per_unit = models.PositiveIntegerField("menit kerja per satuan", null=True, blank=True)
    is_sample = models.BooleanField("CONTOH", default=False)
    history = HistoricalRecords()

    objects = TariffQuerySet.as_manager()

    class Meta:
        ordering = ["name", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="tariff_code_once_per_start"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_until__isnull=True), name="tariff_code_open_once"
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="tariff_price_not_negative"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="tariff_validity_in_order",
            ),
            models.CheckConstraint(
                condition=Q(work_centre__isnull=True, minutes_per_unit__isnull=True)
                | Q(work_centre__isnull=False, minutes_per_unit__isnull=False, minutes_per_unit__gt=0, kind="jasa"),
                name="tariff_work_centre_with_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.name
