"""Statements of an invented bank, brought and confirmed by the real actions."""

import uuid

from balai import sheets
from balai.roles import Role
from finance.ledger import record_payment
from finance.models import Payment, Reconciliation, Statement
from finance.reconciling import Confirmation, confirm
from finance.statementcolumns import Columns
from finance.statements import Intent, advance, choose_columns, upload
from tests.factories import clerk, intent, make_order, payment_data
from tests.typed import running

HEADS = "Tanggal;Referensi;Keterangan;Kredit"
BANK = "Bank Contoh QRIS"
COLUMNS = Columns(day=0, reference=1, description=2, amount=3)


def treasurer() -> Intent:
    """The treasurer with a fresh form."""
    return Intent(clerk(Role.KEUANGAN), uuid.uuid4())


def make_transfer(reference: str = "", **fields) -> Payment:
    """A payment by QRIS, Rp620.000, that reaches the treasury today."""
    order = make_order("pembayaran")
    data = payment_data(order, **{"method": "qris", "reference": reference or f"QR-{next(running):06}"} | fields)
    record_payment(order.pk, intent(clerk(Role.KEUANGAN), order), data)
    return Payment.objects.get(order=order, kind=Payment.Kind.PAYMENT)


def line_of(payment: Payment, **changes: object) -> str:
    """The row of a CSV in which the bank says the same as the ledger, but for `changes`."""
    said = {"day": payment.settled_on, "reference": payment.reference, "text": "QRIS CONTOH", "amount": payment.amount}
    said |= changes
    return f"{said['day']:%d/%m/%Y};{said['reference']};{said['text']};{said['amount']}"


def csv_of(*lines: str) -> bytes:
    return "\n".join([HEADS, *lines, ""]).encode()


def bring(content: bytes, name: str = "rekening.csv") -> Statement:
    """The file uploaded, its columns not chosen yet."""
    return upload(treasurer(), sheets.read(content, name, sheets.MAX_ROWS), name, content)


def make_statement(*lines: str, columns: Columns = COLUMNS) -> Statement:
    """A file with these rows, read and matched."""
    statement = bring(csv_of(*lines, f"01/01/2020;UNIK{next(running)};BUNGA;1"))
    return matched(choose_columns(treasurer(), statement.pk, columns, BANK))


def matched(statement: Statement) -> Statement:
    """The file after all work on it."""
    while (done := advance(statement)).seen == "":
        statement = done
    return done


def make_reconciliation(statement: Statement, *, with_other_days: bool = False) -> Reconciliation:
    data = Confirmation(statement.pk, statement.seen, with_other_days)
    return confirm(clerk(Role.KEUANGAN), uuid.uuid4(), data)


def verdicts(statement: Statement) -> dict[int, str]:
    """What was found, by row of the file; the row that make_statement adds is left out."""
    lines = statement.lines.exclude(reference__startswith="UNIK")
    return dict(lines.values_list("number", "verdict"))
