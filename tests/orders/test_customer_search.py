"""A customer is found by a few letters, however they are spelled."""

from itertools import cycle

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from balai.spelling import sounds_of
from orders.customer_search import MATCHES, find_customers
from orders.models import Customer
from tests.factories import make_customer, make_order
from tests.orders.spellings import FIRST, LAST, RETURNING, VILLAGES

pytestmark = pytest.mark.django_db

VARIANTS = [(name, typed) for name, *_, spellings in RETURNING for typed in spellings]


def letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def neighbours() -> None:
    villages = cycle(VILLAGES)
    for first in FIRST:
        for last in LAST:
            make_customer(name=f"{first} {last}", address=next(villages))


def test_a_returning_customer_is_found_by_five_letters():
    for name, business, village, _ in RETURNING:
        customer = make_customer(name=name, business=business, address=village)
        make_order(customer=customer.pk, drawings=0)
    neighbours()

    lost = [(name, typed) for name, typed in VARIANTS if name not in {found.name for found in find_customers(typed)}]

    assert (len(VARIANTS), max(letters(typed) for _, typed in VARIANTS)) == (200, 5)
    assert len(lost) <= 0.05 * len(VARIANTS), lost


@pytest.mark.parametrize(
    ("written", "sound"),
    [
        ("Soetjipto", "Sucipto"),
        ("Djojo", "Joyo"),
        ("Achmad", "Ahmad"),
        ("Sjarif", "Syarif"),
        ("Sharif", "Syarip"),
        ("Ma’ruf", "MARUF"),
        ("Théo  Muhammad", "teo muhamad"),
        ("Fatimah", "Patima"),
        ("Njoto", "Nyoto"),
        ("CV. Dharma-Jaya", "cv darma jaya"),
    ],
)
def test_two_spellings_sound_alike(written, sound):
    assert sounds_of(written) == sounds_of(sound) != []


@pytest.mark.parametrize("text", ["", "  ", "--", "%", "\x00", "’"])
def test_text_without_a_letter_finds_nobody(text):
    make_customer()

    assert find_customers(text) == []


@pytest.mark.parametrize("typed", ["081200001122", "+62 812-0000", "62812 0000 1122", "8120000", "1122", "(0812) 0000"])
def test_a_number_is_found_in_any_spelling(typed):
    siti = make_customer(phone="6281200001122")
    make_customer(phone="6285799998888")

    assert find_customers(typed) == [siti]


def test_who_orders_often_stands_above_a_namesake():
    make_customer(name="Wagiman Contoh")
    often = make_customer(name="Wagiman Contoh")
    make_order(customer=often.pk)
    make_customer(name="Wagiman Contoh")

    assert find_customers("wagim")[0] == often


def test_a_right_spelling_stands_above_one_with_a_slip():
    make_customer(name="Sunarto")
    right = make_customer(name="Sumarto")

    assert find_customers("sumar") == [right, Customer.objects.get(name="Sunarto")]


def test_the_search_costs_the_same_in_a_large_register():
    make_customer(name="Sumarto")
    with CaptureQueriesContext(connection) as few:
        find_customers("smarto")
    neighbours()
    with CaptureQueriesContext(connection) as many:
        assert len(find_customers("salmet")) == MATCHES

    assert len(many) == len(few) <= 3


def test_the_key_follows_the_facts():
    customer = make_customer(name="Sumarto")
    customer.name = "Djoko"
    customer.save()

    assert find_customers("joko") == [customer]
    assert find_customers("sumarto") == []
