"""Faults in the ledger."""

from django.db.models import QuerySet

from balai.kinds import Kind
from finance.models import Payment, PaymentLine
from orders.models import OrderPaper
from tests.copies import copy_row
from tests.faults.planting import Books, Words, change, double, erase, forge, paper, payment, void_in_secret
from tests.unguarded import unguarded


def edited_payment(books: Books) -> Words:
    amount = books.transfer.amount
    change(books.transfer, amount=amount - 1)
    return "finance_payment", f"{books.transfer.order}", f"jumlah {amount - 1}"


def edited_payment_line(books: Books) -> Words:
    line = books.transfer.lines.first()
    change(line, amount=line.amount - 1)
    return "finance_payment", f"{books.transfer.order}", "jumlah rinciannya"


def account_not_on_the_receipt(books: Books) -> Words:
    change(books.transfer.lines.first(), account_code="9.9.9")
    return "finance_payment", f"{books.transfer.order}", "rincian rekening berbeda"


def receipt_for_another_letter(books: Books) -> Words:
    receipt = paper(books.done, Kind.RECEIPT)
    forge(receipt, lambda body: body.update(order_letter_number="0000/SP/I/2020"))
    return "balai_document", receipt.printed_number, "tidak menyebut surat pesanan"


def bill_lower_than_the_payment(books: Books) -> Words:
    letter = paper(books.done, Kind.ORDER_LETTER)
    forge(letter, lambda body: body.update(total=5))
    return "finance_payment", f"{books.done}", f"tagihan {letter.printed_number} 5"


def double_receipt(books: Books) -> Words:
    copy = double(paper(books.done, Kind.RECEIPT), books.done)
    return "balai_document", f"{books.done}", copy.printed_number


def receipt_without_payment(books: Books) -> Words:
    copy = double(paper(books.done, Kind.RECEIPT), books.done)
    return "balai_document", copy.printed_number, "bukti tanpa pembayaran"


def receipt_of_another_order(books: Books) -> Words:
    tie = OrderPaper.objects.get(document=paper(books.done, Kind.RECEIPT))
    change(tie, order=books.working)
    return "finance_payment", f"{books.done}", "bukan milik pesanan ini"


def double_payment(books: Books) -> Words:
    copy = double(paper(books.done, Kind.RECEIPT), books.done)
    first = payment(books.done)
    reference = first.reference and f"{first.reference}2"
    with unguarded():
        copy_row(first, turn=2, reference=reference, receipt_id=copy.pk).save()
    return "finance_payment", f"{books.done}", "2 pembayaran berlaku"


def reference_that_pays_twice(books: Books) -> Words:
    other = Payment.objects.filter(method="tunai", kind="bayar", reversed_by__isnull=True).first()
    spoiled = books.transfer.reference.lower().replace("0", "0-", 1)
    change(
        other,
        method="va",
        reference=spoiled,
        reference_turn=2,
        received=None,
        change_given=None,
        settled_on=books.transfer.settled_on,
    )
    return "finance_payment", f"referensi {books.transfer.reference}", books.transfer.receipt.printed_number


def vanished_payment(books: Books) -> Words:
    erase(PaymentLine.objects.filter(payment=payment(books.done)))
    erase(QuerySet(Payment).filter(order=books.done))
    return "finance_payment", f"{books.done}", "0 pembayaran berlaku"


def void_without_counter_entry(books: Books) -> Words:
    receipt = paper(books.done, Kind.RECEIPT)
    void_in_secret(receipt)
    return "finance_payment", f"{books.done}", f"bukti {receipt.printed_number} BATAL tanpa pembayaran balik"


def reversed_payment_with_a_valid_receipt(books: Books) -> Words:
    change(books.reversal.receipt, voided_at=None, voided_by=None, void_reason="")
    return "finance_payment", f"{books.reversal.order}", "tidak BATAL walau dibalik"


def reversal_of_less_than_was_paid(books: Books) -> Words:
    change(books.reversal, amount=books.reversal.amount + 1)
    return "finance_payment", f"{books.reversal.order}", "bukan kebalikan"


def reversal_of_another_order(books: Books) -> Words:
    change(books.reversal, reverses=payment(books.done))
    return "finance_payment", f"{books.reversal.order}", "membalik pembayaran yang bukan"
