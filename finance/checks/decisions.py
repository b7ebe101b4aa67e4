"""Proofs of the decisions: each order owes what they left, nobody got back more than was paid, the scans are there."""

import hashlib
from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from django.db.models import F, Sum

from balai.checks import CHUNK, dig, fault
from finance.decisions import REDUCING, as_told, in_force
from finance.models import Decision, Payment
from orders.models import Order


def decisions() -> Iterator[str]:
    """Every proof of every decision, and of the orders that say they are reduced."""
    rows = Decision.objects.select_related("order__estimate", "withdraws").order_by("order_id", "id")
    for order, own in groupby(rows.iterator(CHUNK), key=attrgetter("order")):
        yield from _order(order)
        for decision in own:
            yield from _withdrawal(decision)
    alone = Order.objects.exclude(reduction=0).exclude(pk__in=Decision.objects.values("order"))
    for order in alone.order_by("pk"):
        yield fault(Order, order, f"dikurangi {order.reduction} tanpa keputusan")
    refunded = Payment.objects.annotate(sum=Sum("refunds__amount"), number=F("receipt__printed_number"))
    for payment in refunded.filter(sum__gt=F("amount")).order_by("pk"):
        yield fault(Payment, payment.number, f"dikembalikan {payment.sum}, dibayar {payment.amount}")
    taken_back = Decision.objects.filter(payment__reversed_by__isnull=False)
    for decision in taken_back.order_by("pk"):
        yield fault(Decision, decision, "mengembalikan uang dari pembayaran yang sudah dibatalkan")


def decision_scans() -> Iterator[str]:
    """The file of each decision is there as it was sent."""
    for decision in Decision.objects.iterator(CHUNK):
        if not decision.file.storage.exists(decision.file.name):
            yield fault(Decision, decision, f"berkas {decision.file.name} hilang")
        elif hashlib.sha256(decision.file.read()).hexdigest() != decision.sha256:
            yield fault(Decision, decision, f"berkas {decision.file.name} berubah: tidak sesuai sidik SHA-256")


def _order(order: Order) -> Iterator[str]:
    """The order says what its decisions say; what was paid is what they left."""
    told = as_told(in_force(order))
    reduction = sum(decision["amount"] for decision in told)
    if order.decisions != told or order.reduction != reduction:
        yield fault(Order, order, f"dikurangi {order.reduction}, menurut keputusan yang berlaku {reduction}")
    if order.bill < 0:
        yield fault(Order, order, f"dikurangi {order.reduction}, nilainya {order.estimate.total}")
    paid = Payment.objects.filter(order=order, kind=Payment.Kind.PAYMENT, reversed_by__isnull=True)
    for payment in paid.select_related("receipt"):
        if payment.amount != order.bill:
            yield fault(Payment, payment.receipt.printed_number, f"jumlah {payment.amount}, tagihan {order.bill}")
        printed = {
            dig(one, "number"): dig(one, "amount") for one in dig(payment.receipt.payload, "body", "reductions") or []
        }
        if printed != {decision["number"]: decision["amount"] for decision in told}:
            yield fault(Payment, payment.receipt.printed_number, "pengurangan berbeda dari keputusan yang berlaku")


def _withdrawal(decision: Decision) -> Iterator[str]:
    mistaken = decision.withdraws
    if mistaken and (mistaken.order_id, mistaken.amount) != (decision.order_id, decision.amount):
        yield fault(Decision, decision, f"mencabut {mistaken} milik pesanan lain atau sebesar lain")
    if mistaken and mistaken.kind not in REDUCING:
        yield fault(Decision, decision, f"mencabut {mistaken}, yang tidak mengurangi tagihan")
