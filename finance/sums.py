"""When money counts as received and when as deposited: every book asks here, so that all of them come to one sum.

Received is what the ledger wrote, on the day it wrote it. Cash counts as deposited by its Deposit; other money on the
day it reached the treasury, but never before the day it was written down: what is past stays as it was printed.
"""

from collections import Counter

from django.db.models import Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, NullIf

from balai.months import Stretch
from finance.models import Deposit, Payment, PaymentLine

# Who paid, as the books name them: the business, or the person without one.
PAYER = Coalesce(NullIf("payment__order__customer__business", Value("")), "payment__order__customer__name")


def received_in(stretch: Stretch, path: str = "") -> Q:
    """Ledger rows of these days; `path` leads to the payment, such as `payment__`."""
    return Q(**{f"{path}paid_at__gte": stretch.start, f"{path}paid_at__lt": stretch.end})


def settled_in(stretch: Stretch, path: str = "") -> Q:
    """Ledger rows whose money counts as having reached the treasury without a deposit in these days."""
    return received_in(stretch, path) & Q(**{f"{path}settled_on__lt": stretch.end.date()}) | settled_later_in(
        stretch, path
    )


def settled_later_in(stretch: Stretch, path: str = "") -> Q:
    """Those of them that were received before these days."""
    on = f"{path}settled_on"
    days = {f"{on}__gte": stretch.start.date(), f"{on}__lt": stretch.end.date()}
    return Q(**days, **{f"{path}paid_at__lt": stretch.start})


def settled_before(stretch: Stretch, path: str = "") -> Q:
    """Ledger rows whose money had reached the treasury before these days."""
    return Q(**{f"{path}settled_on__lt": stretch.start.date(), f"{path}paid_at__lt": stretch.start})


def deposited_in(stretch: Stretch, path: str = "") -> Q:
    """Deposits of these days, as corrected."""
    on = f"{path}now__deposited_on"
    return Q(**{f"{on}__gte": stretch.start.date(), f"{on}__lt": stretch.end.date()})


def total(rows: QuerySet) -> int:
    """Rupiah of these rows. One query."""
    return rows.aggregate(sum=Sum("amount"))["sum"] or 0


def received(stretch: Stretch) -> int:
    """Rupiah received in these days, less what was taken back. One query."""
    return total(Payment.objects.filter(received_in(stretch)))


def deposited(stretch: Stretch) -> int:
    """Rupiah that came to the treasury in these days. Two queries."""
    settled = total(Payment.objects.filter(settled_in(stretch)))
    return settled + total(Deposit.objects.filter(deposited_in(stretch)))


def brought_forward(stretch: Stretch) -> int:
    """What was received and not deposited before these days. Two queries."""
    ledger = Payment.objects.aggregate(
        received=Sum("amount", filter=Q(paid_at__lt=stretch.start)),
        settled=Sum("amount", filter=settled_before(stretch)),
    )
    deposits = total(Deposit.objects.filter(now__deposited_on__lt=stretch.start.date()))
    return (ledger["received"] or 0) - (ledger["settled"] or 0) - deposits


TO_DEPOSIT = "payment__deposit_item__deposit__"


def received_by_account(stretch: Stretch) -> Counter[str]:
    """Rupiah received in these days per kode rekening. One query."""
    return _by_account(PaymentLine.objects.filter(received_in(stretch, "payment__")))


def deposited_by_account(stretch: Stretch) -> Counter[str]:
    """Rupiah that came to the treasury in these days per kode rekening. Two queries."""
    sums = _by_account(PaymentLine.objects.filter(settled_in(stretch, "payment__")))
    return _added(sums, PaymentLine.objects.filter(deposited_in(stretch, TO_DEPOSIT)), 1)


def brought_forward_by_account(stretch: Stretch) -> Counter[str]:
    """What was received and not deposited before these days, per kode rekening. One query.

    It picks the few rows that were left rather than taking what was deposited from all that ever came in; the amounts
    of brought_forward() prove it.
    """
    left = Payment.objects.filter(paid_at__lt=stretch.start).exclude(settled_before(stretch))
    left = left.exclude(deposit_item__deposit__now__deposited_on__lt=stretch.start.date())
    return _by_account(PaymentLine.objects.filter(payment__in=left.order_by()))


def _by_account(lines: QuerySet[PaymentLine]) -> Counter[str]:
    return Counter(dict(lines.order_by().values_list("account_code").annotate(Sum("amount"))))


def _added(sums: Counter[str], lines: QuerySet[PaymentLine], sign: int) -> Counter[str]:
    for account, amount in _by_account(lines).items():
        sums[account] += sign * amount
    return sums
