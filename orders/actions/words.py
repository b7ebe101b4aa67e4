"""Keeping the words that an order is found by, in the transaction that changes what it asks for."""

from collections.abc import Iterable

from django.db import transaction

from orders.models import Order, OrderItem, OrderWord
from orders.words import words_of_items

CHUNK = 500


def keep_order_words(order: Order, items: Iterable[OrderItem]) -> None:
    """These are the order's items now."""
    order.words.all().delete()
    OrderWord.objects.bulk_create(OrderWord(order=order, word=word) for word in sorted(words_of_items(items)))


def rebuild() -> None:
    """Derive all words anew, in one transaction: after a repair of the database by hand."""
    with transaction.atomic():
        for order in Order.objects.prefetch_related("items").iterator(CHUNK):
            keep_order_words(order, order.items.all())
