"""Sixty ways to ask for one order among many, and which of them lead straight to it."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from orders.actions.intake import CustomerData, ItemData
from orders.models import Customer, Order
from orders.search import exact, find
from tests.copies import copies_of
from tests.factories import make_order
from tests.orders.searches import searches

pytestmark = pytest.mark.django_db

CUSTOMER = CustomerData(
    "Soeparno Widjaja", Customer.Kind.IKM, "6281277770011", "Desa Contoh", business="CV Karya Tani O'Brien"
)
CLOSE_TO_IT = CustomerData(
    "Suparman Wijayanto", Customer.Kind.IKM, "6281277770012", "Desa Contoh", business="CV Karya Tanjung"
)
GEAR = (ItemData("Roda gigi z=36", 4, "buah", "Baja ST 60"),)


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker) -> Iterator[Order]:
    """A closed order among 240 open ones, older and newer; each test takes back what it did."""
    with django_db_blocker.unblock(), transaction.atomic():
        copies_of(make_order("produksi"), 100)
        order = make_order("selesai", customer=CUSTOMER, items=GEAR)
        copies_of(make_order("pesanan", customer=CLOSE_TO_IT, items=(ItemData("Roda gigit", 1, "buah"),)), 80)
        copies_of(make_order("permohonan"), 60)
        yield order
        transaction.set_rollback(True)


@pytest.mark.parametrize("place", range(60))
def test_each_of_sixty_queries_has_the_order_among_the_first_three(known, place) -> None:
    text = searches(known)[place]
    assert known in [hit.order for hit in find(text).hits[:3]], text


def test_a_code_or_a_number_of_a_year_means_one_order_and_less_does_not(known) -> None:
    receipt = known.papers.last().document
    for text in (
        known.number,
        receipt.printed_number,
        receipt.code,
        f"https://balai.example/verifikasi/{receipt.code}/",
    ):
        assert exact(text) == known.pk, text
        assert find(text).direct == known
    year = known.number.rpartition("/")[2]
    bare = known.number.partition("/")[0].lstrip("0")
    for text in (bare, "roda gigi", "0812 7777 0011", f"0812 {year} 0{bare}", "", "0000-0000"):
        assert exact(text) is None, text
        assert find(text).direct is None
