"""Prices of an estimate: services and listed materials from the tariff in force, other materials as they are typed.

One rounding rule, in balai.money.line_amount: each line to the nearest whole rupiah, halves up; the total is their sum.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from balai.money import MAX_RUPIAH, line_amount
from orders.models import EstimateLine, Order, Tariff

Kind = EstimateLine.Kind


class PricingError(ValueError):
    """A line cannot be priced; the message is an Indonesian sentence for the user."""


@dataclass(frozen=True)
class LineData:
    """A line as it was typed. `price` (rupiah) counts only for material from the office that no tariff prices."""

    kind: str
    quantity: Decimal
    description: str = ""
    tariff_id: int | None = None
    unit: str = ""
    price: int = 0
    price_source: str = ""


def price_lines(lines: Iterable[LineData], on: date, material_account: str) -> list[EstimateLine]:
    """Unsaved, priced lines with the tariff copied into them. `on` is the WIB date whose tariffs count.

    Raises PricingError for a tariff not in force, for office material without unit or source of its price, and for
    more than can be spelled out in words.
    """
    lines = list(lines)
    tariffs = Tariff.objects.valid_on(on).in_bulk([line.tariff_id for line in lines if line.tariff_id])
    priced = [_priced(line, place, tariffs, material_account) for place, line in enumerate(lines, start=1)]
    if total(priced) > MAX_RUPIAH:
        raise PricingError("Total estimasi terlalu besar. Periksa lagi jumlah dan harganya.")
    return priced


def total(lines: Iterable[EstimateLine]) -> int:
    """Sum of the lines in rupiah."""
    return sum(line.amount for line in lines)


def account_totals(lines: Iterable[EstimateLine]) -> dict[str, int]:
    """Rupiah per kode rekening, without accounts that owe nothing."""
    totals: dict[str, int] = {}
    for line in lines:
        if line.amount:
            totals[line.account_code] = totals.get(line.account_code, 0) + line.amount
    return dict(sorted(totals.items()))


def bill_accounts(order: Order) -> dict[str, int]:
    """Rupiah of the order's bill per kode rekening, once decisions have reduced it."""
    return share_out(account_totals(order.estimate.lines.all()), order.bill)


def share_out(totals: dict[str, int], amount: int) -> dict[str, int]:
    """`amount` (rupiah, at most the sum of `totals`) spread over the accounts in proportion to their totals.

    The one rounding rule: each account gets its exact share rounded down to the whole rupiah; the rupiah that are left
    go one each to the accounts with the largest fractions cut off, of equal ones to the lower code. Accounts that get
    nothing are left out.
    """
    whole = sum(totals.values())
    shares = {code: divmod(total * amount, whole) for code, total in totals.items()}
    left = amount - sum(share for share, _ in shares.values())
    first = sorted(shares, key=lambda code: (-shares[code][1], code))[:left]
    spread = {code: share + (code in first) for code, (share, _) in sorted(shares.items())}
    return {code: share for code, share in spread.items() if share}


def _priced(line: LineData, place: int, tariffs: dict[int, Tariff], material_account: str) -> EstimateLine:
    if line.quantity <= 0:
        raise PricingError("Jumlah pada setiap baris harus lebih dari nol.")
    priced = EstimateLine(
        position=place,
        kind=line.kind,
        description=line.description,
        quantity=line.quantity,
        unit=line.unit,
        price=0,
        account_code=material_account,
    )
    if line.kind == Kind.SERVICE:
        _use_tariff(priced, tariffs.get(line.tariff_id), Tariff.Kind.SERVICE)
        priced.service = priced.tariff.name
    elif line.kind == Kind.OFFICE_MATERIAL and line.tariff_id:
        _use_tariff(priced, tariffs.get(line.tariff_id), Tariff.Kind.MATERIAL)
        priced.description = line.description or priced.tariff.name
        priced.price_source = f"Daftar tarif {priced.tariff.code}"
    elif not (line.description and line.unit):
        raise PricingError("Isi nama dan satuan setiap bahan.")
    elif line.kind == Kind.OFFICE_MATERIAL:
        _use_typed_price(priced, line)
    priced.amount = line_amount(priced.quantity, priced.price)
    return priced


def _use_tariff(priced: EstimateLine, tariff: Tariff | None, kind: Tariff.Kind) -> None:
    if tariff is None or tariff.kind != kind:
        raise PricingError("Tarif yang dipilih tidak berlaku hari ini. Pilih tarif lain dari daftar.")
    priced.tariff = tariff
    priced.unit = tariff.unit
    priced.price = tariff.price
    priced.account_code = tariff.account_code


def _use_typed_price(priced: EstimateLine, line: LineData) -> None:
    if line.price <= 0 or not line.price_source:
        raise PricingError("Isi harga bahan dari balai beserta asal harganya, misalnya nota pembelian.")
    priced.price = line.price
    priced.price_source = line.price_source
