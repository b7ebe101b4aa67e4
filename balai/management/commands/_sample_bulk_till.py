"""The cash of the bulk orders that is still in the office."""

from dataclasses import dataclass, field
from datetime import date

from ._sample_bulk_time import DAY

AFTER = 3_600  # seconds of office time: a payment that is taken back is taken back by then


@dataclass(frozen=True)
class Held:
    """The cash of one receipt; `accounts` are its rupiah per kode rekening."""

    payment_id: int
    day: date
    receipt: str
    amount: int
    accounts: dict[str, int]


@dataclass
class Till:
    cash: dict[int, Held] = field(default_factory=dict)
    last: date | None = None

    def take(self, held: Held) -> None:
        self.cash[held.payment_id] = held

    def give_back(self, payment_id: int) -> None:
        self.cash.pop(payment_id, None)

    def to_the_bank(self, today: date, seconds: int) -> list[Held]:
        """The cash of earlier days, once a day, an hour after opening; it is taken out of the till."""
        if self.last == today or seconds % DAY <= AFTER:
            return []
        self.last = today
        return [self.cash.pop(key) for key, held in list(self.cash.items()) if held.day < today]
