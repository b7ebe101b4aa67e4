"""Tables that people bring, .xlsx or CSV: read by a process with limits (`balai.sheet_reader`), never by this one.

What the cells mean is for the caller: here a text is made fit to be kept, and a number stays as it was stored.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from balai import reading
from balai.text import several_lines
from balai.uploads import clean_name

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 100_000
SECONDS = 60  # a hundred thousand rows take five, on a machine with nothing else to do

Cell = str | int | Decimal | date | None

_SAVE_AS = "Buka berkasnya, simpan sebagai .xlsx atau CSV, lalu unggah lagi."
_REFUSALS = {
    "empty": "berkas ini kosong. Pilih berkas lain.",
    "large": "berkas ini lebih dari 10 MB. Pisahkan menjadi beberapa berkas, lalu unggah lagi.",
    "kind": f"berkas ini bukan tabel Excel (.xlsx) atau CSV. {_SAVE_AS}",
    "old": f"berkas ini ditulis Excel lama (.xls). {_SAVE_AS}",
    "macros": f"berkas ini berisi makro (.xlsm). {_SAVE_AS}",
    "locked": "berkas ini dikunci dengan sandi. Simpan ulang tanpa sandi, lalu unggah lagi.",
    "broken": f"berkas ini rusak atau tidak lengkap. {_SAVE_AS}",
    "encoding": "huruf di berkas ini tidak bisa dibaca. Simpan ulang sebagai CSV UTF-8, lalu unggah lagi.",
    "quotes": "tanda kutip di berkas ini tidak berpasangan. Periksa berkasnya, lalu unggah lagi.",
    "sheets": "berkas ini berisi {sheets} lembar. Simpan lembar yang dimaksud sebagai berkas sendiri.",
    "rows": "berkas ini lebih dari {max_rows} baris. Pisahkan menjadi beberapa berkas, lalu unggah lagi.",
    "columns": "baris {row} berkas ini lebih dari 60 kolom. Hapus kolom yang tidak perlu, lalu unggah lagi.",
    "heavy": "berkas ini terlalu berat untuk dibuka. Salin isinya ke berkas baru, lalu unggah lagi.",
    "busy": "masih banyak berkas lain yang diperiksa. Tunggu sebentar, lalu unggah lagi.",
}


class SheetRefused(Exception):
    """The file cannot be read. The text tells the user, in Indonesian, which file, why, and what to do."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Row:
    """One row as its program numbers it, as wide as its table. `formulas`: the places of cells that are computed."""

    number: int
    cells: tuple[Cell, ...]
    formulas: frozenset[int]


@dataclass(frozen=True)
class Sheet:
    """The first row, as text, and those below it up to the last one with something in it."""

    heads: tuple[str, ...]
    rows: list[Row]


def read(content: bytes, name: str, max_rows: int = MAX_ROWS) -> Sheet:
    """The table in a file, with at most `max_rows` rows below its first. Raises SheetRefused."""
    if not content:
        raise _refusal(name, "empty")
    if len(content) > MAX_BYTES:
        raise _refusal(name, "large")
    try:
        seen = reading.read("sheet_reader", content, max_rows, seconds=SECONDS)
    except reading.ReadersBusy as busy:
        raise _refusal(name, "busy") from busy
    if reason := seen.facts.get("refused"):
        raise _refusal(name, reason, **seen.facts, max_rows=f"{max_rows:,}".replace(",", "."))
    if not seen.made:
        raise _refusal(name, "heavy")
    head, *rows = (_row(line, seen.facts["width"]) for line in seen.made.split(b"\n"))
    return Sheet(tuple("" if cell is None else str(cell) for cell in head.cells), rows)


def _refusal(name: str, reason: str, **facts: object) -> SheetRefused:
    return SheetRefused(f"{clean_name(name)}: {_REFUSALS[reason].format_map(facts)}")


def _row(line: bytes, width: int) -> Row:
    number, cells, formulas = json.loads(line, object_hook=_number_or_day)
    cells = [_fit(cell) if isinstance(cell, str) else cell for cell in cells]
    return Row(number, (*cells, *[None] * (width - len(cells))), frozenset(formulas))


def _number_or_day(tagged: dict[str, str]) -> Decimal | date:
    return Decimal(tagged["n"]) if "n" in tagged else date.fromisoformat(tagged["d"])


def _fit(text: str) -> str | None:
    return text if text.isascii() and text.isprintable() else several_lines(text).strip() or None
