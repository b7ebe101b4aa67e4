"""What belongs to an order: the things asked for, the goods left behind, the papers issued."""

from django.db import models
from django.db.models import Q

from balai.models import Document


class OrderItem(models.Model):
    """One thing the customer asks for."""

    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("nama barang", max_length=200)
    quantity = models.DecimalField("jumlah", max_digits=10, decimal_places=3)
    unit = models.CharField("satuan", max_length=20)
    material = models.CharField("bahan", max_length=120, blank=True)
    size = models.CharField("ukuran, spesifikasi", max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="item_position_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="item_quantity_positive"),
        ]


class LeftGoods(models.Model):
    """Material or a sample the customer left with the office; printed on the receipt form.

    When the order ends each thing was given back, or `became` says what else happened to it.
    """

    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="left_goods")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("nama barang titipan", max_length=200)
    quantity = models.DecimalField("jumlah", max_digits=10, decimal_places=3)
    unit = models.CharField("satuan", max_length=20)
    condition = models.CharField("keadaan saat diterima", max_length=200, blank=True)
    accounted_at = models.DateTimeField("dipertanggungjawabkan", null=True)
    given_back = models.BooleanField("dikembalikan", default=False)
    became = models.CharField("yang terjadi", max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="left_goods_position_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="left_goods_quantity_positive"),
            models.CheckConstraint(
                condition=Q(accounted_at__isnull=True, given_back=False, became="")
                | Q(accounted_at__isnull=False) & (Q(given_back=True) | ~Q(became="")),
                name="left_goods_accounted_with_words",
            ),
        ]


class OrderPaper(models.Model):
    """Ties an issued paper to its order; papers themselves know nothing of orders."""

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="papers")
    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
