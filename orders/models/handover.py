"""Hand-over of goods with a surat jalan (SOP 7). Several may be needed until the last piece is gone."""

from django.db import models
from django.db.models import Q

from balai.models import Document, User
from balai.storage import private_storage


class HandOver(models.Model):
    class Collector(models.TextChoices):
        SELF = "pemesan", "Pemesan sendiri"
        DEPUTY = "wakil", "Wakil pemesan"

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="handovers")
    collector = models.CharField("bertindak sebagai", max_length=8, choices=Collector)
    collector_name = models.CharField("nama penerima", max_length=120)
    collector_relation = models.CharField("hubungan dengan pemesan", max_length=120, blank=True)
    receipt_number = models.CharField("nomor bukti pembayaran", max_length=60)
    note = models.CharField("catatan kondisi", max_length=500, blank=True)
    photo = models.FileField("foto serah terima", storage=private_storage, max_length=120, blank=True)
    photo_sha256 = models.CharField(max_length=64, blank=True)
    handed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    paper = models.OneToOneField(Document, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["handed_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(collector="wakil") | ~Q(collector_relation=""), name="deputy_has_relation"
            ),
            models.CheckConstraint(
                condition=Q(photo="", photo_sha256="") | ~Q(photo="") & ~Q(photo_sha256=""),
                name="handover_photo_has_its_hash",
            ),
        ]


class HandOverLine(models.Model):
    handover = models.ForeignKey(HandOver, on_delete=models.PROTECT, related_name="lines")
    item = models.ForeignKey("orders.OrderItem", on_delete=models.PROTECT, related_name="handed")
    quantity = models.DecimalField("diserahkan", max_digits=10, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["handover", "item"], name="item_once_per_handover"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="handed_quantity_positive"),
        ]
