"""What somebody typed and has not sent yet."""

import uuid

from django.conf import settings
from django.db import models


class KeptForm(models.Model):
    """The fields of one form on one page, without files, for nobody but the person who typed them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    path = models.CharField("alamat halaman", max_length=300)
    fields = models.JSONField("isian", help_text="nama isian dan daftar nilainya")
    kept_at = models.DateTimeField()
    keep_until = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-kept_at"]
