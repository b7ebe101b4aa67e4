"""Which row of a bank's statement is which payment: by reference, else by amount where only one can be meant.

Pure: the same rows and payments give the same answer in whatever order they come. Each row means one payment at most,
and each payment is meant by one row at most. Two rows that say the very same can stand for each other.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from balai.formats import rupiah, tanggal
from finance.models import StatementLine

Verdict = StatementLine.Verdict

NEAR = timedelta(days=3)  # between the bank's day and the day that the cashier typed
WORDS = 4  # a bank may break a reference into so many words
LEAST = 4  # letters and digits, one digit among them: anything else stands in too many descriptions
NOT_FOUND = "Tidak ada pembayaran dengan referensi atau jumlah ini"
NOT_ALONE = "Jumlah ini cocok dengan lebih dari satu, referensinya tidak"
REVERSED = "Pembayaran dengan referensi ini sudah dibatalkan"
ALREADY = "Pembayarannya sudah direkonsiliasi"

_WORD = re.compile(r"[0-9a-z]+")


class State(Enum):
    OPEN = 1
    RECONCILED = 2
    REVERSED = 3


@dataclass(frozen=True)
class Entry:
    """Money that came in, by the bank. Rupiah; `number` is the row of the file."""

    number: int
    day: date
    reference: str
    description: str
    amount: int


@dataclass(frozen=True)
class Paid:
    """A payment of the ledger that was no cash. Rupiah, WIB date."""

    id: int
    reference: str
    amount: int
    settled_on: date
    state: State = State.OPEN


@dataclass(frozen=True)
class Finding:
    verdict: Verdict
    why: str = ""
    payment: int | None = None


@dataclass(frozen=True)
class _Pair:
    entry: Entry
    paid: Paid
    exact: bool

    @property
    def rank(self) -> tuple:
        """The best first: what the bank itself calls the reference, the same amount, the nearest day."""
        entry, paid = self.entry, self.paid
        apart = abs(entry.day - paid.settled_on)
        said = (entry.day, entry.amount, entry.reference, entry.description)
        return (entry.amount != paid.amount, not self.exact, apart, *said, paid.id, entry.number)


def key(text: str) -> str:
    """A reference as it is compared with a bank's: letters and digits alone, a number without the zeros before it."""
    joined = "".join(_WORD.findall(text.casefold()))
    return joined.lstrip("0") or joined if joined.isdigit() else joined


def match(entries: Iterable[Entry], payments: Iterable[Paid]) -> dict[int, Finding]:
    """What is found for each entry, by its number."""
    entries, payments = list(entries), list(payments)
    named = _named(entries, payments)
    found, taken_by = _by_reference([pair for pairs in named.values() for pair in pairs])
    for entry in entries:
        if entry.number in named and entry.number not in found:
            found[entry.number] = _left_over(named[entry.number], taken_by)
    nameless = [entry for entry in entries if entry.number not in named]
    free = [paid for paid in payments if paid.state is State.OPEN and paid.id not in taken_by]
    return found | _by_amount(nameless, free)


def names(entry: Entry, paid: Paid) -> bool:
    """Whether the entry bears the payment's reference, or has it somewhere in its text."""
    return bool(_named([entry], [paid]))


def _named(entries: list[Entry], payments: list[Paid]) -> dict[int, list[_Pair]]:
    """The payments whose reference an entry bears, or has somewhere in its text."""
    by_key: dict[str, list[Paid]] = defaultdict(list)
    for paid in payments:
        by_key[key(paid.reference)].append(paid)
    telling = {each for each in by_key if len(each) >= LEAST and any(letter.isdigit() for letter in each)}
    named = {}
    for entry in entries:
        bank_key = key(entry.reference)
        own = by_key.get(bank_key, []) if bank_key else []
        told = telling.intersection(_spoken(f"{entry.reference} {entry.description}"))
        others = [paid for spoken in told for paid in by_key[spoken] if paid not in own]
        pairs = [_Pair(entry, paid, exact=True) for paid in own] + [_Pair(entry, paid, exact=False) for paid in others]
        if pairs:
            named[entry.number] = pairs
    return named


def _spoken(text: str) -> Iterator[str]:
    """Whatever in a text could be a reference: up to WORDS words in a row."""
    words = _WORD.findall(text.casefold())
    for start in range(len(words)):
        joined = ""
        for word in words[start : start + WORDS]:
            joined += word
            yield joined.lstrip("0") if joined[0] == "0" and joined.isdigit() else joined


def _by_reference(pairs: list[_Pair]) -> tuple[dict[int, Finding], dict[int, int]]:
    """What is found, and which entry took which payment."""
    found: dict[int, Finding] = {}
    taken_by: dict[int, int] = {}
    for pair in sorted((pair for pair in pairs if pair.paid.state is State.OPEN), key=lambda pair: pair.rank):
        entry, paid = pair.entry, pair.paid
        if entry.number in found or paid.id in taken_by:
            continue
        taken_by[paid.id] = entry.number
        differences = _differences(entry, paid)
        found[entry.number] = Finding(Verdict.DIFFERS if differences else Verdict.MATCH, differences, paid.id)
    return found, taken_by


def _differences(entry: Entry, paid: Paid) -> str:
    if entry.amount != paid.amount:
        return f"Jumlah beda: di bank {rupiah(entry.amount)}, di buku {rupiah(paid.amount)}"
    if abs(entry.day - paid.settled_on) > NEAR:
        return f"Tanggal beda: di bank {tanggal(entry.day)}, di buku {tanggal(paid.settled_on)}"
    return ""


def _left_over(pairs: list[_Pair], taken_by: dict[int, int]) -> Finding:
    """An entry whose payments are all gone."""
    rows = sorted({taken_by[pair.paid.id] for pair in pairs if pair.paid.id in taken_by})
    if rows:
        return Finding(Verdict.DOUBLE, f"Referensinya sudah ada di baris {rows[0]}")
    if any(pair.paid.state is State.RECONCILED for pair in pairs):
        return Finding(Verdict.DOUBLE, ALREADY)
    return Finding(Verdict.UNKNOWN, REVERSED)


def _by_amount(entries: list[Entry], payments: list[Paid]) -> dict[int, Finding]:
    """Amount and day are a match only where one payment and one entry can be meant."""
    paid_on, entered_on = defaultdict(list), defaultdict(list)
    for paid in payments:
        paid_on[paid.amount, paid.settled_on].append(paid)
    known = {paid.amount for paid in payments}
    possible = [entry for entry in entries if entry.amount in known]
    for entry in possible:
        entered_on[entry.amount, entry.day].append(entry)
    found = dict.fromkeys((entry.number for entry in entries), Finding(Verdict.UNKNOWN, NOT_FOUND))
    for entry in possible:
        meant = _near(paid_on, entry.amount, entry.day)
        if len(meant) > 1 or (meant and len(_near(entered_on, entry.amount, meant[0].settled_on)) > 1):
            found[entry.number] = Finding(Verdict.UNKNOWN, NOT_ALONE)
        elif meant:
            [paid] = meant
            why = f"Referensi di buku {paid.reference}; jumlah dan tanggal cocok"
            found[entry.number] = Finding(Verdict.MATCH, why, paid.id)
    return found


def _near(by_day: dict, amount: int, day: date) -> list:
    """Those of this amount within NEAR; two are as good as many."""
    near: list = []
    for days in range(-NEAR.days, NEAR.days + 1):
        near += by_day.get((amount, day + timedelta(days=days)), ())
        if len(near) > 1:
            break
    return near
