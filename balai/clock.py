"""The one clock of the application: every rule that asks for the time asks here, so that it can be moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

WIB = ZoneInfo("Asia/Jakarta")

_moved_to: ContextVar[datetime | None] = ContextVar("balai_clock_moved_to", default=None)


def now() -> datetime:
    """The present moment, aware; the moment given to `at()` inside its block."""
    return _moved_to.get() or timezone.now()


def today() -> date:
    """The present date in WIB, which also decides the year of a register."""
    return local_date(now())


def local_date(moment: datetime) -> date:
    """The date in WIB of an aware moment."""
    return timezone.localdate(moment, WIB)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stop the clock at `moment` inside the block, for this thread only.

    Raises ValueError for a moment without a time zone.
    """
    if timezone.is_naive(moment):
        raise ValueError(f"Moment without a time zone: {moment!r}")
    token = _moved_to.set(moment)
    try:
        yield
    finally:
        _moved_to.reset(token)
