"""Drawings of an order. The bytes were checked by decoding; names are for display only (balai.uploads)."""

import uuid

from django.db import models

from balai.models import User
from balai.storage import private_storage


class Drawing(models.Model):
    class Kind(models.TextChoices):
        IMAGE = "gambar", "Gambar"
        PDF = "pdf", "PDF"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    order = models.ForeignKey("orders.Order", on_delete=models.CASCADE, related_name="drawings")
    kind = models.CharField(max_length=6, choices=Kind)
    original_name = models.CharField(max_length=120)
    file = models.FileField(storage=private_storage, max_length=120)
    thumbnail = models.FileField(storage=private_storage, max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        ordering = ["uploaded_at", "original_name"]

    def __str__(self) -> str:
        return self.original_name
