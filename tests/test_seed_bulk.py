"""Bulk sample orders are like walked ones in everything that can be proved."""

import io
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from balai import clock, documents
from balai.kinds import Kind
from balai.models import AuditEntry, Document
from balai.office import get_office
from finance import papers as finance_papers
from finance.models import Payment
from orders import papers
from orders.actions import tracking
from orders.history import timeline
from orders.models import Estimate, HandOver, Order
from orders.stages import Stage
from tests.factories import act

pytestmark = pytest.mark.django_db

BULK = 300
ROAD = ("submit", "accept", "offer", "agree", "start", "finish", "settle", "hand_over")


@pytest.fixture(scope="module", autouse=True)
def bulk(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A database of bulk orders; each test takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("seed_demo", orders=BULK, stdout=io.StringIO())
        if connection.vendor == "postgresql":
            connection.cursor().execute("ANALYZE")  # by itself it counts the rows only after a commit
        yield
        transaction.set_rollback(True)


def check_books() -> str:
    """What check_books says; it raises CommandError for any fault."""
    out = io.StringIO()
    call_command("check_books", stdout=out)
    return out.getvalue()


def test_bulk_is_spread_over_all_stages_mostly_done_and_its_books_agree():
    stages = list(Order.objects.values_list("stage", flat=True))

    assert len(stages) == BULK
    assert set(stages) == set(Stage)
    assert stages.count(Stage.SELESAI) > BULK / 2
    assert check_books().startswith("Semua buku cocok: 300 pesanan")


def test_bulk_reaches_back_two_years():
    issued = Document.objects.order_by("issued_at").values_list("issued_at", flat=True)

    assert 1.5 < (issued.last() - issued.first()).days / 365 < 2.5
    assert issued.last() <= clock.now()


def test_bulk_papers_say_what_the_actions_would_have_issued():
    compared = 0
    for order in Order.objects.exclude(stage=Stage.DRAF).select_related("customer", "created_by", "estimate"):
        for kind, body in _bodies(order):
            document = order.papers.filter(document__kind=kind).last().document
            assert document.payload["body"] == documents.as_json(body), f"{kind} of {order}"
            compared += 1
    assert compared > 3 * BULK


def test_bulk_payloads_have_the_frame_of_issued_papers():
    office = get_office()
    for paper in Document.objects.all():
        frame = {"number": paper.printed_number, "on": clock.local_date(paper.issued_at), "code": paper.code}
        assert paper.payload == documents.sheet(paper.kind, paper.payload["body"], office=office, **frame)
        assert documents.find_by_code(paper.code) == paper


def test_bulk_trails_read_as_timelines():
    for order in Order.objects.all():
        entries = list(AuditEntry.objects.filter(subject_kind="order", subject_id=str(order.pk)))
        assert len(timeline(entries)) == order.version


def test_work_goes_on_after_bulk():
    order = Order.objects.filter(stage=Stage.DRAF).first()
    for verb in ROAD:
        order = act(verb, order)

    assert order.stage == Stage.SELESAI
    assert check_books().startswith("Semua buku cocok: 300 pesanan")


def _bodies(order: Order) -> Iterator[tuple[Kind, dict]]:
    """What the papers' own builders say of the order as it stands in the database."""
    yield (
        Kind.APPLICATION_FORM,
        papers.application_form(order, tracking.address(order.tracking_links.get(), get_office())),
    )
    agreed = order.estimates.filter(status=Estimate.Status.AGREED).first()
    if agreed:
        yield Kind.ORDER_LETTER, papers.order_letter(order, agreed, None, 0)
    payment = Payment.objects.filter(order=order, kind=Payment.Kind.PAYMENT).last()
    if payment:
        lines = {line.account_code: line.amount for line in payment.lines.all()}
        yield Kind.RECEIPT, finance_papers.receipt(payment, lines)
    handover = HandOver.objects.filter(order=order).last()
    if handover:
        yield Kind.DELIVERY_NOTE, papers.delivery_note(handover, handover.receipt_number)
