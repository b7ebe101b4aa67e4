"""Re-proves every book, number, hash and transition from the stored rows alone."""

from argparse import ArgumentParser, BooleanOptionalAction
from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError

from balai import checks
from balai.formats import angka
from balai.models import AuditEntry, Document, DocumentFile
from finance import checks as finance_checks
from finance.models import (
    CashDay,
    Decision,
    Deposit,
    DepositCorrection,
    DepositItem,
    DepositSlip,
    MonthClosing,
    Payment,
    PaymentLine,
    ReconciledPayment,
    Reconciliation,
    ReversalRequest,
)
from orders import checks as order_checks
from orders.models import Order, Tariff

GUARDED = (
    *(Document, DocumentFile, AuditEntry, Tariff.history.model),
    *(Payment, PaymentLine, ReversalRequest, Decision, CashDay, MonthClosing),
    *(Deposit, DepositItem, DepositSlip, DepositCorrection),
    *(Reconciliation, ReconciledPayment),
)


class Command(BaseCommand):
    help = "Re-proves every book. Writes one line per fault; exit status 1 when there is any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--files",
            action=BooleanOptionalAction,
            default=True,
            help="compare the files of drawings, photos and slips with their hashes",
        )
        parser.add_argument("--render", type=int, default=0, metavar="N", help="draw N stored papers anew and compare")

    def handle(self, *args, **options) -> None:
        faults = 0
        with checks.snapshot():
            for line in _faults(files=options["files"], render=options["render"]):
                self.stdout.write(line)
                faults += 1
            counted = ", ".join(
                f"{angka(model.objects.count())} {name}"
                for model, name in (
                    (Order, "pesanan"),
                    (Document, "dokumen"),
                    (Payment, "pembayaran"),
                    (AuditEntry, "catatan"),
                )
            )
        if faults:
            raise CommandError(f"{angka(faults)} kesalahan dalam {counted}.")
        self.stdout.write(f"Semua buku cocok: {counted}.")


def _faults(*, files: bool, render: int) -> Iterator[str]:
    yield from checks.references()
    yield from checks.guards(*GUARDED, Tariff)
    yield from checks.registers()
    yield from checks.papers()
    yield from checks.stored_files()
    yield from checks.reprints()
    yield from checks.redrawn(render)
    yield from order_checks.orders()
    yield from order_checks.customers()
    yield from order_checks.stray_papers()
    yield from order_checks.stray_trails()
    yield from order_checks.search_words()
    yield from order_checks.price_list()
    yield from order_checks.used_tariffs()
    yield from finance_checks.ledger()
    yield from finance_checks.bank_references()
    yield from finance_checks.sums()
    yield from finance_checks.reversals()
    yield from finance_checks.decisions()
    yield from finance_checks.deposits()
    yield from finance_checks.stray_notes()
    yield from finance_checks.cash_days()
    yield from finance_checks.reconciliations()
    yield from finance_checks.months()
    if files:
        yield from order_checks.drawing_files()
        yield from order_checks.photo_files()
        yield from finance_checks.decision_scans()
        yield from finance_checks.slip_files()
        yield from finance_checks.receipt_words()
