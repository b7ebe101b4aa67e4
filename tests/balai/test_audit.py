"""Books grow; they are never edited."""

import uuid

import pytest
from django.db.models import ProtectedError

from balai import audit
from balai.models import AppendOnly, AppendOnlyError, AuditEntry, Document, DocumentFile, Emblem, Reprint
from balai.months import Month
from finance.models import (
    CashDay,
    Decision,
    Deposit,
    DepositCorrection,
    DepositItem,
    DepositSlip,
    MonthClosing,
    Payment,
    PaymentLine,
    ReconciledPayment,
    Reconciliation,
    ReversalRequest,
)
from orders.actions import leave_message
from orders.models import ContactEntry
from tests.deposited import close_day, close_month, correct, make_deposit, make_slip
from tests.factories import clerk, make_order
from tests.reconciled import line_of, make_reconciliation, make_statement, make_transfer

BOOKS = [
    AuditEntry,
    CashDay,
    ContactEntry,
    Decision,
    Deposit,
    DepositCorrection,
    DepositItem,
    DepositSlip,
    Document,
    DocumentFile,
    Emblem,
    MonthClosing,
    Payment,
    PaymentLine,
    ReconciledPayment,
    Reconciliation,
    Reprint,
    ReversalRequest,
]


@pytest.fixture
def kept(db):
    """A row of every book."""
    order = make_order("siap_diambil")
    document = order.papers.first().document
    Reprint.objects.create(
        document=document, ordinal=1, made_at=document.issued_at, made_by=document.issued_by, reason="Hilang."
    )
    Emblem.objects.create(png=b"PNG", sha256="0" * 64, added_at=document.issued_at)
    DocumentFile.objects.create(
        document=document, variant="asli", pdf=b"%PDF", sha256="0" * 64, rendered_at=document.issued_at
    )
    make_slip(correct(make_deposit(order), bank="Bank Contoh lain"))
    make_order("siap_diambil", reversal_asked=True)
    make_order("pembayaran", reduced=True)
    make_reconciliation(make_statement(line_of(make_transfer())))
    close_month(Month(2026, 1))
    close_day()
    leave_message(make_order("konfirmasi").pk, uuid.uuid4(), 1, "sepakat", "")
    return order


def every_subclass(base: type) -> set:
    return {leaf for child in base.__subclasses__() for leaf in every_subclass(child) | {child}}


def test_every_book_is_tried():
    assert every_subclass(AppendOnly) == set(BOOKS)


@pytest.mark.parametrize("book", BOOKS)
def test_a_row_is_neither_changed_nor_deleted(kept, book):
    row = book.objects.order_by("pk").first()
    before = book.objects.filter(pk=row.pk).values().get()
    field = row._meta.concrete_fields[-1].attname

    for change in (
        row.save,
        lambda: row.save(update_fields=[field]),
        row.delete,
        lambda: book.objects.update(**{field: getattr(row, field)}),
        lambda: book.objects.filter(pk=row.pk).delete(),
        lambda: book.objects.bulk_update([row], [field]),
        lambda: book.objects.update_or_create(pk=row.pk, defaults={field: getattr(row, field)}),
    ):
        with pytest.raises(AppendOnlyError):
            change()
    assert book.objects.filter(pk=row.pk).values().get() == before


def test_what_the_books_speak_of_cannot_be_deleted(kept):
    for row in (kept, kept.customer, clerk("pelayanan"), clerk("keuangan"), kept.papers.first().document.issued_by):
        with pytest.raises((ProtectedError, AppendOnlyError)):
            row.delete()


@pytest.mark.django_db
def test_an_entry_says_who_did_what_in_which_role(pelayanan):
    entry = audit.record(
        "office.change",
        subject=("office", 1),
        by=pelayanan,
        role="pelayanan",
        before={"name": "A"},
        after={"name": "B"},
        note="Pindah.",
    )
    entry = AuditEntry.objects.get(pk=entry.pk)

    assert (entry.actor, entry.actor_name, entry.role) == (pelayanan, "Rina Contohwati", "pelayanan")
    assert (entry.subject_kind, entry.subject_id, entry.verb) == ("office", "1", "office.change")
    assert (entry.before, entry.after, entry.note) == ({"name": "A"}, {"name": "B"}, "Pindah.")
    assert entry.request_id == ""


@pytest.mark.django_db
def test_the_name_is_the_one_of_that_day(pelayanan):
    audit.record("x", subject=("office", 1), by=pelayanan)
    pelayanan.full_name = "Rina Contohwati, S.T."
    pelayanan.save()

    assert AuditEntry.objects.get().actor_name == "Rina Contohwati"


@pytest.mark.django_db
def test_the_program_itself_is_called_sistem():
    audit.record("backup", subject=("office", 1), by=None)

    assert (AuditEntry.objects.get().actor, AuditEntry.objects.get().actor_name) == (None, "sistem")
