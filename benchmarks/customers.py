"""How long the register takes to answer while a clerk types, with 20,000 customers in it."""

import random
import re

from django.db import transaction

from balai import clock
from benchmarks.figure import at_most, p50_and_p95, seconds_of
from orders.customer_search import find_customers
from orders.duplicates import likely_duplicates
from orders.models import Customer
from tests.orders.spellings import RETURNING

CUSTOMERS = 20_000
GOAL = 200  # milliseconds, 95 of 100: nobody who types notices it
SYLLABLES = re.findall("..", "sutorinowahydijayamulikasantiarmabudapunisetyhako")


def measure() -> None:
    """Find by up to five letters in any spelling, and look for the like of a new customer."""
    with transaction.atomic():
        rng = random.Random(1)
        Customer.objects.bulk_create((_customer(rng, number) for number in range(CUSTOMERS)), batch_size=1000)
        typed = [spelling for *_, spellings in RETURNING for spelling in spellings]
        _report("customer search", [lambda text=text: find_customers(text) for text in typed])
        new = [(name, business, "", village) for name, business, village, _ in RETURNING]
        _report("likely duplicates", [lambda facts=facts: likely_duplicates(*facts) for facts in new])
        transaction.set_rollback(True)


def _report(name: str, calls: list) -> None:
    _, p95 = p50_and_p95([1000 * seconds_of(call) for call in calls])
    at_most(f"{name} p95, {CUSTOMERS} customers", p95, "ms", GOAL)


def _customer(rng: random.Random, number: int) -> Customer:
    first, last, shop, village = ("".join(rng.choices(SYLLABLES, k=rng.randint(2, 4))).title() for _ in range(4))
    return Customer(
        name=f"{first} {last}",
        business=f"{shop} Contoh" if number % 2 else "",
        kind=Customer.Kind.IKM,
        phone=f"628{number:09}",
        address=f"Desa {village} RT 01 RW 02",
        created_at=clock.now(),
    )
