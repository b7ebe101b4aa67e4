"""Gapless numbers per register and WIB year, from a counter row advanced in the issuing transaction."""

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from balai.models import NumberSeries, Office

ROMAN_MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


@dataclass(frozen=True)
class TakenNumber:
    register: str
    year: int
    number: int
    printed: str


def take(register: str, on: date, office: Office) -> TakenNumber:
    """The next number of `register` in the year of `on` (a WIB date), as printed by the office's template.

    Must run inside the transaction that uses the number: a rollback gives it back.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a number is taken only inside the transaction that uses it")
    # The UPDATE comes first: it takes the row lock on PostgreSQL; SQLite ignores select_for_update.
    if not NumberSeries.objects.filter(register=register, year=on.year).update(last=F("last") + 1):
        _open_series(register, on.year)
        NumberSeries.objects.filter(register=register, year=on.year).update(last=F("last") + 1)
    last = NumberSeries.objects.values_list("last", flat=True).get(register=register, year=on.year)
    return TakenNumber(register, on.year, last, printed(register, last, on, office))


def peek(register: str, on: date, office: Office) -> str:
    """The number that would be taken next, for a check page. It is not reserved."""
    last = NumberSeries.objects.filter(register=register, year=on.year).values_list("last", flat=True).first() or 0
    return printed(register, last + 1, on, office)


def printed(register: str, number: int, on: date, office: Office) -> str:
    """The number as the office's template for this register writes it, e.g. `0118/SP/X/2026`."""
    template = office.number_templates[register]
    return template.format(urut=number, bulan_romawi=ROMAN_MONTHS[on.month - 1], bulan=on.month, tahun=on.year)


def _open_series(register: str, year: int) -> None:
    try:
        with transaction.atomic():
            NumberSeries.objects.create(register=register, year=year)
    except IntegrityError:
        # Another transaction opened the same series a moment earlier; its row is the one to advance.
        return
