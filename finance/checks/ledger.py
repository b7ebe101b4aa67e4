"""Proofs of the ledger: each payment agrees with the agreed bill, with its receipt and with the order's stage."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet

from balai.checks import dig, fault
from balai.kinds import Kind
from balai.models import Document
from finance.models import Payment, PaymentLine
from orders.checks.orderfile import BATCH, Row, Rows, grouped, papers_of, within
from orders.models import Order
from orders.stages import Stage

PAID = (Stage.SIAP_DIAMBIL, Stage.SELESAI)
SAME = ("turn", "method", "reference", "reference_turn", "receipt_id")  # in a payment and its reversal
ENTRY = ("id", "kind", "amount", "reverses_id", *SAME)


@dataclass
class Account:
    """The ledger of one order: its entries, its receipts by key, its bills (surat pesanan) by number."""

    name: str
    stage: str
    is_exempt: bool
    entries: list[Row]
    lines: dict[int, dict[str, int]]
    receipts: dict[str, Row]
    bills: dict[str, Row]

    @property
    def payments(self) -> dict[int, Row]:
        return {entry.id: entry for entry in self.entries if entry.kind == Payment.Kind.PAYMENT}

    @property
    def reversals(self) -> list[Row]:
        return [entry for entry in self.entries if entry.kind == Payment.Kind.REVERSAL]

    def fault(self, entry: Row, what: str) -> str:
        return fault(Payment, f"{entry.id} ({self.name})", what)


def ledger(orders: QuerySet[Order] | None = None) -> Iterator[str]:
    """Every proof of these orders' payments, of every order's without `orders`."""
    for account in _accounts(Order.objects.all() if orders is None else orders):
        for proof in PROOFS:
            yield from proof(account)


def _accounts(orders: QuerySet[Order]) -> Iterator[Account]:
    rows = orders.order_by("pk").values_list("id", "number", "stage", "reduction", "estimate__total", named=True)
    rows = rows.iterator(BATCH)
    while batch := list(islice(rows, BATCH)):
        papers = papers_of(batch, Kind.ORDER_LETTER, Kind.RECEIPT)
        entries = grouped(Payment.objects.filter(**within(batch)), "order_id", *ENTRY)
        lines = grouped(
            PaymentLine.objects.filter(**within(batch, "payment__order_id")), "payment_id", "account_code", "amount"
        )
        for order in batch:
            yield _account(order, entries[order.id], lines, papers[order.id])


def _account(order: Row, entries: list[Row], lines: Rows, papers: list[Row]) -> Account:
    return Account(
        order.number or f"draf {order.id}",
        order.stage,
        order.reduction > 0 and order.reduction == order.estimate__total,
        entries,
        {entry.id: {line.account_code: line.amount for line in lines[entry.id]} for entry in entries},
        {paper.document_id: paper for paper in papers if paper.kind == Kind.RECEIPT},
        {paper.printed_number: paper for paper in papers if paper.kind == Kind.ORDER_LETTER},
    )


def _settled(account: Account) -> Iterator[str]:
    """Paid orders have one payment and one valid receipt; the others, and those that owe nothing, have none."""
    expected = 1 if account.stage in PAID and not account.is_exempt else 0
    current = account.payments.keys() - {entry.reverses_id for entry in account.reversals}
    valid = sorted(receipt.printed_number for receipt in account.receipts.values() if not receipt.voided_at)
    if len(current) != expected:
        what = f"{len(current)} pembayaran berlaku pada tahap {account.stage}, seharusnya {expected}"
        yield fault(Payment, account.name, what)
    if len(valid) != expected:
        numbers = ", ".join(valid) or "tidak ada"
        yield fault(Document, account.name, f"bukti pembayaran berlaku: {numbers}; seharusnya {expected}")


def _sums(account: Account) -> Iterator[str]:
    """The lines of an entry sum to it."""
    for entry in account.entries:
        total = sum(account.lines[entry.id].values())
        if total != entry.amount:
            yield account.fault(entry, f"jumlah {entry.amount}, jumlah rinciannya {total}")


def _receipts(account: Account) -> Iterator[str]:
    """Each payment has a receipt of this order with its amount, account by account, and each receipt a payment."""
    for payment in account.payments.values():
        receipt = account.receipts.get(payment.receipt_id)
        if receipt is None:
            yield account.fault(payment, "bukti pembayarannya bukan milik pesanan ini")
            continue
        body = dig(receipt.payload, "body")
        if dig(body, "amount") != payment.amount:
            what = f"jumlah {payment.amount}, pada bukti {receipt.printed_number} {dig(body, 'amount')}"
            yield account.fault(payment, what)
        if {dig(line, "account_code"): dig(line, "amount") for line in dig(body, "lines") or []} != account.lines[
            payment.id
        ]:
            yield account.fault(payment, f"rincian rekening berbeda dari bukti {receipt.printed_number}")
        yield from _bill(account, payment, receipt)
    for loose in account.receipts.keys() - {payment.receipt_id for payment in account.payments.values()}:
        number = account.receipts[loose].printed_number
        yield fault(Document, number, f"bukti tanpa pembayaran ({account.name})")


def _bill(account: Account, payment: Row, receipt: Row) -> Iterator[str]:
    bill = account.bills.get(dig(receipt.payload, "body", "order_letter_number"))
    if bill is None:
        yield fault(Document, receipt.printed_number, f"tidak menyebut surat pesanan dari {account.name}")
        return
    total = dig(bill.payload, "body", "total")
    reduced = sum(dig(one, "amount") or 0 for one in dig(receipt.payload, "body", "reductions") or [])
    if total is None or total - reduced != payment.amount:
        yield account.fault(payment, f"jumlah {payment.amount}, tagihan {bill.printed_number} {total}")


def _reversals(account: Account) -> Iterator[str]:
    """A counter-entry is its payment with the other sign, line by line; just these payments' receipts are BATAL."""
    payments = account.payments
    for reversal in account.reversals:
        payment = payments.get(reversal.reverses_id)
        if payment is None:
            yield account.fault(reversal, "membalik pembayaran yang bukan milik pesanan ini")
            continue
        same = all(getattr(reversal, name) == getattr(payment, name) for name in SAME)
        mirrored = {code: -amount for code, amount in account.lines[payment.id].items()}
        if not same or reversal.amount != -payment.amount or account.lines[reversal.id] != mirrored:
            yield account.fault(reversal, f"bukan kebalikan dari pembayaran {payment.id}")
    reversed_ids = {entry.reverses_id for entry in account.reversals}
    for payment in payments.values():
        receipt = account.receipts.get(payment.receipt_id)
        if receipt and bool(receipt.voided_at) != (payment.id in reversed_ids):
            what = "BATAL tanpa pembayaran balik" if receipt.voided_at else "tidak BATAL walau dibalik"
            yield account.fault(payment, f"bukti {receipt.printed_number} {what}")


PROOFS = (_settled, _sums, _receipts, _reversals)
