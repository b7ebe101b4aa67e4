"""How office and customer hear of each other: the link to the tracking page, and the log of contacts."""

from django.db import models
from django.db.models import Q

from balai.models import User


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
