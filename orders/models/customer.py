"""Who orders. NIK is optional and shown masked only (UU 27/2022, DOMAIN.md f)."""

from django.core.validators import RegexValidator
from django.db import models


class Customer(models.Model):
    class Kind(models.TextChoices):
        IKM = "ikm", "IKM"
        COMPANY = "perusahaan", "Perusahaan"
        INSTITUTION = "instansi", "Instansi"
        SCHOOL = "sekolah", "Sekolah"
        PERSON = "perorangan", "Perorangan"

    name = models.CharField("nama pelanggan", max_length=200)
    business = models.CharField("usaha atau instansi", max_length=200, blank=True)
    kind = models.CharField("bertindak sebagai", max_length=12, choices=Kind)
    phone = models.CharField("nomor HP", max_length=20, help_text="angka saja, diawali 62")
    email = models.EmailField("surel", blank=True)
    address = models.CharField("alamat", max_length=300)
    nik = models.CharField(
        "NIK",
        max_length=16,
        blank=True,
        validators=[RegexValidator(r"^\d{16}$", "NIK terdiri atas 16 angka.")],
    )
    nib = models.CharField(
        "NIB",
        max_length=13,
        blank=True,
        validators=[RegexValidator(r"^\d{13}$", "NIB terdiri atas 13 angka.")],
    )
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name"]), models.Index(fields=["phone"])]

    def __str__(self) -> str:
        return self.business or self.name
