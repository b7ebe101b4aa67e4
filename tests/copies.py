"""Many orders at once, for races and query budgets: copies of one that was walked there by the real actions."""

from django.db.models import F, Model, OuterRef, Subquery

from balai import documents, numbering
from balai.models import AuditEntry, Document, NumberSeries
from balai.office import get_office
from orders.models import Estimate, EstimateLine, EstimateStep, Order, OrderPaper


def copies_of(order: Order, count: int) -> list[Order]:
    """`count` more orders in the state of `order`, each with rows, numbered papers and audit entries of its own.

    For orders that nothing was paid for yet. The files of drawings are shared.
    """
    papers = [_copy_papers(paper.document, count) for paper in order.papers.select_related("document")]
    numbers = [paper.printed_number for paper in papers[0]] if papers else [None] * count
    orders = Order.objects.bulk_create(
        copy_row(order, number=number, estimate_id=None, change_id=None) for number in numbers
    )
    for row in papers:
        Document.objects.bulk_create(row)
        OrderPaper.objects.bulk_create(
            OrderPaper(order=copy, document=document) for copy, document in zip(orders, row, strict=True)
        )
    for manager in (order.items, order.words, order.left_goods, order.drawings, order.steps):
        manager.model.objects.bulk_create(copy_row(row, order_id=copy.pk) for row in manager.all() for copy in orders)
    for estimate in order.estimates.all():
        _copy_estimate(estimate, orders, in_force=estimate == order.estimate)
    entries = AuditEntry.objects.filter(subject_kind="order", subject_id=str(order.pk)).order_by("id")
    AuditEntry.objects.bulk_create(copy_row(entry, subject_id=str(copy.pk)) for entry in entries for copy in orders)
    return list(Order.objects.select_related("estimate").filter(pk__in=[copy.pk for copy in orders]).order_by("pk"))


def copy_row(row: Model, **changes) -> Model:
    """A row like this one, not yet saved and without its key."""
    values = {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key
    }
    return type(row)(**values | changes)


def _copy_papers(paper: Document, count: int) -> list[Document]:
    series = NumberSeries.objects.filter(register=paper.register, year=paper.year)
    first = series.get().last + 1
    series.update(last=F("last") + count)
    office, on = get_office(), paper.issued_at.date()
    copies = []
    for number in range(first, first + count):
        printed, code = numbering.printed(paper.register, number, on, office), documents.new_code()
        verify_url = paper.payload["verify_url"].replace(paper.code, code)
        payload = paper.payload | {"number": printed, "code": code, "verify_url": verify_url}
        copies.append(
            copy_row(
                paper,
                number=number,
                printed_number=printed,
                code=code,
                payload=payload,
                payload_sha256=documents.payload_hash(payload),
            )
        )
    return copies


def _copy_estimate(estimate: Estimate, orders: list[Order], *, in_force: bool) -> None:
    copies = Estimate.objects.bulk_create(copy_row(estimate, order_id=order.pk) for order in orders)
    lines = list(estimate.lines.all())
    EstimateLine.objects.bulk_create(copy_row(line, estimate_id=copy.pk) for line in lines for copy in copies)
    steps = list(estimate.steps.all())
    EstimateStep.objects.bulk_create(copy_row(step, estimate_id=copy.pk) for step in steps for copy in copies)
    if in_force:
        own = Estimate.objects.filter(order=OuterRef("pk"), version=estimate.version).values("pk")
        Order.objects.filter(pk__in=[order.pk for order in orders]).update(estimate_id=Subquery(own))
