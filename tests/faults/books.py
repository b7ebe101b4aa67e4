"""Faults that show in the books as a whole, and in the words of a receipt."""

import hashlib

from balai.kinds import Kind
from balai.models import DocumentFile
from balai.months import Month
from finance.models import DepositItem
from tests.faults.planting import Books, Words, change, forge, paper, payment
from tests.print.drawn import draw


def ledger_of_another_sum_than_the_receipts(books: Books) -> Words:
    paid = payment(books.done)
    forge(paper(books.done, Kind.RECEIPT), lambda body: body.update(amount=paid.amount + 7))
    return "finance_payment seluruhnya", "bukti yang berlaku"


def part_that_is_missing_in_the_book(books: Books) -> Words:
    line = books.transfer.lines.first()
    change(line, amount=line.amount - 1)
    return f"buku penerimaan {Month.of(books.transfer.paid_at.date())}", "menurut pembayaran"


def cash_that_one_book_only_has_as_deposited(books: Books) -> Words:
    item = DepositItem.objects.order_by("pk").first()
    change(item, payment=books.transfer)
    return f"buku pembantu {Month.of(item.deposit.deposited_on)}", "menurut buku penerimaan"


def receipt_drawn_with_other_words(books: Books) -> Words:
    receipt = paper(books.done, Kind.RECEIPT)
    amount = receipt.payload["body"]["amount"]
    drawn = draw(receipt.payload | {"body": receipt.payload["body"] | {"amount": amount + 1_000}})
    DocumentFile.objects.create(
        document=receipt,
        variant=DocumentFile.Variant.ORIGINAL,
        pdf=drawn,
        sha256=hashlib.sha256(drawn).hexdigest(),
        rendered_at=receipt.issued_at,
    )
    return "balai_documentfile", receipt.printed_number, f"terbilangnya bukan {amount}"
