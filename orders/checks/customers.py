"""The register of customers: everybody can be found by the words of now."""

from collections.abc import Iterator

from balai.checks import CHUNK, fault
from orders.models import Customer


def customers() -> Iterator[str]:
    """Each search key is that of the customer's name, business and address."""
    for customer in Customer.objects.order_by("pk").iterator(CHUNK):
        if customer.search_key != customer.sounds:
            yield fault(Customer, customer.pk, "kunci pencarian tidak sesuai nama, usaha, dan alamat")
