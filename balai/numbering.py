"""Gapless numbers per register and WIB year, from a counter row advanced in the issuing transaction."""

import re
from dataclasses import dataclass
from datetime import date
from string import Formatter

from django.db import IntegrityError, transaction
from django.db.models import F

from balai.models import NumberSeries, Office
from balai.office import NUMBER_TEMPLATES

FIELDS = ("urut", "bulan_romawi", "bulan", "tahun")
MAX_LENGTH = 60  # of a printed number, as Document keeps it
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
    return written(template_of(register, office), number, on)


def template_of(register: str, office: Office) -> str:
    """The office's own template for this register, or our proposal until it has one."""
    return (NUMBER_TEMPLATES | office.number_templates)[register]


def written(template: str, number: int, on: date) -> str:
    """This number by this template, which must pass `check_template`."""
    return template.format(urut=number, bulan_romawi=ROMAN_MONTHS[on.month - 1], bulan=on.month, tahun=on.year)


def check_template(template: str) -> None:
    """Raises ValueError, with a sentence for the admin, for a template that numbers cannot be written by.

    It must hold the running number and the year, so that no two papers of a register look alike; and something that
    is no digit between any two fields, so that 1 in November and 11 in January do not both read 111.
    """
    try:
        parts = list(Formatter().parse(template))
    except ValueError as error:
        raise ValueError("Kurung kurawal harus berpasangan, misalnya {urut:04}.") from error
    fields = [field for _, field, _, _ in parts if field is not None]
    for _, field, width, conversion in parts:
        if field is not None and field not in FIELDS:
            raise ValueError(f"Tidak ada isian {{{field}}}. Pakai {{urut}}, {{bulan}}, {{bulan_romawi}}, {{tahun}}.")
        if conversion or (width and not (field in ("urut", "bulan") and re.fullmatch("0[1-9]", width))):
            raise ValueError("Lebar hanya untuk {urut} dan {bulan}, misalnya {urut:04} atau {bulan:02}.")
    if not {"urut", "tahun"} <= set(fields):
        raise ValueError("Pola harus memuat {urut} dan {tahun}.")
    between = [text for text, field, _, _ in parts[1:] if field is not None]
    if not all(re.search(r"\D", text) for text in between):
        raise ValueError("Beri tanda di antara isian, misalnya garis miring.")
    if max(len(written(template, 999_999, date(2026, month, 1))) for month in (8, 12)) > MAX_LENGTH:
        raise ValueError(f"Nomor dengan pola ini lebih dari {MAX_LENGTH} huruf. Pendekkan polanya.")


def _open_series(register: str, year: int) -> None:
    try:
        with transaction.atomic():
            NumberSeries.objects.create(register=register, year=year)
    except IntegrityError:
        # Another transaction opened the same series a moment earlier; its row is the one to advance.
        return
