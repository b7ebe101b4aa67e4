"""Words as they are kept and asked for: in the one spelling, of plain letters and digits."""

import re
from collections.abc import Iterable

from balai.spelling import sounds_of
from orders.models.item import OrderItem
from orders.models.word import LONGEST

_PLAIN = re.compile("[a-z0-9]+")


def words_of(text: str) -> list[str]:
    """The words of a text in their order: `Roda gigi z=36` is `roda gigi s 36`."""
    return [word[:LONGEST] for word in _PLAIN.findall(" ".join(sounds_of(text)))]


def words_of_items(items: Iterable[OrderItem]) -> set[str]:
    """What an order is found by: the names of the things and their materials."""
    return {word for item in items for word in words_of(f"{item.name} {item.material}")}
