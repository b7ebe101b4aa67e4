"""How many payments a second eight cashiers record at once, each in a process of its own."""

import multiprocessing
import os
import uuid

from django.db import connections

from balai.models import User
from balai.roles import Role
from benchmarks.figure import at_least, seconds_of
from finance.ledger import PaymentData, record_payment
from finance.models import Payment
from orders import actions
from orders.actions import Intent
from orders.actions.production import FinishData
from orders.models import Order
from orders.stages import Stage

PROCESSES = 8
MOST = 400
GOAL = 20  # payments a second; a busy office takes as many in an hour


def measure() -> None:
    """Pay for all that can be paid, on all processes at once."""
    _finish_work()
    bills = list(Order.objects.filter(stage=Stage.PEMBAYARAN).values_list("pk", flat=True)[:MOST])
    before = Payment.objects.count()
    connections.close_all()  # a connection must not be shared with the processes
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        pool.map(_wake, range(PROCESSES), chunksize=1)
        seconds = seconds_of(lambda: pool.map(_pay, bills, chunksize=1))
    if Payment.objects.count() != before + len(bills):
        raise RuntimeError("not every payment was recorded")
    at_least(f"payments, {PROCESSES} processes", len(bills) / seconds, "payments/s", GOAL)


def _finish_work() -> None:
    """More bills: whatever is being made is done."""
    workshop = User.objects.get(username=Role.BENGKEL)
    for order in Order.objects.filter(stage=Stage.PESANAN)[:MOST]:
        actions.start(order.pk, Intent(workshop, uuid.uuid4(), order.version))
    for order in Order.objects.filter(stage=Stage.PRODUKSI, hold_reason="", change__isnull=True)[:MOST]:
        took = dict(order.steps.filter(done_at=None).values_list("pk", "minutes"))
        done = FinishData(fits_drawing=True, measured=True, complete=True, minutes=took)
        actions.finish(order.pk, Intent(workshop, uuid.uuid4(), order.version), done)


def _wake(number: int) -> None:
    Order.objects.exists()


def _pay(order_id: int) -> None:
    cashier = User.objects.get(username=Role.KEUANGAN)
    order = Order.objects.select_related("estimate").get(pk=order_id)
    data = PaymentData("qris", order.estimate.total, reference=f"BENCH-{os.getpid()}-{order_id}")
    record_payment(order_id, Intent(cashier, uuid.uuid4(), order.version), data)
