"""Faults in the closed days."""

from django.db import connection

from finance.models import CashDay, Payment
from tests.copies import copy_row
from tests.faults.planting import Books, Words, change, double, erase, forge
from tests.unguarded import unguarded


def _closed() -> CashDay:
    return CashDay.objects.filter(received__gt=0).order_by("day").first()


def payment_slipped_into_a_closed_day(books: Books) -> Words:
    day = _closed()
    paid = Payment.objects.filter(paid_at__lt=day.closed_at, kind="bayar", method="tunai").order_by("-paid_at").first()
    copy = double(paid.receipt, paid.order)
    with unguarded():
        copy_row(paid, turn=9, receipt_id=copy.pk).save()
    return "finance_cashday", f"{day.day}", "berubah"


def payment_changed_on_a_closed_day(books: Books) -> Words:
    day = _closed()
    paid = Payment.objects.filter(paid_at__lt=day.closed_at, kind="bayar", method="tunai").order_by("-paid_at").first()
    change(paid, amount=paid.amount + 1, received=paid.received + 1)
    return "finance_cashday", f"{day.day}", "menurut buku"


def deposit_taken_out_of_a_closed_day(books: Books) -> Words:
    day = CashDay.objects.filter(deposited__gt=0).order_by("day").first()
    change(day, deposited=day.deposited + 1, expected=day.expected - 1, explanation="Palsu.")
    return "finance_cashday", f"{day.day}", f"{day.deposited + 1} disetor"


def closing_vanished(books: Books) -> Words:
    first = CashDay.objects.filter(counted__gt=0).order_by("day").first()
    following = CashDay.objects.filter(day__gt=first.day).order_by("day").first()
    erase(CashDay.objects.filter(pk=first.pk))
    return "finance_cashday", f"{following.day}", "saldo awal"


def edited_count(books: Books) -> Words:
    day = _closed()
    change(day, counted=day.counted + 5, explanation="Palsu.")
    return "finance_cashday", f"{day.day}", f"dihitung {day.counted + 5}, berbeda dari pecahannya"


def closing_sheet_of_another_amount(books: Books) -> Words:
    day = _closed()
    forge(day.paper, lambda body: body.update(counted=1))
    return "finance_cashday", f"{day.day}", f"lembar tutup kas {day.paper.printed_number}"


def guard_of_closed_days_gone(books: Books) -> Words:
    on = " ON finance_payment" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"DROP TRIGGER guard_finance_payment_closed{on}")
    return "finance_payment", "penjaga hari yang ditutup hilang"
