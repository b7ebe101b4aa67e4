"""The files that the sample bank has sent: one reconciled, one just brought."""

import uuid

from balai import sheets
from balai.models import User
from finance.models import Payment, Statement
from finance.reconciling import Confirmation, confirm
from finance.statementcolumns import Columns
from finance.statements import Intent, advance, choose_columns, progress, upload

HEADS = "Tanggal;Referensi;Keterangan;Debit;Kredit"


def reconcile(by: User) -> None:
    """Two files of the bank: what matches of the first is confirmed, the second has just been brought."""
    paid = Payment.objects.filter(kind=Payment.Kind.PAYMENT, reversed_by__isnull=True)
    payments = list(paid.exclude(method=Payment.Method.CASH).order_by("settled_on", "id"))
    if len(payments) < 2:
        return
    *said, missing = payments
    lines = [f"{each.settled_on:%d/%m/%Y};{each.reference};CONTOH;;{each.amount}" for each in said]
    last = f"{missing.settled_on:%d/%m/%Y}"
    lines += [
        f"{last};BANK-CONTOH-1;SETORAN TANPA PESANAN;;175000",
        f"{last};;BIAYA ADMINISTRASI;2500;",
        ";;Saldo akhir;;",
    ]
    first = _bring(by, "rekening-contoh.csv", lines)
    columns = Columns(day=0, reference=1, description=2, debit=3, amount=4, amount_format="polos")
    statement = choose_columns(Intent(by, uuid.uuid4()), first.pk, columns, "Bank Contoh")
    while progress(statement) is not None:
        statement = advance(statement)
    confirm(by, uuid.uuid4(), Confirmation(statement.pk, statement.seen, with_other_days=False))
    _bring(by, "rekening-contoh-berikutnya.csv", lines[-3:])


def _bring(by: User, name: str, lines: list[str]) -> Statement:
    content = "\n".join([HEADS, *lines]).encode()
    return upload(Intent(by, uuid.uuid4()), sheets.read(content, name), name, content)
