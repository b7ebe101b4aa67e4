"""The printed sheets of a register: its rows cut into pages, money carried over from page to page.

A register is printed from live data: it is a report, not an issued paper, and bears neither number nor code.
"""

from collections.abc import Callable, Iterable, Sequence
from textwrap import wrap
from typing import Any, TypedDict, TypeVar

from balai import clock, pdf
from balai.clock import WIB
from balai.kinds import Register
from balai.models import User
from balai.months import Period
from balai.office import get_office, letterhead, page_size
from balai.payloads import SCHEMA

ROWS = 15  # on a page of F4 or A4 laid on its side
ROWS_WITH_CLOSING = 9
MOVED = 3  # rows that go with the closing block when it does not fit under the others
MAX_ROWS = 1_000  # WeasyPrint takes about 10 ms a row
SECONDS = 60
NOTE_LINES = 2  # that the narrow last column of a sheet has room for

T = TypeVar("T")


class Sum(TypedDict):
    """A line of subtotals, in rupiah."""

    label: str
    amounts: list[int]


class Page(TypedDict):
    rows: list[Any]
    sums: list[Sum]


class LongNote(TypedDict):
    """The note of a row, and of the paper in it, that its column has no room for."""

    place: int
    number: str
    note: str


class TooLong(Exception):
    """A register has `rows` rows, more than can be drawn in reasonable time."""

    def __init__(self, rows: int):
        super().__init__(rows)
        self.rows = rows


def cut(rows: Sequence[T]) -> list[Sequence[T]]:
    """The rows of each page; the last one has room for the closing block."""
    pages, rest = [], rows
    while len(rest) > ROWS_WITH_CLOSING:
        taken = ROWS if len(rest) > ROWS else len(rest) - MOVED
        pages.append(rest[:taken])
        rest = rest[taken:]
    return [*pages, rest]


def pages(
    rows: Sequence[T], *, money: Callable[[T], Sequence[int]], columns: int, shown: Callable[[T], Any]
) -> list[Page]:
    """The pages with their subtotals; `money` gives the amounts of a row that count in each of the `columns`.

    Raises TooLong.
    """
    if len(rows) > MAX_ROWS:
        raise TooLong(len(rows))
    result: list[Page] = []
    before = [0] * columns
    parts = cut(rows)
    for part in parts:
        here = [sum(column) for column in zip([0] * columns, *map(money, part), strict=True)]
        together = [a + b for a, b in zip(before, here, strict=True)]
        onward = "Jumlah seluruhnya" if len(result) == len(parts) - 1 else "Jumlah dipindahkan ke halaman berikutnya"
        result.append(
            {
                "rows": [shown(row) for row in part],
                "sums": [
                    {"label": "Jumlah halaman ini", "amounts": here},
                    {"label": "Jumlah pindahan dari halaman sebelumnya", "amounts": before},
                    {"label": onward, "amounts": together},
                ],
            }
        )
        before = together
    return result


def long_notes(said: Iterable[tuple[int | None, str, str]], letters: int) -> list[LongNote]:
    """Those of these notes, each after its row's place and number, that are printed in full behind the book.

    `letters`, also capitals, are what a line of the last column has room for.
    A row without a place goes on from the one above and says nothing of its own.
    """
    return [
        {"place": place, "number": number, "note": note}
        for place, number, note in said
        if place and len(wrap(note, letters)) > NOTE_LINES
    ]


def draw(register: Register, period: Period, body: dict, *, by: User) -> bytes:
    """The PDF of a register's month or year, with who printed it and when. Raises pdf.RenderError."""
    office, now = get_office(), clock.now()
    payload = {
        "schema": SCHEMA,
        "kind": register,
        "number": period.label,
        "date": clock.local_date(now).isoformat(),
        "code": "",
        "verify_url": "",
        "page": page_size(register, office),
        "sample": office.is_sample,
        "office": letterhead(office),
        "body": body
        | {
            "year": period.year,
            "printed_at": now.astimezone(WIB).isoformat(timespec="minutes"),
            "printed_by": by.full_name,
        },
    }
    return pdf.render(payload, seconds=SECONDS)
