"""Proofs of the deposits: each agrees with its receipts, papers and slips, and counts as it was corrected last."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from django.db.models import F, QuerySet

from balai.checks import CHUNK, dig, fault
from balai.clock import local_date
from balai.kinds import Kind
from balai.models import Document
from finance.models import (
    Deposit,
    DepositCorrection,
    DepositInForce,
    DepositItem,
    DepositSlip,
    Payment,
    PaymentLine,
)
from orders.checks.orderfile import Row, grouped, within

BATCH = 200
SAME = ("sts_number", "bank", "deposited_on", "paper_id")
Version = Deposit | DepositCorrection  # what was noted of a deposit first, or later
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
    rows = found.order_by("pk").select_related("paper", "now").iterator(BATCH)
    while batch := list(islice(rows, BATCH)):
        items = DepositItem.objects.filter(**within(batch, "deposit_id")).annotate(**RECEIPT)
        receipts = grouped(items, "deposit_id", "payment_id", *RECEIPT)
        lines = PaymentLine.objects.filter(**within(batch, "payment__deposit_item__deposit_id"))
        accounts = grouped(lines, "payment__deposit_item__deposit_id", "account_code", "amount")
        corrections = _corrections(batch)
        for deposit in batch:
            held, versions = receipts[deposit.pk], [deposit, *corrections[deposit.pk]]
            yield from _holds_cash(deposit, held)
            yield from _sums(deposit, held)
            yield from _in_force(deposit, versions)
            for version in versions:
                yield from _day(deposit, version, held)
                yield from _paper(deposit, version, held, accounts[deposit.pk])


def stray_notes() -> Iterator[str]:
    """No tanda setor stands alone."""
    loose = Document.objects.filter(kind=Kind.DEPOSIT_NOTE)
    for model in (Deposit, DepositCorrection):
        loose = loose.exclude(pk__in=model.objects.values("paper"))
    for number in loose.order_by("number").values_list("printed_number", flat=True):
        yield fault(Document, number, "tanda setor tanpa setoran")


def _corrections(batch: list[Deposit]) -> dict[int, list[DepositCorrection]]:
    found: dict[int, list[DepositCorrection]] = defaultdict(list)
    rows = DepositCorrection.objects.filter(**within(batch, "deposit_id")).select_related("paper")
    for correction in rows.order_by("id"):
        found[correction.deposit_id].append(correction)
    return found


def slip_files() -> Iterator[str]:
    """The file of each slip is there as it was sent."""
    for slip in DepositSlip.objects.select_related("deposit").iterator(CHUNK):
        if not slip.file.storage.exists(slip.file.name):
            yield fault(DepositSlip, slip.deposit, f"berkas {slip.file.name} hilang")
        elif hashlib.sha256(slip.file.read()).hexdigest() != slip.sha256:
            yield fault(DepositSlip, slip.deposit, f"berkas {slip.file.name} berubah: tidak sesuai sidik SHA-256")


def _holds_cash(deposit: Deposit, receipts: list[Row]) -> Iterator[str]:
    """Its receipts were paid in cash and are in force."""
    for receipt in receipts:
        name, key = fault(DepositItem, deposit, f"bukti {receipt.number}"), receipt.payment_id
        if (receipt.kind, receipt.method) != (Payment.Kind.PAYMENT, Payment.Method.CASH):
            yield f"{name} bukan pembayaran tunai ({key})"
        if receipt.taken_back:
            yield f"{name} sudah dibatalkan ({key})"


def _day(deposit: Deposit, version: Version, receipts: list[Row]) -> Iterator[str]:
    """None of its receipts was paid later than it was deposited."""
    for receipt in receipts:
        if local_date(receipt.paid_at) > version.deposited_on:
            what = f"bukti {receipt.number} diterima sesudah tanggal setornya ({receipt.payment_id})"
            yield fault(DepositItem, deposit, what)


def _in_force(deposit: Deposit, versions: list[Version]) -> Iterator[str]:
    """What counts is the last that was written; the tanda setor of those before it are BATAL, its own is not."""
    last, now = versions[-1], getattr(deposit, "now", None)
    if now is None or any(getattr(now, name) != getattr(last, name) for name in SAME):
        yield fault(DepositInForce, deposit, "yang berlaku berbeda dari catatan atau pembetulan terakhirnya")
    for version in versions:
        if bool(version.paper.voided_at) != (version is not last):
            what = "BATAL" if version is last else "tidak BATAL walau dibetulkan"
            yield fault(Deposit, deposit, f"tanda setor {version.paper.printed_number} {what}")


def _sums(deposit: Deposit, receipts: list[Row]) -> Iterator[str]:
    total = sum(receipt.amount for receipt in receipts)
    if total != deposit.amount:
        yield fault(Deposit, deposit, f"jumlah {deposit.amount}, jumlah buktinya {total}")


def _paper(deposit: Deposit, version: Version, receipts: list[Row], lines: list[Row]) -> Iterator[str]:
    """The tanda setor says the same: number, bank, day, amount, receipts, rupiah per kode rekening."""
    body, number = dig(version.paper.payload, "body"), version.paper.printed_number
    if dig(body, "amount") != deposit.amount or dig(body, "sts_number") != version.sts_number:
        yield fault(Deposit, deposit, f"jumlah atau nomor STS berbeda dari tanda setor {number}")
    if (dig(body, "bank"), dig(body, "deposited_on")) != (version.bank, version.deposited_on.isoformat()):
        yield fault(Deposit, deposit, f"bank atau tanggal berbeda dari tanda setor {number}")
    printed = {dig(row, "number"): dig(row, "amount") for row in dig(body, "receipts") or []}
    if printed != {receipt.number: receipt.amount for receipt in receipts}:
        yield fault(Deposit, deposit, f"bukti berbeda dari tanda setor {number}")
    accounts: Counter[str] = Counter()
    for line in lines:
        accounts[line.account_code] += line.amount
    if {dig(row, "account_code"): dig(row, "amount") for row in dig(body, "lines") or []} != accounts:
        yield fault(Deposit, deposit, f"rincian rekening berbeda dari tanda setor {number}")
