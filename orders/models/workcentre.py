"""The workshop's work centres, what they can do in a day, and the kinds of jobs that are done there."""

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from balai.models import User

MINUTES_OF_A_DAY = 24 * 60


class Service(models.TextChoices):
    METAL = "logam", "Logam"
    WOOD = "kayu", "Kayu"


class WorkCentre(models.Model):
    """A group of like machines or people ("bagian kerja"): bubut, las, oven. Work is planned in whole minutes."""

    name = models.CharField("bagian kerja", max_length=60, unique=True)
    service = models.CharField("bengkel", max_length=5, choices=Service)
    places = models.PositiveSmallIntegerField("jumlah mesin atau orang", default=1)
    minutes_per_day = models.PositiveSmallIntegerField("menit kerja sehari", default=420)
    position = models.PositiveSmallIntegerField("urutan", default=0)
    is_active = models.BooleanField("dipakai", default=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ["service", "position", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(places__gt=0), name="work_centre_has_places"),
            models.CheckConstraint(
                condition=Q(minutes_per_day__gt=0, minutes_per_day__lte=MINUTES_OF_A_DAY),
                name="work_centre_day_has_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Outage(models.Model):
    """Machines or people of a work centre out of service, from one day until another or until further notice."""

    work_centre = models.ForeignKey(WorkCentre, on_delete=models.PROTECT, related_name="outages")
    places = models.PositiveSmallIntegerField("jumlah yang tidak dapat dipakai", default=1)
    first_day = models.DateField("mulai")
    last_day = models.DateField("sampai", null=True, blank=True)
    reason = models.CharField("alasan", max_length=200)
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(places__gt=0), name="outage_has_places"),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")), name="outage_days_in_order"
            ),
        ]


class JobKind(models.Model):
    """A kind of job ("jenis pekerjaan"): pagar, poros, roda gigi. Like jobs are compared by it."""

    name = models.CharField("jenis pekerjaan", max_length=60, unique=True)
    service = models.CharField("bengkel", max_length=5, choices=Service)
    is_active = models.BooleanField("dipakai", default=True)

    class Meta:
        ordering = ["service", "name"]

    def __str__(self) -> str:
        return self.name
