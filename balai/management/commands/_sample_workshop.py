"""What is out of service in the sample workshop."""

import uuid
from datetime import timedelta

from balai import clock
from balai.models import User
from balai.office import holidays
from balai.workdays import add_workdays
from orders.actions import Intent
from orders.actions.workshop import OutageData, keep_outage
from orders.models import WorkCentre


def note_outages(by: User) -> None:
    """A welding set that nobody knows when to have back, and the yearly service of a machine to come."""
    today, closed = clock.today(), holidays()
    rows = (
        ("Las", today - timedelta(days=2), None, "Trafo las rusak, menunggu suku cadang"),
        ("CNC", add_workdays(today, 3, closed), add_workdays(today, 4, closed), "Servis tahunan mesin"),
    )
    for name, first, last, reason in rows:
        centre = WorkCentre.objects.get(name=name)
        keep_outage(Intent(by, uuid.uuid4(), 0), OutageData(centre.pk, 1, first, last, reason))
