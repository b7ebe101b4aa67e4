"""What the columns of a bank's statement mean: guessed from their heads, chosen on screen, applied to each row."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal

from balai.formats import MONTHS
from balai.money import MAX_RUPIAH
from balai.sheets import Cell
from balai.text import single_line
from finance.models import Payment, StatementLine

Verdict = StatementLine.Verdict

HEAD_ROWS = 20  # a bank may write its name, the account and the period above the heads
YEARS = range(2000, 2100)
DAY_FORMATS = (("hbt", "22/11/2026 atau 22 Nov 2026"), ("tbh", "2026-11-22"), ("bht", "11/22/2026"))
AMOUNT_FORMATS = (("titik", "1.500.000,00"), ("polos", "1500000"), ("koma", "1,500,000.00"))
METHODS = [choice for choice in Payment.Method.choices if choice[0] != Payment.Method.CASH]

_FIELDS = {
    "day": r"tanggal|tgl|date",
    "reference": r"referen|\bref|rrn|no\.? ?bukti|trx ?id",
    "description": r"keterangan|uraian|deskripsi|descr|berita|remark",
    "amount": r"kredit|credit|jumlah|nominal|amount",
    "debit": r"debe?i?t",
    "sign": r"d/k|k/d|db/cr|cr/db|d/c|jenis|tipe|type",
}
_AMOUNTS = {
    "titik": re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,([0-9]{1,2}))?"),
    "polos": re.compile(r"([0-9]+)(?:[.,]([0-9]{1,2}))?"),
    "koma": re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]{1,2}))?"),
}
_DRESSED = re.compile(r"([-(]?)\s*(?:rp\.?|idr)?\s*([-(]?)\s*([0-9.,]+)\s*\)?\s*([a-z]*)\s*\)?", re.IGNORECASE)
_ORDERS = {"hbt": (2, 1, 0), "tbh": (0, 1, 2), "bht": (2, 0, 1)}  # where year, month and day stand
_DATE = re.compile(r"([0-9]{1,4})[-/. ]+([0-9]{1,2}|[a-z]{3,9})[-/. ,]+([0-9]{1,4})(?:[ T,].*)?", re.IGNORECASE)
_MONTHS = {month[:3].lower(): place for place, month in enumerate(MONTHS, 1)} | {
    "may": 5,
    "aug": 8,
    "oct": 10,
    "dec": 12,
    "agu": 8,
}
_IN, _OUT = {"c", "cr", "k", "kr", "kredit", "credit", "masuk"}, {"d", "db", "dr", "debet", "debit", "keluar"}


class Unread(Exception):
    """A row does not say what its columns should. The text is the reason, in Indonesian."""


@dataclass(frozen=True)
class Columns:
    """Places of columns (from 0; None where there is none) and how days and amounts are written.

    `head_row` is the row of the heads, from 1. `methods`: the ways of paying whose money this account gets.
    """

    day: int
    amount: int
    reference: int | None = None
    description: int | None = None
    debit: int | None = None
    sign: int | None = None
    day_format: str = "hbt"
    amount_format: str = "titik"
    head_row: int = 1
    methods: tuple[str, ...] = tuple(value for value, _ in METHODS)

    @property
    def places(self) -> list[int]:
        """The columns that are read, each as often as it is named."""
        named = (self.day, self.amount, self.reference, self.description, self.debit, self.sign)
        return [place for place in named if place is not None]

    @property
    def as_json(self) -> dict:
        return asdict(self)

    @classmethod
    def of_json(cls, kept: dict) -> "Columns":
        return cls(**kept | {"methods": tuple(kept["methods"])})


@dataclass(frozen=True)
class Read:
    """What a row says. Rupiah; without day and amount where it could not be read, which `why` tells."""

    verdict: Verdict
    reference: str
    description: str
    day: date | None = None
    amount: int | None = None
    why: str = ""


def read_row(cells: Sequence[Cell], columns: Columns) -> Read:
    """A row below the heads: money in (still unknown), money out, or unread with its reason."""
    reference = _text(_cell(cells, columns.reference))[:120]
    description = _text(_cell(cells, columns.description))[:300]
    try:
        amount = _amount(cells, columns)
        day = read_day(_cell(cells, columns.day), columns.day_format)
    except Unread as unread:
        return Read(Verdict.UNREAD, reference, description, why=str(unread)[:200])
    return Read(Verdict.UNKNOWN if amount > 0 else Verdict.OUT, reference, description, day, abs(amount))


def read_day(cell: Cell, written: str) -> date:
    """A day as a workbook stores it, or as a text of this format; a time after it is left out. Raises Unread."""
    if isinstance(cell, date):
        return _plausible(cell)
    found = _DATE.fullmatch(_text(cell))
    if found is None:
        raise Unread(f"Bukan tanggal: {_shown(cell)}")
    parts = [_MONTHS.get(part[:3].lower(), 0) if part[0].isalpha() else int(part) for part in found.groups()]
    year, month, day = (parts[place] for place in _ORDERS[written])
    try:
        return _plausible(date(year + 2000 if year < 100 else year, month, day))
    except ValueError as error:
        raise Unread(f"Bukan tanggal menurut pilihan: {_shown(cell)}") from error


def read_amount(cell: Cell, written: str) -> int:
    """Rupiah, negative for money out (a minus, brackets, DB); 0 for an empty cell. Raises Unread."""
    if cell is None:
        return 0
    if isinstance(cell, Decimal):
        if cell != int(cell):
            raise Unread(f"Jumlah memuat sen: {_shown(cell)}")
        cell = int(cell)
    if not isinstance(cell, int):
        return _spelled(cell, written)
    return _bounded(cell)


def guess(rows: Sequence[Sequence[Cell]], head_row: int | None = None) -> Columns | None:
    """What the columns seem to mean; None where no column looks like a day or an amount."""
    head_row = head_row or _head_row(rows)
    heads, below = [_text(cell).lower() for cell in rows[head_row - 1]], rows[head_row:]
    places: dict[str, int] = {}
    for name, words in _FIELDS.items():
        free = (place for place, head in enumerate(heads) if place not in places.values() and re.search(words, head))
        if (place := next(free, None)) is not None:
            places[name] = place
    if not {"day", "amount"} <= places.keys():
        return None
    guessed = Columns(**places, head_row=head_row)
    days, amounts = ([_cell(row, place) for row in below] for place in (guessed.day, guessed.amount))
    return replace(
        guessed,
        day_format=_best(DAY_FORMATS, days, read_day),
        amount_format=_best(AMOUNT_FORMATS, amounts, read_amount),
    )


def heads_of(rows: Sequence[Sequence[Cell]], head_row: int) -> list[str]:
    """The heads as text."""
    return [_text(cell) for cell in rows[head_row - 1]]


def letter(place: int) -> str:
    """The name of a column in a spreadsheet: A, B, … Z, AA."""
    return (letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _amount(cells: Sequence[Cell], columns: Columns) -> int:
    amount = read_amount(_cell(cells, columns.amount), columns.amount_format)
    if columns.debit is not None and (debit := read_amount(_cell(cells, columns.debit), columns.amount_format)):
        if amount:
            raise Unread("Debit dan kredit sama-sama terisi")
        return -abs(debit)
    if not amount:
        raise Unread("Jumlahnya kosong atau nol")
    if columns.sign is None:
        return amount
    sign = _text(_cell(cells, columns.sign)).lower().strip(".")
    if sign in _IN | _OUT:
        return abs(amount) if sign in _IN else -abs(amount)
    raise Unread(f"Bukan debit atau kredit: {_shown(sign)}")


def _spelled(cell: Cell, written: str) -> int:
    dressed = _DRESSED.fullmatch(_text(cell))
    found = _AMOUNTS[written].fullmatch(dressed[3]) if dressed else None
    if found is None or dressed[4].lower() not in _IN | _OUT | {""}:
        raise Unread(f"Bukan jumlah menurut pilihan: {_shown(cell)}")
    if int(found[2] or 0):
        raise Unread(f"Jumlah memuat sen: {_shown(cell)}")
    amount = _bounded(int(re.sub("[.,]", "", found[1])[:20]))
    return -amount if dressed[1] or dressed[2] or dressed[4].lower() in _OUT else amount


def _plausible(day: date) -> date:
    if day.year not in YEARS:
        raise Unread(f"Bukan tanggal rekening: {_shown(day)}")
    return day


def _bounded(amount: int) -> int:
    if abs(amount) > MAX_RUPIAH:
        raise Unread("Jumlah terlalu besar")
    return amount


def _head_row(rows: Sequence[Sequence[Cell]]) -> int:
    """The row above the table: the first in which most of the known words stand, else the first."""
    known = "|".join(_FIELDS.values())
    said = [sum(bool(re.search(known, _text(cell).lower())) for cell in row) for row in rows[:HEAD_ROWS]]
    return said.index(max(said)) + 1


def _best(formats: Iterable[tuple[str, str]], cells: list[Cell], read: Callable[[Cell, str], object]) -> str:
    """The format by which most of these cells can be read, the first of equals."""

    def readable(written: str) -> int:
        return sum(_reads(cell, written, read) for cell in cells)

    return max((written for written, _ in formats), key=readable)


def _reads(cell: Cell, written: str, read: Callable[[Cell, str], object]) -> bool:
    try:
        read(cell, written)
    except Unread:
        return False
    return True


def _cell(cells: Sequence[Cell], place: int | None) -> Cell:
    return cells[place] if place is not None and place < len(cells) else None


def _text(cell: Cell) -> str:
    return "" if cell is None else single_line(str(cell))


def _shown(cell: Cell) -> str:
    text = _text(cell)
    return f"“{text[:40]}”" if text else "kosong"
