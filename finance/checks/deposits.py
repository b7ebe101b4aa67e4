"""Proofs of the deposits: each agrees with the receipts it holds, with its tanda setor and with its slips."""

import hashlib
from collections import Counter
from collections.abc import Iterator

from django.db.models import QuerySet

from balai.checks import CHUNK, dig, fault
from balai.clock import local_date
from balai.kinds import Kind
from balai.models import Document
from finance.models import Deposit, DepositItem, DepositSlip, Payment

BATCH = 200


def deposits(of: QuerySet[Deposit] | None = None) -> Iterator[str]:
    """Every proof of these deposits, of every one without `of`."""
    rows = Deposit.objects.all() if of is None else of
    rows = rows.order_by("pk").select_related("paper")
    rows = rows.prefetch_related("items__payment__receipt", "items__payment__lines", "items__payment__reversed_by")
    for deposit in rows.iterator(BATCH):
        payments = [item.payment for item in deposit.items.all()]
        yield from _holds_cash(deposit, payments)
        yield from _sums(deposit, payments)
        yield from _paper(deposit, payments)


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


def _holds_cash(deposit: Deposit, payments: list[Payment]) -> Iterator[str]:
    """Its receipts were paid in cash, no later than it was deposited, and are in force."""
    for payment in payments:
        name, number = fault(DepositItem, deposit, f"bukti {payment.receipt.printed_number}"), payment.pk
        if (payment.kind, payment.method) != (Payment.Kind.PAYMENT, Payment.Method.CASH):
            yield f"{name} bukan pembayaran tunai ({number})"
        if hasattr(payment, "reversed_by"):
            yield f"{name} sudah dibatalkan ({number})"
        if local_date(payment.paid_at) > deposit.deposited_on:
            yield f"{name} diterima sesudah tanggal setornya ({number})"


def _sums(deposit: Deposit, payments: list[Payment]) -> Iterator[str]:
    total = sum(payment.amount for payment in payments)
    if total != deposit.amount:
        yield fault(Deposit, deposit, f"jumlah {deposit.amount}, jumlah buktinya {total}")


def _paper(deposit: Deposit, payments: list[Payment]) -> Iterator[str]:
    """The tanda setor says the same: amount, receipts, rupiah per kode rekening."""
    body, number = dig(deposit.paper.payload, "body"), deposit.paper.printed_number
    if dig(body, "amount") != deposit.amount or dig(body, "sts_number") != deposit.sts_number:
        yield fault(Deposit, deposit, f"jumlah atau nomor STS berbeda dari tanda setor {number}")
    printed = {dig(row, "number"): dig(row, "amount") for row in dig(body, "receipts") or []}
    if printed != {payment.receipt.printed_number: payment.amount for payment in payments}:
        yield fault(Deposit, deposit, f"bukti berbeda dari tanda setor {number}")
    accounts: Counter[str] = Counter()
    for line in (line for payment in payments for line in payment.lines.all()):
        accounts[line.account_code] += line.amount
    if {dig(row, "account_code"): dig(row, "amount") for row in dig(body, "lines") or []} != accounts:
        yield fault(Deposit, deposit, f"rincian rekening berbeda dari tanda setor {number}")
