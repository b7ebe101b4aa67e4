"""What the papers of keuangan say, as plain values. Their looks are in templates/print."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from balai.clock import local_date
from balai.models import Document, User
from balai.office import Signer, get_office, head, treasurer
from finance.models import Payment
from finance.receivables import Receivable
from finance.tally import Tally
from orders.models import Order
from orders.papers import Choice, Party, choices, party
from orders.queries import current_order_letter

# More names than this would push the receipt off its half sheet; the surat pesanan has them all.
NAMES_PER_ACCOUNT = 3


@dataclass(frozen=True)
class DepositData:
    """A deposit as typed: which payments (ids), under which STS. `deposited_on` is a WIB date."""

    payments: tuple[int, ...]
    sts_number: str
    bank: str
    deposited_on: date
    depositor: str


class AccountLine(TypedDict):
    account_code: str
    description: str
    amount: int


class Reduction(TypedDict):
    number: str
    date: str
    kind: str
    amount: int


class Receipt(TypedDict):
    """Money in rupiah; `value` is the agreed total before the `reductions`.

    `received` and `change_given` are set for cash only, `reference` for the others only.
    """

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
    value: int
    reductions: list[Reduction]
    treasurer: Signer


class Account(TypedDict):
    account_code: str
    amount: int


class DepositedReceipt(TypedDict):
    number: str
    date: str
    amount: int


class DepositNote(TypedDict):
    """The internal note of a deposit; rupiah. The official STS is not ours to issue (DOMAIN.md b)."""

    sts_number: str
    bank: str
    deposited_on: str
    depositor: str
    amount: int
    lines: list[Account]
    receipts: list[DepositedReceipt]
    treasurer: Signer


def deposit_note(data: DepositData, payments: Sequence[Payment]) -> DepositNote:
    """Tanda setor of these payments, per kode rekening and receipt by receipt."""
    accounts: Counter[str] = Counter()
    for line in (line for payment in payments for line in payment.lines.all()):
        accounts[line.account_code] += line.amount
    return {
        "sts_number": data.sts_number,
        "bank": data.bank,
        "deposited_on": data.deposited_on.isoformat(),
        "depositor": data.depositor,
        "amount": sum(payment.amount for payment in payments),
        "lines": [{"account_code": account, "amount": amount} for account, amount in sorted(accounts.items())],
        "receipts": [
            {
                "number": payment.receipt.printed_number,
                "date": local_date(payment.paid_at).isoformat(),
                "amount": payment.amount,
            }
            for payment in payments
        ],
        "treasurer": treasurer(get_office()),
    }


class Way(TypedDict):
    label: str
    issued: int
    reversed: int
    amount: int


class Note(TypedDict):
    value: int
    count: int
    amount: int


class CashSheet(TypedDict):
    """A closed day; rupiah. `since` is the closing before it, empty for the first."""

    since: str
    opening: int
    ways: list[Way]
    received: int
    deposited: int
    expected: int
    notes: list[Note]
    counted: int
    surplus: int
    shortage: int
    explanation: str
    closed_by: str
    head: Signer
    treasurer: Signer


def cash_sheet(now: Tally, counts: Mapping[int, int], explanation: str, by: User) -> CashSheet:
    """Lembar tutup kas: the till as the ledger has it, as it was counted, and what is to be said of the difference."""
    office = get_office()
    counted = sum(note * count for note, count in counts.items())
    return {
        "since": now.since.isoformat() if now.since else "",
        "opening": now.opening,
        "ways": [
            {"label": way.label, "issued": way.issued, "reversed": way.reversed, "amount": way.amount}
            for way in now.ways
        ],
        "received": now.cash,
        "deposited": now.deposited,
        "expected": now.expected,
        "notes": [{"value": note, "count": count, "amount": note * count} for note, count in counts.items() if count],
        "counted": counted,
        "surplus": max(0, counted - now.expected),
        "shortage": max(0, now.expected - counted),
        "explanation": explanation,
        "closed_by": by.full_name,
        "head": head(office),
        "treasurer": treasurer(office),
    }


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
        "value": order.estimate.total,
        "reductions": [
            {"number": one["number"], "date": one["date"], "kind": one["kind"], "amount": one["amount"]}
            for one in order.decisions
        ],
        "treasurer": treasurer(get_office()),
    }


class Reminder(TypedDict):
    """A letter about an overdue bill, in rupiah and calendar days. `previous_*` are empty on the first one."""

    ordinal: int
    customer: Party
    order_letter_number: str
    order_letter_date: str
    title: str
    amount: int
    finished_on: str
    due_on: str
    overdue_days: int
    previous_number: str
    previous_date: str
    head: Signer


def reminder(bill: Receivable, ordinal: int, previous: Document | None) -> Reminder:
    """Surat teguran number `ordinal` about this bill, after `previous`. No interest: that is a draft."""
    order, letter = bill.order, current_order_letter(bill.order)
    return {
        "ordinal": ordinal,
        "customer": party(order.customer),
        "order_letter_number": letter.printed_number,
        "order_letter_date": letter.payload["date"],
        "title": order.title,
        "amount": order.bill,
        "finished_on": bill.finished.isoformat(),
        "due_on": bill.due.isoformat(),
        "overdue_days": bill.overdue,
        "previous_number": previous.printed_number if previous else "",
        "previous_date": previous.payload["date"] if previous else "",
        "head": head(get_office()),
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
