"""Faults in the price list, and in estimates that carry what it does not say."""

from datetime import timedelta

from simple_history.utils import bulk_create_with_history

from orders.models import EstimateLine, Tariff
from tests.copies import copy_row
from tests.faults.planting import Books, Words, change, erase


def two_versions_of_one_day(books: Books) -> Words:
    tariff = _line(books).tariff
    change(tariff, valid_until=tariff.valid_from + timedelta(days=9))
    bulk_create_with_history([copy_row(tariff, valid_from=tariff.valid_from + timedelta(days=9))], Tariff)
    return "orders_tariff", tariff.code, "berlaku bersamaan"


def price_changed_in_secret(books: Books) -> Words:
    tariff = _line(books).tariff
    change(tariff, price=tariff.price + 1)
    return "orders_tariff", tariff.code, "isinya berbeda dari riwayatnya"


def tariff_without_history(books: Books) -> Words:
    tariff = _line(books).tariff
    erase(Tariff.history.filter(id=tariff.pk))
    return "orders_tariff", tariff.code, "isinya berbeda dari riwayatnya"


def line_of_another_price(books: Books) -> Words:
    line = _line(books)
    change(line, price=line.price + 1)
    return "orders_estimateline", f"{books.done} versi 1 baris 1", f"berbeda dari tarif {line.tariff.code}"


def line_of_another_account(books: Books) -> Words:
    line = _line(books)
    change(line, account_code="4.1.99")
    return "orders_estimateline", f"{books.done} versi 1 baris 1", f"berbeda dari tarif {line.tariff.code}"


def line_of_another_service(books: Books) -> Words:
    line = _line(books)
    change(line, service="Jasa lain")
    return "orders_estimateline", f"{books.done} versi 1 baris 1", f"berbeda dari tarif {line.tariff.code}"


def tariff_that_was_not_in_force(books: Books) -> Words:
    line = _line(books)
    change(line.tariff, valid_until=line.tariff.valid_from)
    return "orders_estimateline", f"{books.done} versi 1 baris 1", "tidak berlaku pada hari estimasinya dikirim"


def _line(books: Books) -> EstimateLine:
    lines = EstimateLine.objects.select_related("tariff").filter(estimate__order=books.done, estimate__version=1)
    return lines.get(position=1)
