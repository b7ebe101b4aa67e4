"""Faults in the closed months."""

from datetime import timedelta

from django.db import connection

from finance.models import Deposit, DepositCorrection, MonthClosing, Payment, PaymentLine
from tests.copies import copy_row
from tests.faults.planting import Books, Words, change, erase, forge


def _closed() -> MonthClosing:
    return MonthClosing.objects.filter(received__gt=0).latest("first_day")


def _paid() -> Payment:
    closed = _closed().month
    return Payment.objects.filter(paid_at__gte=closed.start, paid_at__lt=closed.end).order_by("id").first()


def payment_changed_in_a_closed_month(books: Books) -> Words:
    paid = _paid()
    change(paid, paid_at=paid.paid_at + timedelta(minutes=1))
    return "finance_monthclosing", f"{_closed().month}", "berubah"


def part_of_a_payment_moved_to_another_account(books: Books) -> Words:
    line = PaymentLine.objects.filter(payment=_paid()).first()
    change(line, account_code="9.9.99")
    return "finance_monthclosing", f"{_closed().month}", f"isi berbeda dari laporan {_closed().report.printed_number}"


def correction_slipped_into_a_closed_month(books: Books) -> Words:
    closed, deposit = _closed().month, Deposit.objects.first()
    right = {"sts_number": "9999/STS", "bank": deposit.bank, "deposited_on": closed.last}
    slipped = {"corrected_at": deposit.recorded_at, "corrected_by": deposit.recorded_by, "reason": "Diam-diam."}
    paper = copy_row(deposit.paper, number=9999, printed_number="9999/TS/PALSU", code="AAAA-AAAA")
    paper.save()
    DepositCorrection.objects.create(deposit=deposit, **right, **slipped, paper=paper)
    change(deposit.now, **right, paper=paper)
    return "finance_monthclosing", f"{closed}", "isi buku bulan yang sudah ditutup berubah"


def guard_of_corrections_gone(books: Books) -> Words:
    on = " ON finance_depositinforce" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP TRIGGER guard_finance_depositinforce_month{on}")
    return "finance_depositinforce", "penjaga bulan yang ditutup hilang"


def closed_month_with_other_sums(books: Books) -> Words:
    closed = _closed()
    change(closed, received=closed.received + 1)
    return "finance_monthclosing", f"{closed.month}", f"{closed.received + 1} diterima", "menurut buku"


def book_of_a_closed_month_forged(books: Books) -> Words:
    closed = _closed()
    forge(closed.book, lambda body: body["closing"].update(balance=body["closing"]["balance"] + 1))
    return "finance_monthclosing", f"{closed.month}", f"jumlah berbeda dari buku {closed.book.printed_number}"


def report_of_a_closed_month_forged(books: Books) -> Words:
    closed = _closed()
    forge(closed.report, lambda body: body["pages"][0]["rows"][0].__setitem__(2, "1"))
    return "finance_monthclosing", f"{closed.month}", f"isi berbeda dari laporan {closed.report.printed_number}"


def excel_of_a_closed_month_exchanged(books: Books) -> Words:
    closed = _closed()
    change(closed, excel=b"PK another")
    return "finance_monthclosing", f"{closed.month}", "berkas Excel"


def closed_month_that_begins_late(books: Books) -> Words:
    closed = _closed()
    change(closed, first_day=closed.first_day.replace(day=2))
    return "finance_monthclosing", f"{closed.month}", "bukan satu bulan"


def closing_of_a_month_vanished(books: Books) -> Words:
    closed = _closed()
    erase(MonthClosing.objects.filter(pk=closed.pk))
    return "balai_document", closed.book.printed_number, "tanpa bulan yang ditutup"


def guard_of_closed_months_gone(books: Books) -> Words:
    on = " ON finance_deposit" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP TRIGGER guard_finance_deposit_month{on}")
    assert Deposit.objects.exists()
    return "finance_deposit", "penjaga bulan yang ditutup hilang"
