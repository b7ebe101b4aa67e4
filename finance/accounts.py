"""The kode rekening that the books know, and the target of each."""

from finance.models import PaymentLine, Target
from orders.models import Tariff


def known_accounts() -> list[str]:
    """Those of the price list and of the ledger, in their order. Two queries."""
    of_tariffs = Tariff.objects.order_by().values_list("account_code", flat=True).distinct()
    of_ledger = PaymentLine.objects.order_by().values_list("account_code", flat=True).distinct()
    return sorted({*of_tariffs, *of_ledger} - {""})


def targets_of(year: int) -> dict[str, Target]:
    """The targets of a tahun anggaran by kode rekening. One query."""
    return {target.account_code: target for target in Target.objects.filter(year=year)}
