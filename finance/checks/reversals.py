"""Proofs of the requests to take payments back: what was approved was done, by whoever approved, and by two people."""

from collections.abc import Iterator

from django.db.models import F

from balai.checks import CHUNK, fault
from finance.models import Payment, ReversalRequest
from orders.models import Order


def reversals() -> Iterator[str]:
    """Every proof of every request, and of the orders that say one is open."""
    found = ReversalRequest.objects.order_by("id").annotate(
        order=F("payment__order"),
        number=F("payment__receipt__printed_number"),
        cashier=F("payment__recorded_by"),
        counter_by=F("payment__reversed_by__recorded_by"),
        waiting=F("payment__order__reversal_reason"),
    )
    for request in found.iterator(CHUNK):
        yield from _proofs(request)
    unasked = Order.objects.exclude(reversal_reason="").exclude(
        pk__in=ReversalRequest.objects.filter(answered_at__isnull=True).values("payment__order")
    )
    for order in unasked.order_by("pk"):
        yield fault(Order, order, "menunggu keputusan atas pembatalan yang tidak diminta")
    later = Payment.objects.filter(kind=Payment.Kind.REVERSAL).exclude(reverses__reversal_requests__approved=True)
    asked = later.filter(reverses__reversal_requests__isnull=False)  # before requests were kept there were none
    for payment in asked.select_related("receipt").defer("receipt__payload").distinct().order_by("pk"):
        yield fault(Payment, payment.receipt.printed_number, "dibatalkan tanpa persetujuan atas permintaannya")


def _proofs(request: ReversalRequest) -> Iterator[str]:
    name = request.number
    if request.answered_at is None and request.waiting != request.reason:
        yield fault(ReversalRequest, name, "menunggu keputusan, tetapi pesanannya tidak")
    if request.approved and request.counter_by != request.answered_by_id:
        yield fault(ReversalRequest, name, "disetujui, tetapi tidak dibatalkan oleh yang menyetujui")
    if request.approved and request.answered_by_id in (request.asked_by_id, request.cashier):
        yield fault(ReversalRequest, name, "disetujui oleh yang meminta atau yang menerima uangnya")
