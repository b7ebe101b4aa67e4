"""Drawings of an order. The bytes were checked by decoding; names are for display only (balai.uploads).

A link lets a phone add some for a quarter of an hour. Its token stands nowhere: it is made of the id and the secret
key (`orders.phonelinks`), and found by its hash.
"""

import uuid

from django.db import models

from balai.models import User
from balai.storage import private_storage


class UploadLink(models.Model):
    """Lets whoever holds its token add drawings to one order until `expires_at` or `closed_at`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="upload_links")
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)  # files sent, good or not

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("made_at")), name="upload_link_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["order"], condition=models.Q(closed_at__isnull=True), name="one_open_upload_link_an_order"
            ),
        ]


class Drawing(models.Model):
    class Kind(models.TextChoices):
        IMAGE = "gambar", "Gambar"
        PDF = "pdf", "PDF"
        DXF = "dxf", "DXF"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="drawings")
    kind = models.CharField(max_length=6, choices=Kind)
    original_name = models.CharField(max_length=120)
    file = models.FileField(storage=private_storage, max_length=120)
    thumbnail = models.FileField(storage=private_storage, max_length=120, blank=True)  # empty: it cannot be shown
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)  # when the workshop opened this version
    link = models.ForeignKey(UploadLink, null=True, on_delete=models.RESTRICT, related_name="drawings")

    class Meta:
        ordering = ["uploaded_at", "original_name"]

    def __str__(self) -> str:
        return self.original_name
