"""check_books passes on sound books and names every fault that is planted into them."""

import io
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction

from balai import documents
from balai.kinds import Kind
from balai.models import DocumentFile
from finance.models import Payment
from orders.models import Customer, Drawing, Order
from orders.stages import Stage
from tests.factories import act
from tests.faults import books as whole
from tests.faults import (
    cashdays,
    decisions,
    deposits,
    ledger,
    months,
    orders,
    papers,
    production,
    reconciliations,
    reversals,
    tariffs,
)
from tests.faults.planting import Books, change, erase, faults_of, forge, paper

pytestmark = pytest.mark.django_db

PLANTERS = (
    *(papers, orders, production, tariffs, ledger, reversals, decisions),
    *(deposits, cashdays, reconciliations, months, whole),
)
FAULTS = [fault for module in PLANTERS for fault in faults_of(module)]


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker) -> Iterator[Books]:
    """The walked sample."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo", stdout=io.StringIO())
        orders, payments = Order.objects.order_by("pk"), Payment.objects.order_by("pk")
        paid = payments.filter(kind=Payment.Kind.PAYMENT, reversed_by__isnull=True)
        # three customers, and work that is not held
        changing = orders.filter(change__isnull=False).first()
        done = orders.filter(stage=Stage.SELESAI).exclude(customer=changing.customer).first()
        working = orders.filter(stage=Stage.PRODUKSI, change__isnull=True, hold_reason="")
        yield Books(
            done=done,
            other=orders.filter(stage=Stage.SELESAI).last(),
            working=working.exclude(customer__in=[changing.customer, done.customer]).first(),
            changing=changing,
            draft=orders.filter(stage=Stage.DRAF).first(),
            reversal=payments.filter(kind=Payment.Kind.REVERSAL).first(),
            transfer=paid.exclude(method=Payment.Method.CASH).first(),
            drawing=Drawing.objects.first(),
        )
        transaction.set_rollback(True)


@pytest.fixture
def books(sample, db) -> Iterator[Books]:
    """The sample for one test, which takes back what it did before deferred constraints are looked at."""
    with transaction.atomic():
        yield sample
        transaction.set_rollback(True)


def check_books(**options) -> list[str]:
    """The lines that check_books writes; without a fault there is one that says so."""
    out = io.StringIO()
    with suppress(CommandError):
        call_command("check_books", stdout=out, **options)
    return out.getvalue().splitlines()


def test_sound_books_pass_with_one_line(books):
    (line,) = check_books()

    assert line.startswith("Semua buku cocok: 48 pesanan, ")


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.__name__)
def test_each_planted_fault_is_named(books, plant):
    words = plant(books)

    lines = check_books()

    assert any(all(word in line for word in words) for line in lines), f"{words} in none of {lines}"


def test_a_fault_ends_the_command_with_status_1(books):
    papers.changed_payload(books)

    with pytest.raises(CommandError) as stopped:
        call_command("check_books", stdout=io.StringIO())
    assert stopped.value.returncode == 1


def test_row_that_points_nowhere_is_named(books):
    customer = Customer.objects.filter(pk=books.done.customer_id)
    if connection.vendor == "postgresql":  # it never lets a referenced row go
        erase(customer)
        with pytest.raises(IntegrityError):
            connection.check_constraints()
        return
    erase(customer)

    assert any("orders_order" in line and "orders_customer yang tidak ada" in line for line in check_books())


def test_stage_unknown_to_the_machine_is_named(books):
    with _no_check_of_stages():
        change(books.working, stage="ngawur")

    assert any(f"{books.working}" in line and "tahap ngawur" in line for line in check_books())


def test_discarded_draft_is_no_fault(books):
    act("discard", books.draft)

    assert "47 pesanan" in check_books()[0]


def test_drawings_are_left_out_when_asked(books):
    change(books.drawing, file="aa/bb/tidak-ada.png")

    assert len(check_books(files=True)) == 1
    assert "Semua buku cocok" in check_books(files=False)[0]


@pytest.mark.real_pdf
def test_stored_papers_are_drawn_anew_when_asked(books):
    document = paper(books.done, Kind.RECEIPT)
    documents.pdf_bytes(document)
    assert "Semua buku cocok" in check_books(render=5)[0]

    file = DocumentFile.objects.get(document=document)
    forge(document, lambda body: body.update(title="Pekerjaan lain"))

    lines = check_books(render=5)
    assert [line for line in lines if document.printed_number in line and "digambar ulang" in line], lines
    assert file.sha256 == DocumentFile.objects.get(document=document).sha256


@contextmanager
def _no_check_of_stages() -> Iterator[None]:
    """As somebody would do it who edits the database by hand."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            yield
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE orders_order DROP CONSTRAINT order_stage_is_legal")
            yield
