"""What the bukti pembayaran says, as plain values. Its looks are in templates/print."""

from collections.abc import Mapping
from typing import TypedDict

from balai.office import Signer, get_office, treasurer
from finance.models import Payment
from orders.models import Order
from orders.papers import Choice, Party, choices, party
from orders.queries import current_order_letter

# More names than this would push the receipt off its half sheet; the surat pesanan has them all.
NAMES_PER_ACCOUNT = 3


class AccountLine(TypedDict):
    account_code: str
    description: str
    amount: int


class Receipt(TypedDict):
    """Money in rupiah. `received` and `change_given` are set for cash only, `reference` for the others only."""

    amount: int
    payer: Party
    order_letter_number: str
    order_letter_date: str
    title: str
    method: list[Choice]
    reference: str
    received: int | None
    change_given: int | None
    lines: list[AccountLine]
    treasurer: Signer


def receipt(payment: Payment, lines: Mapping[str, int]) -> Receipt:
    """Bukti pembayaran of one payment; `lines` are its rupiah per kode rekening."""
    order = payment.order
    letter = current_order_letter(order)
    names = _names_per_account(order)
    return {
        "amount": payment.amount,
        "payer": party(order.customer),
        "order_letter_number": letter.printed_number,
        "order_letter_date": letter.payload["date"],
        "title": order.title,
        "method": choices(Payment.Method, payment.method),
        "reference": payment.reference,
        "received": payment.received,
        "change_given": payment.change_given,
        "lines": [
            {"account_code": account, "description": _shortened(names[account]), "amount": amount}
            for account, amount in lines.items()
        ],
        "treasurer": treasurer(get_office()),
    }


def _names_per_account(order: Order) -> dict[str, list[str]]:
    names: dict[str, list[str]] = {}
    for line in order.estimate.lines.all():
        known = names.setdefault(line.account_code, [])
        name = line.service or line.description
        if line.amount and name not in known:
            known.append(name)
    return names


def _shortened(names: list[str]) -> str:
    rest = len(names) - NAMES_PER_ACCOUNT
    return ", ".join(names[:NAMES_PER_ACCOUNT]) + (f", dan {rest} lainnya" if rest > 0 else "")
