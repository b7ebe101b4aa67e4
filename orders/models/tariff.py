"""The retribution price list. Prices come from a regulation; nobody types one at the counter (DOMAIN.md c)."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class TariffQuerySet(models.QuerySet):
    def valid_on(self, day: date) -> "TariffQuerySet":
        """Tariffs in force on this WIB date."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day)


class Tariff(models.Model):
    code = models.CharField("kode", max_length=20)
    name = models.CharField("layanan", max_length=120)
    unit = models.CharField("satuan", max_length=20)
    price = models.BigIntegerField("tarif (rupiah)")
    account_code = models.CharField("kode rekening", max_length=40)
    legal_basis = models.CharField("dasar hukum", max_length=200)
    valid_from = models.DateField("berlaku mulai")
    valid_until = models.DateField("berlaku sampai", null=True, blank=True)

    objects = TariffQuerySet.as_manager()

    class Meta:
        ordering = ["name", "valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="tariff_code_once_per_start"),
            models.CheckConstraint(condition=Q(price__gte=0), name="tariff_price_not_negative"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="tariff_validity_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name
