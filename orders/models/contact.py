"""How office and customer hear of each other: the link to the tracking page, and the log of contacts."""

from django.db import models
from django.db.models import Q

from balai.models import User
from balai.models.books import AppendOnly
from orders.models.estimate import Estimate


class TrackingLink(models.Model):
    """The secret address of an order's tracking page. A revoked one stays, so that it is never given out again.

    The token is kept as it is: it must be printed again (copies of the form, messages), and the form's frozen payload
    holds it anyway. It opens less than what stands in this database beside it.
    """

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="tracking_links")
    token = models.CharField(max_length=26, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(revoked_at__isnull=True), name="one_tracking_link_in_force"
            )
        ]


class ContactEntry(AppendOnly):
    """Office and customer spoke, or the customer left a message on the tracking page: who, how, what, when.

    `estimate` is the offer it was about. A message has no clerk and nobody's name; its form key makes it one.
    """

    class Way(models.TextChoices):
        COUNTER = "loket", "Datang ke loket"
        PHONE = "telepon", "Telepon"
        WHATSAPP = "whatsapp", "WhatsApp"
        EMAIL = "surel", "Surel"
        LINK = "lacak", "Tautan lacak"

    class Answer(models.TextChoices):
        AGREES = "sepakat", "Saya sepakat"
        ASKS = "revisi", "Minta revisi"

    order = models.ForeignKey("orders.Order", on_delete=models.PROTECT, related_name="contacts")
    estimate = models.ForeignKey(Estimate, null=True, on_delete=models.PROTECT, related_name="contacts")
    way = models.CharField("lewat", max_length=8, choices=Way)
    spoke_with = models.CharField("berbicara dengan", max_length=120, blank=True)
    said = models.CharField("isi pembicaraan", max_length=500, blank=True)
    answer = models.CharField("jawaban", max_length=8, choices=Answer, blank=True)
    at = models.DateTimeField()
    noted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["order", "at"], name="contact_of_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(way="lacak", noted_by__isnull=True, key__isnull=False, estimate__isnull=False)
                & ~Q(answer="")
                | ~Q(way="lacak") & ~Q(spoke_with="") & Q(noted_by__isnull=False, key__isnull=True, answer=""),
                name="contact_is_noted_or_a_message",
            )
        ]
