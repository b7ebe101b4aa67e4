"""Sample conversations: of the offers that wait one was talked about, one was answered on the tracking page."""

import uuid
from datetime import timedelta

from balai import clock
from balai.models import User
from orders import actions
from orders.actions import Intent
from orders.models import Order
from orders.stages import Stage


def speak(clerk: User) -> None:
    """Write them an hour ago; an office with fewer offers gets fewer."""
    waiting = list(Order.objects.filter(stage=Stage.KONFIRMASI).select_related("customer", "estimate").order_by("-pk"))
    with clock.at(clock.now() - timedelta(hours=1)):
        for order in waiting[:1]:
            said = "Setuju, tetapi minta selesai dua hari lebih cepat bila bisa."
            actions.leave_message(order.pk, uuid.uuid4(), order.estimate.version, "sepakat", said)
        for order in waiting[1:2]:
            intent, who = Intent(clerk, uuid.uuid4(), order.version), order.customer.name
            said = "Biaya dan waktu sudah disampaikan, akan dijawab sesudah rapat besok."
            actions.note_contact(order.pk, intent, via="telepon", who=who, said=said)
