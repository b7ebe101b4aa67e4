"""The people of the office."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models


class User(AbstractUser):
    """A person of the office. The name on papers is `full_name`; accounts are never shared."""

    first_name = None
    last_name = None
    full_name = models.CharField("nama lengkap", max_length=120)
    nip = models.CharField(
        "NIP",
        max_length=18,
        blank=True,
        validators=[RegexValidator(r"^\d{18}$", "NIP terdiri atas 18 angka.")],
    )
    jabatan = models.CharField(max_length=120, blank=True)

    objects = UserManager()
    REQUIRED_FIELDS = ["full_name"]

    class Meta(AbstractUser.Meta):
        verbose_name = "pengguna"

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name
