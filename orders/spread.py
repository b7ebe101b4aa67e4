"""How finished orders spread over some figure: counted by the database, so that a row is a value and not an order."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Expression, F, QuerySet, Sum

# Each order's percent of its plan: whole, halves up.
PERCENT = (200 * F("actual") + F("planned")) / (2 * F("planned"))
ACTUAL = F("actual")


@dataclass
class Spread:
    """Some orders: their minutes in all, and how many of them have each value."""

    planned: int = 0
    actual: int = 0
    values: Counter[int] = field(default_factory=Counter)

    @property
    def orders(self) -> int:
        return self.values.total()

    @property
    def median(self) -> int:
        """The value in the middle."""
        return median(self.values)


def spread(steps: QuerySet, by: str, value: Expression) -> dict[int | None, Spread]:
    """The orders that did these steps, by a field of the step, each with its steps there together. One query.

    `value` is made of an order's `planned` and `actual` minutes.
    """
    found: dict[int | None, Spread] = {}
    inner, parameters = of_orders(steps, belongs=F(by)).annotate(value=value).query.sql_with_params()
    outer = f"SELECT belongs, value, COUNT(*), SUM(planned), SUM(actual) FROM ({inner}) AS one GROUP BY belongs, value"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(outer, parameters)
        for belongs, each, orders, planned, actual in cursor.fetchall():
            those = found.setdefault(belongs, Spread())
            those.values[each] += orders
            those.planned += int(planned)
            those.actual += int(actual)
    return found


def of_orders(steps: QuerySet, **more: F) -> QuerySet:
    """Of each order the minutes of these steps together, `planned` and `actual`."""
    rows = steps.order_by().values("order_id", **more)
    return rows.annotate(planned=Sum("minutes"), actual=Sum("actual_minutes"))


def median(values: Mapping[int, int]) -> int:
    """The middle of some whole numbers, each there so many times.

    Of the sorted numbers the one in the middle; of an even count the mean of the two in the middle, to the nearest
    whole, halves up. Raises ValueError when there are none.
    """
    count = sum(values.values())
    if not count:
        raise ValueError("Nothing has no middle")
    return (_at(values, (count - 1) // 2) + _at(values, count // 2) + 1) // 2


def _at(values: Mapping[int, int], place: int) -> int:
    """The number at a place, counted from 0, of them all sorted."""
    for value in sorted(values):
        place -= values[value]
        if place < 0:
            return value
    raise ValueError("There are not so many")
