"""A price list that came as a file: its rows, how far they were checked, and what would change."""

from django.db import models
from django.db.models import Q

from balai.models import User


class TariffImport(models.Model):
    """An upload. It changes nothing until it is confirmed, and then all of it at once.

    `rows` are as `orders.tariffsheet` stores them, `results` the findings on the first of them. `checked_on` (WIB) and
    `list_version` say against which price list they were checked.
    """

    name = models.CharField("nama berkas", max_length=120)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField()
    results = models.JSONField(default=list)
    checked_on = models.DateField(null=True)
    list_version = models.PositiveIntegerField(null=True)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True, applied_by__isnull=True)
                | Q(applied_at__isnull=False, applied_by__isnull=False, checked_on__isnull=False),
                name="tariff_import_applied_by_somebody",
            ),
        ]
