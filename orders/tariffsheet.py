"""The price list as a file: the columns that go out are those that come back, and what each cell may be."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from balai import tables
from balai.money import parse_rupiah
from balai.sheets import Cell, Sheet
from balai.text import single_line
from orders.models import Service, Tariff
from orders.tariffs import UNITS, TariffData, faults_of

MAX_ROWS = 10_000
MAX_MINUTES = 100_000
SAMPLE = "CONTOH"
SAME_UNITS = {"m2": "m²", "m3": "m³"}
FORMULA = "berisi rumus. Ganti dengan nilainya."
AS_TEXT = "dibaca sebagai angka atau tanggal. Ubah format selnya menjadi teks, lalu tulis lagi."
NO_SEN = "tulis rupiah bulat tanpa sen, misalnya 45000."
A_DAY = "tulis tanggal seperti 02-01-2027."

_DAY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.](20[0-9]{2})|(20[0-9]{2})-([0-9]{2})-([0-9]{2})")

Fault = tuple[str, str]  # column, sentence


class CellRefused(ValueError):
    """A cell cannot be what its column holds; the text is the Indonesian sentence after the column's name."""


@dataclass(frozen=True)
class SheetColumn:
    """A column: its head, its width in letters, the field of TariffData, and what reads a cell of it."""

    title: str
    width: int
    field: str
    read: Callable[[Cell], Any]
    needed: bool = True
    number: bool = False


def _text(most: int) -> Callable[[Cell], str]:
    def read(cell: Cell) -> str:
        if isinstance(cell, Decimal | date):
            raise CellRefused(AS_TEXT)
        text = single_line(str(cell))
        if len(text) > most:
            raise CellRefused(f"paling banyak {most} huruf.")
        return text

    return read


def _one_of(choices: Mapping[str, str]) -> Callable[[Cell], str]:
    known = {label.lower(): value for value, label in choices.items()}

    def read(cell: Cell) -> str:
        value = known.get(str(cell).lower())
        if value is None:
            raise CellRefused(f"“{cell}” tidak dikenal. Pilih {' atau '.join(choices.values())}.")
        return value

    return read


def _unit(cell: Cell) -> str:
    text = SAME_UNITS.get(str(cell).lower(), str(cell).lower())
    if text not in UNITS:
        raise CellRefused(f"“{cell}” tidak dikenal. Pilih {', '.join(UNITS)}.")
    return text


def _rupiah(cell: Cell) -> int:
    if isinstance(cell, Decimal) and cell % 1:
        raise CellRefused(NO_SEN)
    try:
        return parse_rupiah(str(int(cell)) if isinstance(cell, Decimal) else str(cell))
    except ValueError as error:
        raise CellRefused(_lower_first(str(error))) from error


def _day(cell: Cell) -> date:
    found = None if isinstance(cell, date) else _DAY.fullmatch(str(cell))
    if found:
        day, month, year, *turned = found.groups()
        parts = turned if year is None else (year, month, day)
        try:
            cell = date(*map(int, parts))
        except ValueError as error:
            raise CellRefused(f"tanggal {cell} tidak ada di kalender.") from error
    if not isinstance(cell, date) or not 2000 <= cell.year <= 2099:
        raise CellRefused(A_DAY)
    return cell


def _minutes(cell: Cell) -> int:
    text = str(cell)
    if not re.fullmatch("[0-9]{1,6}", text) or not 1 <= int(text) <= MAX_MINUTES:
        raise CellRefused("tulis menit bulat lebih dari nol, misalnya 60.")
    return int(text)


def _is_sample(cell: Cell) -> bool:
    if str(cell).upper() != SAMPLE:
        raise CellRefused(f"tulis {SAMPLE} atau kosongkan.")
    return True


COLUMNS = (
    SheetColumn("Kode", 12, "code", _text(20)),
    SheetColumn("Jenis", 8, "kind", _one_of(dict(Tariff.Kind.choices))),
    SheetColumn("Bengkel", 10, "service", _one_of(dict(Service.choices))),
    SheetColumn("Layanan", 36, "name", _text(120)),
    SheetColumn("Satuan", 10, "unit", _unit),
    SheetColumn("Tarif (Rp)", 14, "price", _rupiah, number=True),
    SheetColumn("Kode rekening", 22, "account_code", _text(40)),
    SheetColumn("Dasar hukum", 40, "legal_basis", _text(200)),
    SheetColumn("Berlaku mulai", 14, "valid_from", _day),
    SheetColumn("Berlaku sampai", 14, "valid_until", _day, needed=False),
    SheetColumn("Bagian kerja", 20, "work_centre", _text(60), needed=False),
    SheetColumn("Menit per satuan", 10, "minutes_per_unit", _minutes, needed=False, number=True),
    SheetColumn("Tanda", 10, "is_sample", _is_sample, needed=False),
)
TITLES = {column.field: column.title for column in COLUMNS}
HEADS = tuple(tables.Column(column.title, column.width, number=column.number) for column in COLUMNS)


def cells_of(data: TariffData, centres: Mapping[int, str]) -> tuple[tables.Cell, ...]:
    """One version as a row of the file; `centres` are the names of the work centres by key."""
    shown = vars(data) | {
        "kind": Tariff.Kind(data.kind).label,
        "service": Service(data.service).label,
        "work_centre": centres.get(data.work_centre),
        "is_sample": SAMPLE if data.is_sample else None,
    }
    return tuple(shown[column.field] for column in COLUMNS)


def wrong_heads(heads: Sequence[str]) -> str:
    """What is wrong with the first row of a file, as an Indonesian sentence; empty when nothing is."""
    found, known = [_plain(head) for head in heads if head], {_plain(column.title): column.title for column in COLUMNS}
    told = (
        ("Kolom yang tidak ada: {}.", [title for plain, title in known.items() if plain not in found]),
        ("Kolom yang tidak dikenal: {}.", [head for head in heads if head and _plain(head) not in known]),
        ("Kolom yang ada dua kali: {}.", [title for plain, title in known.items() if found.count(plain) > 1]),
    )
    return " ".join(sentence.format(", ".join(titles)) for sentence, titles in told if titles)


def stored(sheet: Sheet) -> list[list]:
    """The rows with anything in them as JSON keeps them: number, cells in the order of COLUMNS, columns of formulas.

    The heads must be right.
    """
    places = {_plain(head): place for place, head in enumerate(sheet.heads)}
    order = [places[_plain(column.title)] for column in COLUMNS]
    rows = []
    for row in sheet.rows:
        cells = [_as_json(row.cells[place]) for place in order]
        formulas = [column for column, place in enumerate(order) if place in row.formulas]
        if any(cell is not None for cell in cells):
            rows.append([row.number, cells, formulas])
    return rows


def read_row(cells: Sequence, formulas: Iterable[int], centres: Mapping[str, int]) -> tuple[dict, list[Fault]]:
    """The fields of a stored row that can be read, and what is wrong with the others and with all of them together.

    `centres` are the keys of the work centres by their name in small letters.
    """
    fields, faults = {"valid_until": None, "work_centre": None, "minutes_per_unit": None, "is_sample": False}, []
    for place, (column, cell) in enumerate(zip(COLUMNS, cells, strict=True)):
        try:
            if place in formulas:
                raise CellRefused(FORMULA)
            if cell is not None:
                fields[column.field] = column.read(_from_json(cell))
            elif column.needed:
                raise CellRefused("belum diisi.")
        except CellRefused as error:
            faults.append((column.title, str(error)))
    if name := fields["work_centre"]:
        fields["work_centre"] = centres.get(name.lower())
        if fields["work_centre"] is None:
            faults.append((TITLES["work_centre"], f"“{name}” tidak dikenal di daftar bagian kerja."))
    if not faults:
        faults += [(TITLES[field], _lower_first(sentence)) for field, sentence in faults_of(TariffData(**fields))]
    return fields, faults


def differences(old: TariffData, new: TariffData, centres: Mapping[int, str]) -> Iterator[str]:
    """What else than price and days is another than before: column, from what to what."""
    for column, before, after in zip(COLUMNS, cells_of(old, centres), cells_of(new, centres), strict=True):
        if column.field not in ("price", "valid_from", "valid_until") and before != after:
            yield f"{column.title}: {before or 'kosong'} menjadi {after or 'kosong'}"


def _plain(head: str) -> str:
    return " ".join(head.lower().split())


def _lower_first(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _as_json(cell: Cell) -> object:
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    return {"n": str(cell)} if isinstance(cell, Decimal) else cell


def _from_json(cell: object) -> Cell:
    if isinstance(cell, dict):
        return date.fromisoformat(cell["d"]) if "d" in cell else Decimal(cell["n"])
    return cell
