"""The till: whoever moves money does it one after the other, and not on a day that is closed."""

from datetime import date

from django.db.models import Max

from balai.models import Office
from finance.models import CashDay, MonthClosing


def lock_till() -> None:
    """Hold the till for the rest of the transaction. On SQLite it holds the write lock already (IMMEDIATE)."""
    Office.objects.select_for_update().get(pk=1)


def closed_through() -> date | None:
    """The last WIB date that is closed, by its cash or with its month: nothing is written on it or before it."""
    days = CashDay.objects.aggregate(last=Max("day"))["last"], months_closed_through()
    return max(filter(None, days), default=None)


def months_closed_through() -> date | None:
    """The last day of the last closed month."""
    return MonthClosing.objects.aggregate(last=Max("last_day"))["last"]


def is_closed(day: date) -> bool:
    """Whether this WIB date is closed."""
    last = closed_through()
    return last is not None and day <= last
