"""The register of customers: everybody can be found by the words of now; whoever was merged has nothing left."""

from collections.abc import Iterator

from balai.checks import CHUNK, fault
from orders.models import Customer, Order


def customers() -> Iterator[str]:
    """Each search key is that of the facts; merged entries have no orders and lead to one that is kept."""
    merged = set(Customer.objects.filter(merged_into__isnull=False).values_list("pk", flat=True))
    for number, customer in Order.objects.filter(customer__in=merged).values_list("number", "customer"):
        yield fault(Customer, customer, f"sudah digabung, tetapi masih memiliki pesanan {number or 'draf'}")
    for customer in Customer.objects.order_by("pk").iterator(CHUNK):
        if customer.merged_into_id in merged:
            yield fault(Customer, customer.pk, "digabung ke pelanggan yang sudah digabung")
        if customer.search_key != customer.sounds:
            yield fault(Customer, customer.pk, "kunci pencarian tidak sesuai nama, usaha, dan alamat")
