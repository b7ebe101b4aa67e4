"""Raw SQL against the books: the database itself refuses to change or delete what was written."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from balai import checks, clock, documents
from balai.management.commands.check_books import GUARDED
from balai.models import Document, User
from balai.months import Month
from finance.models import Payment
from tests.deposited import close_day, close_month, correct, make_deposit, make_slip
from tests.factories import clerk, make_order, take_back
from tests.reconciled import line_of, make_reconciliation, make_statement, make_transfer
from tests.unguarded import unguarded

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(office) -> None:
    """A row in every guarded table."""
    order = make_order("siap_diambil")
    documents.pdf_bytes(Payment.objects.get(order=order).receipt)
    make_slip(correct(make_deposit(order), bank="Bank Contoh lain"))
    take_back(make_order("siap_diambil", reduced=True))
    make_reconciliation(make_statement(line_of(make_transfer())))
    with clock.at(clock.now() - timedelta(days=1)):
        close_day()
    close_month(Month(2026, 1))


def run(sql: str, *values: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def columns(table: str) -> list[str]:
    with connection.cursor() as cursor:
        return [column.name for column in connection.introspection.get_table_description(cursor, table)]


@pytest.mark.parametrize("table", [model._meta.db_table for model in GUARDED])
def test_no_row_of_a_book_is_deleted_or_changed_by_raw_sql(written, table):
    frozen = [name for name in columns(table) if name not in ("id", "history_id") and "void" not in name]
    # A paper that replaces none would stay as it is with NULL.
    values = {name: "id" if name == "replaces_id" else "NULL" for name in frozen}
    attacks = [f"DELETE FROM {table}", *(f"UPDATE {table} SET {name} = {new}" for name, new in values.items())]
    if connection.vendor == "sqlite":
        attacks.append(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")

    for attack in attacks:
        with pytest.raises(IntegrityError, match="append-only"):
            run(attack)


def test_a_paper_is_marked_void_once_and_says_the_same_ever_after(written):
    receipt = Document.objects.filter(kind="bukti_pembayaran", voided_at=None).first()
    mark = "UPDATE balai_document SET voided_at = issued_at, voided_by_id = issued_by_id, void_reason = %s WHERE id = "
    mark += f"(SELECT receipt_id FROM finance_payment WHERE receipt_id = '{_key(receipt)}')"

    run(mark, "Salah.")
    for again in ("Lain.", ""):
        with pytest.raises(IntegrityError, match="append-only"):
            run(mark, again)

    assert Document.objects.get(pk=receipt.pk).void_reason == "Salah."


def test_the_work_of_the_office_goes_on_beside_the_guards(written):
    order = take_back(make_order("siap_diambil"))

    assert (order.stage, clerk("pimpinan").full_name) == ("pembayaran", order.payments.last().recorded_by.full_name)


def test_a_lost_guard_is_named(written):
    with unguarded():
        named = list(checks.guards(*GUARDED))

    if connection.vendor == "sqlite":
        assert [line.split(":")[0] for line in named] == [model._meta.db_table for model in GUARDED]
    assert list(checks.guards(Payment, Document)) == []
    assert next(checks.guards(User)).startswith("balai_user: penjaga")


def _key(document: Document) -> str:
    return document.pk.hex if connection.vendor == "sqlite" else str(document.pk)
