"""All that the books hold about one order, read for many orders at a time.

Rows are named tuples of the columns that are proved: making model objects of them all would take most of the time.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import F, QuerySet

from balai.checks import CHUNK, fault
from balai.kinds import Kind
from balai.models import AuditEntry
from orders.actions.frame import SUBJECT
from orders.models import (
    Drawing,
    Estimate,
    EstimateLine,
    EstimateStep,
    HandOver,
    HandOverLine,
    JobStep,
    LeftGoods,
    MaterialUse,
    Order,
    OrderItem,
    OrderPaper,
    QualityCheck,
)

BATCH = 500
Row = Any  # a named tuple
Rows = dict[Any, list[Row]]

MOMENTS = ("submitted_at", "agreed_at", "finished_at", "settled_at", "closed_at")
ORDER = ("id", "number", "stage", "version", "no_drawing_reason", "estimate_id", "change_id", "decisions", *MOMENTS)
PAPER = {name: F(f"document__{name}") for name in ("kind", "printed_number", "voided_at", "replaces_id", "payload")}


@dataclass
class OrderFile:
    """An order with its rows; `trail` is its audit trail, oldest first, lines are by their parent's key."""

    order: Row
    items: list[Row]
    left_goods: list[Row]
    drawings: list[Row]
    estimates: list[Row]
    estimate_lines: Rows
    estimate_steps: Rows
    steps: list[Row]
    quality_checks: list[Row]
    materials: list[Row]
    papers: list[Row]
    handovers: list[Row]
    handover_lines: Rows
    trail: list[Row]

    def __str__(self) -> str:
        return self.order.number or f"draf {self.order.id}"

    def of_kind(self, kind: Kind) -> list[Row]:
        return [paper for paper in self.papers if paper.kind == kind]

    def fault(self, what: str) -> str:
        """A fault of the order's own row."""
        return fault(Order, self, what)


def order_files() -> Iterator[OrderFile]:
    """Every order, in the order of their keys."""
    orders = Order.objects.order_by("pk").values_list(*ORDER, named=True).iterator(BATCH)
    while batch := list(islice(orders, BATCH)):
        yield from _files(batch)


def within(batch: list[Row], order: str = "order_id") -> dict[str, int]:
    """The filter for what belongs to the orders of a batch; `order` is the way to the order's key."""
    return {f"{order}__gte": batch[0].id, f"{order}__lte": batch[-1].id}


def papers_of(batch: list[Row], *kinds: Kind) -> Rows:
    """The papers (of these kinds) of the orders, by order."""
    papers = OrderPaper.objects.filter(**within(batch)).order_by("id")
    if kinds:
        papers = papers.filter(document__kind__in=kinds)
    return grouped(papers.annotate(**PAPER), "order_id", "document_id", *PAPER)


def grouped(rows: QuerySet, key: str, *columns: str) -> Rows:
    """These columns of the rows, by the value of `key`."""
    groups = defaultdict(list)
    for row in rows.values_list(key, *columns, named=True).iterator(CHUNK):
        groups[row[0]].append(row)
    return groups


def _files(batch: list[Row]) -> Iterator[OrderFile]:
    own = within(batch)
    items = grouped(OrderItem.objects.filter(**own), "order_id", "id", "position", "quantity")
    left_goods = grouped(LeftGoods.objects.filter(**own), "order_id", "position", "name", "quantity", "accounted_at")
    drawings = grouped(Drawing.objects.filter(**own), "order_id")
    estimates = grouped(
        Estimate.objects.filter(**own).order_by("version"), "order_id", "id", "version", "status", "is_change", "total"
    )
    estimate_lines = grouped(
        EstimateLine.objects.filter(**within(batch, "estimate__order_id")),
        *("estimate_id", "position", "quantity", "price", "amount"),
    )
    estimate_steps = grouped(
        EstimateStep.objects.filter(**within(batch, "estimate__order_id")), "estimate_id", "description", "minutes"
    )
    steps = grouped(JobStep.objects.filter(**own), "order_id", "position", "description", "minutes", "done_at")
    quality_checks = grouped(QualityCheck.objects.filter(**own), "order_id")
    materials = grouped(MaterialUse.objects.filter(**own), "order_id", "position", "name", "unit", "left")
    papers = papers_of(batch)
    handovers = grouped(HandOver.objects.filter(**own), "order_id", "id", "paper_id", "receipt_number")
    handover_lines = grouped(
        HandOverLine.objects.filter(**within(batch, "handover__order_id")), "handover_id", "item_id", "quantity"
    )
    entries = AuditEntry.objects.filter(subject_kind=SUBJECT, subject_id__in=[str(order.id) for order in batch])
    trails = grouped(entries.order_by("id"), "subject_id", "verb", "role", "before", "after")
    for order in batch:
        yield OrderFile(
            order,
            items[order.id],
            left_goods[order.id],
            drawings[order.id],
            estimates[order.id],
            estimate_lines,
            estimate_steps,
            steps[order.id],
            quality_checks[order.id],
            materials[order.id],
            papers[order.id],
            handovers[order.id],
            handover_lines,
            trails[str(order.id)],
        )
