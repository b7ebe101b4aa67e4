"""What the till must hold at the end of a day, by the ledger; and the seal over the rows that say so."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet, Sum

from balai.clock import WIB
from balai.months import Month
from balai.payloads import canonical
from finance.models import CashDay, Deposit, DepositCorrection, Payment, PaymentLine

SEALED = ("id", "kind", "order_id", "amount", "method", "reference", "settled_on", "paid_at", "receipt__printed_number")
SEALED_DEPOSIT = ("id", "sts_number", "deposited_on", "amount", "paper__printed_number")
SEALED_CORRECTION = ("id", "deposit_id", "sts_number", "bank", "deposited_on", "reason", "paper__printed_number")


@dataclass(frozen=True)
class Takings:
    """Money of one way of paying: receipts issued, receipts reversed, rupiah left."""

    method: str
    label: str
    issued: int
    reversed: int
    amount: int


@dataclass(frozen=True)
class Tally:
    """All that moved after the day `since` (None: ever) to the end of `day`; rupiah."""

    since: date | None
    day: date
    opening: int
    ways: list[Takings]
    deposited: int

    @property
    def cash(self) -> int:
        """Cash received less cash given back."""
        return next(way.amount for way in self.ways if way.method == Payment.Method.CASH)

    @property
    def expected(self) -> int:
        """What must lie in the till."""
        return self.opening + self.cash - self.deposited


def tally(day: date, last: CashDay | None) -> Tally:
    """The till at the end of `day`, when `last` was the closing before it. Two queries."""
    since = last.day if last else None
    deposited = deposits_between(since, day).aggregate(sum=Sum("amount"))["sum"] or 0
    return Tally(since, day, last.counted if last else 0, takings(payments_between(since, day)), deposited)


def takings(payments: QuerySet[Payment]) -> list[Takings]:
    """These payments by way of paying, every way named. One query."""
    kind = Payment.Kind
    rows = (
        payments.order_by()
        .values("method")
        .annotate(
            issued=Count("id", filter=Q(kind=kind.PAYMENT)),
            reversed=Count("id", filter=Q(kind=kind.REVERSAL)),
            amount=Sum("amount"),
        )
    )
    found = {row["method"]: row for row in rows}
    nothing = {"issued": 0, "reversed": 0, "amount": 0}
    return [
        Takings(method, label, row["issued"], row["reversed"], row["amount"])
        for method, label in Payment.Method.choices
        for row in [found.get(method, nothing)]
    ]


def payments_between(since: date | None, day: date) -> QuerySet[Payment]:
    """The ledger's rows after the WIB date `since` to the end of `day`."""
    rows = Payment.objects.filter(paid_at__lt=_midnight_after(day))
    return rows.filter(paid_at__gte=_midnight_after(since)) if since else rows


def deposits_between(since: date | None, day: date) -> QuerySet[Deposit]:
    """The deposits of the same days, as corrected."""
    rows = Deposit.objects.filter(now__deposited_on__lte=day)
    return rows.filter(now__deposited_on__gt=since) if since else rows


def seal(since: date | None, day: date) -> str:
    """SHA-256 over the rows of these days: it tells whether any of them was changed, added or taken away."""
    payments = payments_between(since, day).order_by("id").values_list(*SEALED)
    deposits = deposits_between(since, day).order_by("id").values_list(*SEALED_DEPOSIT)
    return hashlib.sha256(canonical([_plain(payments), _plain(deposits)]).encode()).hexdigest()


def month_seal(month: Month) -> str:
    """The same over the rows of a month, their parts per kode rekening, and what was corrected of its deposits."""
    lines = PaymentLine.objects.filter(payment__paid_at__gte=month.start, payment__paid_at__lt=month.end)
    parts = lines.order_by("id").values_list("payment_id", "account_code", "amount")
    corrections = DepositCorrection.objects.filter(deposit__in=deposits_between(month.previous.last, month.last))
    corrected = _plain(corrections.order_by("id").values_list(*SEALED_CORRECTION))
    sealed = [seal(month.previous.last, month.last), _plain(parts), *([corrected] if corrected else [])]
    return hashlib.sha256(canonical(sealed).encode()).hexdigest()


def _plain(rows: Iterable[tuple]) -> list[list]:
    return [[str(value) if isinstance(value, date) else value for value in row] for row in rows.iterator()]


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time.min, WIB)
