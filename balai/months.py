"""A calendar month in WIB: the page of a book."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from balai.clock import WIB
from balai.formats import MONTHS

_TEXT = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Month":
        """The month that `day` (a WIB date) lies in."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> "Month":
        """`2026-11` -> November 2026. Raises ValueError for anything else."""
        match = _TEXT.fullmatch(text)
        if not match:
            raise ValueError(f"Not a month: {text!r}")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        """As it stands in an address: `2026-11`."""
        return f"{self.year}-{self.number:02}"

    @property
    def label(self) -> str:
        """`November 2026`."""
        return f"{MONTHS[self.number - 1]} {self.year}"

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime(self.year, self.number, 1, tzinfo=WIB)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return self.next.start

    @property
    def next(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> "Month":
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)


def choices(today: date, chosen: Month, back: int = 24) -> list[Month]:
    """The months a book offers, newest first: this one and `back` before it, and `chosen` wherever it lies."""
    months = [Month.of(today)]
    for _ in range(back):
        months.append(months[-1].previous)
    return sorted({*months, chosen}, reverse=True)
