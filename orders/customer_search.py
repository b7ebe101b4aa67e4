"""Finding customers by what people know of them: a name, the business, a telephone number. Never by NIK."""

import re

from django.db.models import Count, Q, QuerySet

from balai.text import single_line
from orders.models import Customer

_PHONE = re.compile(r"[0-9+()\-. ]{4,}")


def search_customers(text: str) -> QuerySet[Customer]:
    """Customers whose name or business has every word of `text`, or whose number has its digits; all for no text.

    Each has `order_count`.
    """
    text = single_line(text)
    if _PHONE.fullmatch(text):
        digits = re.sub(r"[^0-9]", "", text)
        wanted = Q(phone__contains=re.sub(r"^(62|0+)", "", digits))
    else:
        wanted = Q()
        for word in text.split():
            wanted &= Q(name__icontains=word) | Q(business__icontains=word)
    return Customer.objects.filter(wanted).annotate(order_count=Count("orders")).order_by("name", "pk")
