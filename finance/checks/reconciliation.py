"""Proofs of the reconciliations: each agrees with its rows, and each row with the payment it stands for."""

from collections.abc import Iterator

from django.db.models import Count, Sum

from balai.checks import CHUNK, fault
from finance.matching import NEAR, Entry, Paid, names
from finance.models import Payment, ReconciledPayment, Reconciliation


def reconciliations() -> Iterator[str]:
    """Every proof of every reconciliation."""
    rows = Reconciliation.objects.select_related("statement").annotate(rows=Count("items"), total=Sum("items__amount"))
    for made in rows.order_by("pk").iterator(CHUNK):
        if (made.rows, made.total) != (made.count, made.amount):
            told = f"{made.count} pembayaran, {made.amount}; barisnya {made.rows}, {made.total or 0}"
            yield fault(Reconciliation, f"{made.pk} {made}", told)
        if made.sha256 != made.statement.sha256:
            yield fault(Reconciliation, f"{made.pk} {made}", "sidik berkas berbeda dari berkasnya")
    items = ReconciledPayment.objects.select_related("payment__receipt", "reconciliation")
    for item in items.defer("payment__receipt__payload").order_by("pk").iterator(CHUNK):
        number = item.payment.receipt.printed_number
        yield from (fault(ReconciledPayment, f"bukti {number}", what) for what in _disagreements(item))


def _disagreements(item: ReconciledPayment) -> Iterator[str]:
    payment = item.payment
    if payment.kind != Payment.Kind.PAYMENT or payment.method == Payment.Method.CASH:
        yield "bukan pembayaran nontunai"
        return
    if item.amount != payment.amount:
        yield f"jumlah di bank {item.amount}, di buku {payment.amount}"
    entry = Entry(item.number, item.day, item.reference, item.description, item.amount)
    paid = Paid(payment.pk, payment.reference, payment.amount, payment.settled_on)
    if not names(entry, paid) and abs(item.day - payment.settled_on) > NEAR:
        yield f"baris {item.number} tidak menyebut referensi {payment.reference}, dan tanggalnya berjauhan"
    if not item.reconciliation.first_day <= item.day <= item.reconciliation.last_day:
        yield f"baris {item.number} di luar masa rekonsiliasinya"
