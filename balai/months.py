"""The stretches of time a book is kept by, in WIB: a month is its page, a year its volume."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from balai.clock import WIB
from balai.formats import MONTHS, tanggal_pendek

_TEXT = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


class Stretch(Protocol):
    """Whole days, from the first moment of one to the first moment after another."""

    @property
    def start(self) -> datetime: ...
    @property
    def end(self) -> datetime: ...


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

    @property
    def last(self) -> date:
        """Its last day."""
        return self.end.date() - timedelta(days=1)


@dataclass(frozen=True, order=True)
class Year:
    """A tahun anggaran, which is a calendar year."""

    year: int

    @classmethod
    def parse(cls, text: str) -> "Year":
        """`2026`. Raises ValueError for anything else."""
        if not re.fullmatch("20[0-9]{2}", text):
            raise ValueError(f"Not a year: {text!r}")
        return cls(int(text))

    def __str__(self) -> str:
        return str(self.year)

    @property
    def label(self) -> str:
        """`Tahun 2026`."""
        return f"Tahun {self.year}"

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return self.months[0].start

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return self.months[-1].end

    @property
    def months(self) -> list[Month]:
        return [Month(self.year, number) for number in range(1, 13)]


Period = Month | Year


@dataclass(frozen=True)
class Days:
    """Some days of a month, both ends included."""

    first: date
    last: date

    @property
    def label(self) -> str:
        """`3 sampai 9 Nov`."""
        last = tanggal_pendek(self.last)
        return last if self.first == self.last else f"{self.first.day} sampai {last}"

    @property
    def start(self) -> datetime:
        return datetime.combine(self.first, time.min, WIB)

    @property
    def end(self) -> datetime:
        return datetime.combine(self.last + timedelta(days=1), time.min, WIB)


def parse_period(text: str) -> Period:
    """`2026-11` or `2026`. Raises ValueError for anything else."""
    return Month.parse(text) if "-" in text else Year.parse(text)


def choices(today: date, chosen: Month, back: int = 24) -> list[Month]:
    """The months a book offers, newest first: this one and `back` before it, and `chosen` wherever it lies."""
    months = [Month.of(today)]
    for _ in range(back):
        months.append(months[-1].previous)
    return sorted({*months, chosen}, reverse=True)
