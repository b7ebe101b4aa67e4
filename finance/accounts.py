"""The kode rekening that the books know."""

from finance.models import PaymentLine
from orders.models import Tariff


def known_accounts() -> list[str]:
    """Those of the price list and of the ledger, in their order. Two queries."""
    of_tariffs = Tariff.objects.order_by().values_list("account_code", flat=True).distinct()
    of_ledger = PaymentLine.objects.order_by().values_list("account_code", flat=True).distinct()
    return sorted({*of_tariffs, *of_ledger})
