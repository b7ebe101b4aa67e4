"""Proof of the references: none of them pays twice, over all ways of paying and however it was typed."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from django.db.models import Count

from balai.checks import fault
from finance.models import AsReference, Payment


def bank_references() -> Iterator[str]:
    """Each reference stands in one payment in force."""
    paid = Payment.objects.filter(kind=Payment.Kind.PAYMENT, reversed_by__isnull=True).exclude(reference="")
    paid = paid.annotate(known=AsReference("reference"))
    twice = paid.order_by().values("known").annotate(uses=Count("id")).filter(uses__gt=1).values("known")
    rows = paid.filter(known__in=twice).order_by("known", "id").values_list("known", "receipt__printed_number")
    for reference, uses in groupby(rows, key=itemgetter(0)):
        receipts = ", ".join(number for _, number in uses)
        yield fault(Payment, f"referensi {reference}", f"dipakai lebih dari satu kali: bukti {receipts}")
