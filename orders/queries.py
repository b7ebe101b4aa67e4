"""Reading orders: papers of an order, rows for lists."""

from django.db.models import Exists, OuterRef, QuerySet

from balai.documents import Kind
from balai.models import Document, User
from orders.models import Drawing, Order, OrderPaper

LATEST_PAPERS = 200


def current_order_letter(order: Order) -> Document:
    """The surat pesanan in force. Raises Document.DoesNotExist before agreement."""
    return _in_force(order, Kind.ORDER_LETTER)


def current_work_order(order: Order) -> Document:
    """The surat perintah kerja in force. Raises Document.DoesNotExist before agreement."""
    return _in_force(order, Kind.WORK_ORDER)


def last_estimate_sheet(order: Order) -> Document | None:
    """The lembar estimasi issued last; None before the first offer."""
    last = order.papers.select_related("document").filter(document__kind=Kind.ESTIMATE_SHEET).last()
    return last and last.document


def _in_force(order: Order, kind: Kind) -> Document:
    """The order's paper of this kind that is neither void nor replaced."""
    papers = Document.objects.filter(pk__in=order.papers.values("document"), kind=kind)
    return papers.get(voided_at__isnull=True, replaced_by__isnull=True)


def valid_receipt_number(order: Order) -> str | None:
    """The printed number of the order's receipt that is not BATAL; None while nothing is paid.

    Of an order that owes nothing by decision, the decision.
    """
    if order.is_exempt:
        return f"Keputusan {order.decisions[-1]['number']}"
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


def is_for_the_bench(paper: Document) -> bool:
    """Whether the paper is a surat perintah kerja in force: it goes to the machines with its drawings."""
    return paper.kind == Kind.WORK_ORDER and not paper.voided_at and getattr(paper, "replaced_by", None) is None


def recent_papers(user: User, count: int) -> list[OrderPaper]:
    """The papers this user issued among the latest of the office, with their orders, newest first.

    Only the latest: to sort all that a clerk ever issued took 0.7 s of every desk at 20,000 orders.
    """
    latest = (
        OrderPaper.objects.select_related("document", "order__customer")
        .defer("document__payload")
        .order_by("-id")[:LATEST_PAPERS]
    )
    return [paper for paper in latest if paper.document.issued_by_id == user.pk][:count]


def with_new_drawing(orders: QuerySet[Order]) -> QuerySet[Order]:
    """The orders, each with `has_new_drawing`: a newer version that the workshop has not opened."""
    unseen = Drawing.objects.filter(order=OuterRef("pk"), version__gt=1, replaced_by=None, seen_at=None)
    return orders.annotate(has_new_drawing=Exists(unseen))


def for_lists(orders: QuerySet[Order]) -> QuerySet[Order]:
    """Orders with what a row shows, in one query."""
    return orders.select_related("customer", "estimate", "change")
