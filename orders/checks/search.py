"""The words that orders are found by agree with what the orders ask for."""

from collections.abc import Iterator
from itertools import islice

from balai.checks import fault
from orders.checks.orderfile import BATCH, grouped, within
from orders.models import Order, OrderItem, OrderWord
from orders.words import words_of_items


def search_words() -> Iterator[str]:
    """Every order is found by its things and by nothing else."""
    orders = Order.objects.order_by("pk").values_list("id", "number", named=True).iterator(BATCH)
    while batch := list(islice(orders, BATCH)):
        items = grouped(OrderItem.objects.filter(**within(batch)), "order_id", "name", "material")
        kept = grouped(OrderWord.objects.filter(**within(batch)), "order_id", "word")
        for order in batch:
            due, found = words_of_items(items[order.id]), {row.word for row in kept[order.id]}
            if due != found:
                less, more = ", ".join(sorted(due - found)), ", ".join(sorted(found - due))
                what = f"kata pencarian kurang: {less or 'tidak ada'}; lebih: {more or 'tidak ada'}"
                yield fault(OrderWord, order.number or f"draf {order.id}", what)
