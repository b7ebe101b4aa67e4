"""How faults are planted: rows changed and erased behind the back of the models, papers forged.

Each function of the other modules here plants one fault into the sample books and returns the words that one line
of check_books must then have.
"""

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from django.db.models import Model, QuerySet

from balai import documents
from balai.kinds import Kind
from balai.models import AuditEntry, Document, NumberSeries
from finance.models import Payment
from orders.models import Drawing, Order, OrderPaper
from tests.copies import copy_row
from tests.unguarded import unguarded

Words = tuple[str, ...]


@dataclass
class Books:
    """Rows of the walked sample that are tampered with."""

    done: Order
    other: Order
    working: Order
    changing: Order
    draft: Order
    reversal: Payment
    transfer: Payment
    drawing: Drawing


def faults_of(module: ModuleType) -> list[Callable[[Books], Words]]:
    """The faults that a module plants, in the order of its lines."""
    own = [each for _, each in inspect.getmembers(module, inspect.isfunction) if each.__module__ == module.__name__]
    own = [each for each in own if not each.__name__.startswith("_")]
    return sorted(own, key=lambda fault: fault.__code__.co_firstlineno)


def change(row: Model, **values) -> None:
    """UPDATE without save(), append-only guard or protected stage."""
    with unguarded():
        assert QuerySet(type(row)).filter(pk=row.pk).update(**values) == 1


def erase(rows: QuerySet) -> None:
    """DELETE without guard and without what hangs on the rows."""
    with unguarded():
        assert rows._raw_delete(rows.db)


def paper(order: Order, kind: Kind) -> Document:
    """The order's newest paper of this kind."""
    return Document.objects.filter(pk__in=order.papers.values("document"), kind=kind).latest("issued_at")


def entry(order: Order, verb: str) -> AuditEntry:
    """The audit entry of the order's only step of this verb."""
    return AuditEntry.objects.get(subject_kind="order", subject_id=str(order.pk), verb=verb)


def payment(order: Order) -> Payment:
    """The order's payment in force."""
    return Payment.objects.get(order=order, kind=Payment.Kind.PAYMENT, reversed_by__isnull=True)


def forge(document: Document, change_body: Callable[[dict], None]) -> None:
    """Change what a paper says, and its hash with it."""
    payload = json.loads(json.dumps(document.payload))
    change_body(payload["body"])
    change(document, payload=payload, payload_sha256=documents.payload_hash(payload))


def double(document: Document, order: Order) -> Document:
    """A further paper of the order, rightly numbered, that no action has issued."""
    series = NumberSeries.objects.get(register=document.register, year=document.year)
    number, code = series.last + 1, documents.new_code()
    printed = f"{number:04}/PALSU/{document.year}"
    payload = document.payload | {"number": printed, "code": code}
    newest = Document.objects.filter(register=document.register, year=document.year).latest("number")
    copy = copy_row(
        document,
        number=number,
        printed_number=printed,
        code=code,
        payload=payload,
        payload_sha256=documents.payload_hash(payload),
        issued_at=newest.issued_at,
    )
    copy.save()
    OrderPaper.objects.create(order=order, document=copy)
    change(series, last=number)
    return copy


def void_in_secret(document: Document) -> None:
    """Mark a paper BATAL without anything that belongs to it."""
    change(document, voided_at=document.issued_at, voided_by=document.issued_by, void_reason="Diam-diam.")
