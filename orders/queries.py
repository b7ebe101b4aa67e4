"""Reading orders: papers of an order, rows for lists, search."""

import re

from django.db.models import Q, QuerySet

from balai.documents import Kind
from balai.models import Document, User
from orders.models import Order, OrderPaper

_PHONE = re.compile(r"[0-9+()\-. ]{4,}")


def current_order_letter(order: Order) -> Document:
    """The surat pesanan in force: neither void nor replaced. Raises Document.DoesNotExist before agreement."""
    return Document.objects.get(
        pk__in=order.papers.values("document"),
        kind=Kind.ORDER_LETTER,
        voided_at__isnull=True,
        replaced_by__isnull=True,
    )


def valid_receipt_number(order: Order) -> str | None:
    """The printed number of the order's receipt that is not BATAL; None while nothing is paid."""
    return (
        Document.objects.filter(pk__in=order.papers.values("document"), kind=Kind.RECEIPT, voided_at__isnull=True)
        .values_list("printed_number", flat=True)
        .first()
    )


def order_documents(order: Order) -> list[Document]:
    """The order's papers, oldest first, each with the paper that replaced it; without their payloads."""
    papers = (
        order.papers.select_related("document__replaced_by")
        .defer("document__payload", "document__replaced_by__payload")
        .order_by("id")
    )
    return [paper.document for paper in papers]


def recent_papers(user: User, count: int) -> QuerySet[OrderPaper]:
    """The papers this user issued last, with their orders, newest first."""
    return (
        OrderPaper.objects.filter(document__issued_by=user)
        .select_related("document", "order__customer")
        .defer("document__payload")
        .order_by("-id")[:count]
    )


def for_lists(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Orders with what a row shows, in one query."""
    return orders.select_related("customer", "estimate", "change")


def search(text: str) -> Q:
    """Orders this text may mean: part of a number of the order or of one of its papers, words of the customer's names
    and the work, or a telephone number, whole or its end, however it is spelled. All orders for no text.
    """
    meant = Q(number__icontains=text)
    every_word = Q()
    for word in text.split():
        every_word &= (
            Q(title__icontains=word) | Q(customer__name__icontains=word) | Q(customer__business__icontains=word)
        )
    if _PHONE.fullmatch(text):
        digits = re.sub(r"[^0-9]", "", text)
        national = re.sub(r"^(62|0)", "", digits)
        whole = national != digits
        meant |= Q(customer__phone__startswith=f"62{national}") if whole else Q(customer__phone__contains=digits)
    if re.search(r"[0-9]", text):
        meant |= Q(pk__in=OrderPaper.objects.filter(document__printed_number__icontains=text).values("order"))
    return (meant | every_word) if text else Q()
