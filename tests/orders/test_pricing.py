"""Prices of an estimate: one rounding rule, totals that are sums of lines, no typed price for a service."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from balai import clock
from balai.money import MAX_RUPIAH, line_amount
from orders.models import EstimateLine, Tariff
from orders.pricing import LineData, PricingError, account_totals, price_lines, total
from tests.factories import make_tariffs

pytestmark = pytest.mark.django_db

MATERIAL = "4.1.02.02.11.CONTOH"


@pytest.fixture
def bubut() -> Tariff:
    return make_tariffs()[0]


def price(*lines: LineData) -> list[EstimateLine]:
    return price_lines(lines, clock.today(), MATERIAL)


def steel(quantity: str, rupiah: int = 22_000, source: str = "Nota CONTOH") -> LineData:
    return LineData("bahan_balai", Decimal(quantity), "Baja", unit="kg", price=rupiah, price_source=source)


@pytest.mark.parametrize(
    ("quantity", "rupiah", "amount"),
    [
        ("2.5", 45_000, 112_500),
        ("0.001", 499, 0),  # 0.499
        ("0.001", 500, 1),  # exactly a half rounds up
        ("0.5", 3, 2),  # 1.5
        ("0.5", 5, 3),  # 2.5: not to the even neighbour
        ("1.333", 45_000, 59_985),
        ("0.333", 10_001, 3_330),  # 3330.333
    ],
)
def test_a_line_is_rounded_to_the_whole_rupiah_halves_up(quantity, rupiah, amount):
    assert line_amount(Decimal(quantity), rupiah) == amount


def test_each_line_is_rounded_and_the_total_is_their_sum():
    lines = price(steel("0.5", 3), steel("0.5", 3), steel("0.5", 3))

    assert [line.amount for line in lines] == [2, 2, 2]
    assert total(lines) == 6  # not 4.5 rounded


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.decimals("0.001", "1000", places=3), st.integers(1, 10**9)),
        max_size=20,
    )
)
def test_accounts_and_lines_always_sum_to_the_total(rows):
    lines = [
        EstimateLine(amount=line_amount(quantity, rupiah), account_code=f"4.{place % 3}")
        for place, (quantity, rupiah) in enumerate(rows)
    ]

    assert sum(account_totals(lines).values()) == total(lines) == sum(line.amount for line in lines)


def test_a_service_takes_everything_from_its_tariff(bubut):
    (line,) = price(
        LineData("jasa", Decimal(2), "poros", tariff_id=bubut.pk, unit="hari", price=1, price_source="saya sendiri")
    )

    assert (line.service, line.unit, line.price, line.amount) == ("Bubut CONTOH", "jam", 45_000, 90_000)
    assert (line.account_code, line.price_source, line.tariff) == (bubut.account_code, "", bubut)


def test_material_of_the_customer_is_free_whatever_was_typed():
    (line,) = price(LineData("bahan_pelanggan", Decimal(3), "Plat", unit="lembar", price=99_000, price_source="Toko"))

    assert (line.price, line.amount, line.price_source) == (0, 0, "")
    assert account_totals([line]) == {}


def test_material_of_the_office_goes_to_its_own_account(bubut):
    lines = price(LineData("jasa", Decimal(1), tariff_id=bubut.pk), steel("24"))

    assert account_totals(lines) == {bubut.account_code: 45_000, MATERIAL: 528_000}


def test_more_than_can_be_spelled_out_is_refused():
    with pytest.raises(PricingError, match="terlalu besar"):
        price(steel("1000000", MAX_RUPIAH))
