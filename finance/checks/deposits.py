"""Proofs of the deposits: each agrees with the receipts it holds, with its tanda setor and with its slips."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from django.db.models import F, QuerySet

from balai.checks import CHUNK, dig, fault
from balai.clock import local_date
from balai.kinds import Kind
from balai.models import Document
from finance.models import Deposit, DepositItem, DepositSlip, Payment, PaymentLine
from orders.checks.orderfile import Row, grouped, within

BATCH = 200
RECEIPT = {
    "number": F("payment__receipt__printed_number"),
    "kind": F("payment__kind"),
    "method": F("payment__method"),
    "amount": F("payment__amount"),
    "paid_at": F("payment__paid_at"),
    "taken_back": F("payment__reversed_by"),
}


def deposits(of: QuerySet[Deposit] | None = None) -> Iterator[str]:
    """Every proof of these deposits, of every one without `of`."""
    found = Deposit.objects.all() if of is None else of
    rows = found.order_by("pk").select_related("paper").iterator(BATCH)
    while batch := list(islice(rows, BATCH)):
        items = DepositItem.objects.filter(**within(batch, "deposit_id")).annotate(**RECEIPT)
        receipts = grouped(items, "deposit_id", "payment_id", *RECEIPT)
        lines = PaymentLine.objects.filter(**within(batch, "payment__deposit_item__deposit_id"))
        accounts = grouped(lines, "payment__deposit_item__deposit_id", "account_code", "amount")
        for deposit in batch:
            yield from _holds_cash(deposit, receipts[deposit.pk])
            yield from _sums(deposit, receipts[deposit.pk])
            yield from _paper(deposit, receipts[deposit.pk], accounts[deposit.pk])


def stray_notes() -> Iterator[str]:
    """No tanda setor stands alone."""
    loose = Document.objects.filter(kind=Kind.DEPOSIT_NOTE).exclude(pk__in=Deposit.objects.values("paper"))
    for number in loose.order_by("number").values_list("printed_number", flat=True):
        yield fault(Document, number, "tanda setor tanpa setoran")


def slip_files() -> Iterator[str]:
    """The file of each slip is there as it was sent."""
    for slip in DepositSlip.objects.select_related("deposit").iterator(CHUNK):
        if not slip.file.storage.exists(slip.file.name):
            yield fault(DepositSlip, slip.deposit, f"berkas {slip.file.name} hilang")
        elif hashlib.sha256(slip.file.read()).hexdigest() != slip.sha256:
            yield fault(DepositSlip, slip.deposit, f"berkas {slip.file.name} berubah: tidak sesuai sidik SHA-256")


def _holds_cash(deposit: Deposit, receipts: list[Row]) -> Iterator[str]:
    """Its receipts were paid in cash, no later than it was deposited, and are in force."""
    for receipt in receipts:
        name, key = fault(DepositItem, deposit, f"bukti {receipt.number}"), receipt.payment_id
        if (receipt.kind, receipt.method) != (Payment.Kind.PAYMENT, Payment.Method.CASH):
            yield f"{name} bukan pembayaran tunai ({key})"
        if receipt.taken_back:
            yield f"{name} sudah dibatalkan ({key})"
        if local_date(receipt.paid_at) > deposit.deposited_on:
            yield f"{name} diterima sesudah tanggal setornya ({key})"


def _sums(deposit: Deposit, receipts: list[Row]) -> Iterator[str]:
    total = sum(receipt.amount for receipt in receipts)
    if total != deposit.amount:
        yield fault(Deposit, deposit, f"jumlah {deposit.amount}, jumlah buktinya {total}")


def _paper(deposit: Deposit, receipts: list[Row], lines: list[Row]) -> Iterator[str]:
    """The tanda setor says the same: amount, receipts, rupiah per kode rekening."""
    body, number = dig(deposit.paper.payload, "body"), deposit.paper.printed_number
    if dig(body, "amount") != deposit.amount or dig(body, "sts_number") != deposit.sts_number:
        yield fault(Deposit, deposit, f"jumlah atau nomor STS berbeda dari tanda setor {number}")
    printed = {dig(row, "number"): dig(row, "amount") for row in dig(body, "receipts") or []}
    if printed != {receipt.number: receipt.amount for receipt in receipts}:
        yield fault(Deposit, deposit, f"bukti berbeda dari tanda setor {number}")
    accounts: Counter[str] = Counter()
    for line in lines:
        accounts[line.account_code] += line.amount
    if {dig(row, "account_code"): dig(row, "amount") for row in dig(body, "lines") or []} != accounts:
        yield fault(Deposit, deposit, f"rincian rekening berbeda dari tanda setor {number}")
