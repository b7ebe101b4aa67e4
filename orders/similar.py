"""Earlier jobs like this one, for an estimate that begins with what is known: by the words of what was asked for."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from orders.models import JobStep, Order, OrderWord
from orders.queries import for_lists

SHOWN = 3


@dataclass(frozen=True)
class Similar:
    """An agreed order for like things, with the minutes planned for it and, once all is done, those it took."""

    order: Order
    planned: int
    actual: int | None


def similar_orders(order: Order) -> list[Similar]:
    """The agreed orders that share most words with this one, the newest first among equals. Three queries."""
    words = OrderWord.objects.filter(order=order).values("word")
    alike = OrderWord.objects.filter(word__in=words, order__agreed_at__isnull=False).exclude(order=order)
    alike = alike.filter(order__service=order.service).values("order").annotate(shared=Count("id"))
    keys = [row["order"] for row in alike.order_by("-shared", "-order")[:SHOWN]]
    found = for_lists(Order.objects.all()).in_bulk(keys)
    times = _times(keys)
    return [Similar(found[key], *times.get(key, (0, None))) for key in keys]


def _times(keys: list[int]) -> dict[int, tuple[int, int | None]]:
    steps = JobStep.objects.filter(order__in=keys).values("order")
    told = steps.annotate(
        planned=Sum("minutes"), actual=Sum("actual_minutes"), open=Count("id") - Count("done_at")
    ).values_list("order", "planned", "actual", "open")
    return {order: (planned, None if still_open else actual) for order, planned, actual, still_open in told}
