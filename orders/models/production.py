"""SOP 5, produksi: the steps of the work as they were planned and done, its result, and the materials it took."""

from django.db import models
from django.db.models import Q

from balai.models import User
from balai.storage import private_storage
from orders.models.workcentre import WorkCentre


class HoldKind(models.TextChoices):
    """Why work stops for a while."""

    MATERIAL = "bahan", "Menunggu bahan"
    MACHINE = "mesin", "Mesin rusak"
    CUSTOMER = "pelanggan", "Menunggu pelanggan"
    DECISION = "keputusan", "Menunggu keputusan"
    OTHER = "lainnya", "Lainnya"


class JobStep(models.Model):
    """A step ("tahap") of an agreed order at one work centre, with the minutes planned for it and those it took.

    `left_minutes` is what the workshop last said is left of it, once it did; more than the plan when it has to be.
    """

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField()
    work_centre = models.ForeignKey(WorkCentre, on_delete=models.PROTECT, related_name="+")
    description = models.CharField("uraian", max_length=200, blank=True)
    minutes = models.PositiveIntegerField("rencana (menit)")
    left_minutes = models.PositiveIntegerField("sisa (menit)", null=True)
    actual_minutes = models.PositiveIntegerField("kenyataan (menit)", null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="job_step_position_once"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="job_step_has_minutes"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, done_by__isnull=True, actual_minutes__isnull=True)
                | Q(done_at__isnull=False, done_by__isnull=False, actual_minutes__isnull=False, actual_minutes__gt=0),
                name="job_step_done_with_minutes",
            ),
            models.CheckConstraint(
                condition=Q(left_minutes__isnull=True) | Q(left_minutes__gt=0, done_at__isnull=True),
                name="job_step_left_while_open",
            ),
        ]

    @property
    def label(self) -> str:
        """What is done where: `Bubut, poros utama`."""
        return ", ".join(part for part in (self.work_centre.name, self.description) if part)


class QualityCheck(models.Model):
    """What was looked at before an order was called done, and by whom. All of it has to be right."""

    order = models.OneToOneField("orders.Order", on_delete=models.PROTECT, related_name="quality_check")
    fits_drawing = models.BooleanField("sesuai gambar")
    measured = models.BooleanField("ukuran diperiksa")
    complete = models.BooleanField("jumlah lengkap")
    note = models.CharField("catatan pemeriksa", max_length=300, blank=True)
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(fits_drawing=True, measured=True, complete=True), name="quality_check_all_right"
            )
        ]


class MaterialUse(models.Model):
    """A material that the work took; of the customer's own, `left` is what remained and is to be given back."""

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="materials_used")
    position = models.PositiveSmallIntegerField()
    name = models.CharField("bahan", max_length=200)
    from_customer = models.BooleanField("dari pelanggan")
    unit = models.CharField("satuan", max_length=20)
    planned = models.DecimalField("rencana", max_digits=10, decimal_places=3, null=True)
    quantity = models.DecimalField("dipakai", max_digits=10, decimal_places=3)
    left = models.DecimalField("sisa", max_digits=10, decimal_places=3, default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="material_use_position_once"),
            models.CheckConstraint(condition=Q(quantity__gte=0, left__gte=0), name="material_use_not_negative"),
            models.CheckConstraint(condition=Q(from_customer=True) | Q(left=0), name="only_customers_material_is_left"),
        ]


class ResultPhoto(models.Model):
    """A photo of the work: of one step, or of the finished goods."""

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="result_photos")
    step = models.ForeignKey(JobStep, null=True, on_delete=models.PROTECT, related_name="photos")
    file = models.FileField(storage=private_storage, max_length=120)
    thumbnail = models.FileField(storage=private_storage, max_length=120)
    sha256 = models.CharField(max_length=64)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["taken_at", "id"]
