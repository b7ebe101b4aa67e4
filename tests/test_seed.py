"""Sample data: forty orders walked by the real actions, and when samples are refused."""

import io
from datetime import date, datetime

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction

from balai import clock
from balai.management.commands._sample_bulk import make_bulk
from balai.management.commands._sample_office import make_office, make_people, make_tariffs
from balai.models import Document, NumberSeries, Office
from balai.office import get_office
from finance.models import Deposit
from finance.receivables import receivable, unpaid
from finance.reminders import last_reminders
from orders.models import Drawing, Order
from orders.stages import Stage
from tests.factories import make_order, make_user

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 18, 12, tzinfo=clock.WIB)


def seed_demo(**options) -> str:
    out = io.StringIO()
    call_command("seed_demo", stdout=out, **options)
    return out.getvalue()


def check_books() -> str:
    """What check_books says; it raises CommandError for any fault."""
    out = io.StringIO()
    call_command("check_books", stdout=out)
    return out.getvalue()


def test_walked_sample_is_spread_over_all_stages_and_its_books_agree():
    seed_demo()

    assert set(Order.objects.values_list("stage", flat=True)) == set(Stage)
    assert Order.objects.count() >= 40
    assert Drawing.objects.exists()
    assert check_books().startswith("Semua buku cocok: ")


def test_walked_sample_has_a_bill_to_remind_of_and_one_that_was_reminded_of():
    seed_demo()

    office, today = get_office(), clock.today()
    overdue = [order for order in unpaid() if receivable(order, office, today).to_remind]
    assert {order.pk in last_reminders(overdue) for order in overdue} == {False, True}


def test_walked_sample_has_a_deposit_whose_number_was_corrected():
    seed_demo()

    [deposit] = Deposit.objects.filter(corrections__isnull=False).select_related("now__paper", "paper")
    assert (deposit.sts_number[:4], deposit.now.sts_number[:4]) == ("0200", "0002")
    assert (deposit.paper.voided_at is None, deposit.now.paper.replaces) == (False, deposit.paper)


def test_same_seed_makes_the_same_books_and_another_seed_others():
    make_office("https://balai.example")
    people = make_people()
    make_tariffs(date(2020, 1, 1), people["pimpinan"])

    def made_with(seed: int) -> list[tuple[str, str]]:
        with clock.at(NOON), transaction.atomic():
            assert make_bulk(people, 30, seed) == 30
            rows = list(Document.objects.order_by("id").values_list("printed_number", "payload_sha256"))
            transaction.set_rollback(True)
        return rows

    first = made_with(7)
    assert made_with(7) == first
    assert made_with(8) != first


def test_bulk_is_refused_once_there_are_orders_or_numbers(office):
    make_order(Stage.DRAF)
    with pytest.raises(CommandError):
        make_bulk({}, 10, seed=1)

    Order.objects.all().delete()
    NumberSeries.objects.create(register="permohonan", year=2026, last=3)
    with pytest.raises(CommandError):
        make_bulk({}, 10, seed=1)


def test_real_data_is_never_mixed_with_samples():
    make_office("https://balai.example")
    Office.objects.update(is_sample=False)
    with pytest.raises(CommandError):
        seed_demo()
    assert not Order.objects.exists()


def test_people_without_an_office_are_real_data_too():
    make_user(username="sungguhan")
    with pytest.raises(CommandError):
        seed_demo(orders=10)
    assert not Office.objects.exists()


def test_second_sample_is_refused_but_if_empty_does_nothing(office):
    make_order(Stage.DRAF)
    with pytest.raises(CommandError):
        seed_demo()

    assert seed_demo(if_empty=True) == ""
    assert Order.objects.count() == 1
