"""Who orders. NIK is optional and shown masked only (UU 27/2022, DOMAIN.md f)."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from balai.spelling import sounds_of


class SearchKey(models.TextField):
    """How a customer's words sound, each after a blank: written anew with the row, as `auto_now` writes the time."""

    def pre_save(self, customer: "Customer", add: bool) -> str:
        customer.search_key = customer.sounds
        return customer.search_key


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
    search_key = SearchKey(editable=False)
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")

    class Meta:
        indexes = [models.Index(fields=["name"]), models.Index(fields=["phone"])]
        constraints = [
            models.CheckConstraint(condition=~Q(search_key=""), name="customer_can_be_found"),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("id")),
                name="customer_not_merged_into_self",
            ),
        ]

    def __str__(self) -> str:
        return self.business or self.name

    @property
    def sounds(self) -> str:
        """The key by which the customer is found; name and business also as if they were written as one word."""
        parts = [sounds_of(text) for text in (self.name, self.business, self.address)]
        words = [word for part in parts for word in part] + ["".join(part) for part in parts[:2] if len(part) > 1]
        return " " + " ".join(words)
