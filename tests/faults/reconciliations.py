"""Faults in the reconciliations."""

from datetime import timedelta

from finance.models import ReconciledPayment, Reconciliation
from tests.faults.planting import Books, Words, change, erase


def _item() -> ReconciledPayment:
    return ReconciledPayment.objects.select_related("payment__receipt").order_by("pk").first()


def edited_reconciliation(books: Books) -> Words:
    made = Reconciliation.objects.get()
    change(made, amount=made.amount + 1)
    return "finance_reconciliation ", f"{made}", f"barisnya {made.count}, {made.amount}"


def row_taken_out_of_a_reconciliation(books: Books) -> Words:
    made, item = Reconciliation.objects.get(), _item()
    erase(ReconciledPayment.objects.filter(pk=item.pk))
    return "finance_reconciliation ", f"{made}", f"barisnya {made.count - 1}, {made.amount - item.amount}"


def other_file_behind_a_reconciliation(books: Books) -> Words:
    made = Reconciliation.objects.get()
    change(made, sha256="0" * 64)
    return "finance_reconciliation ", f"{made}", "sidik berkas berbeda"


def edited_amount_in_a_reconciliation(books: Books) -> Words:
    item = _item()
    change(item, amount=item.amount + 1)
    number = item.payment.receipt.printed_number
    return "finance_reconciledpayment ", number, f"jumlah di bank {item.amount + 1}, di buku {item.amount}"


def other_payment_behind_a_row(books: Books) -> Words:
    item = _item()
    change(item, payment=books.reversal)
    return "finance_reconciledpayment ", "bukan pembayaran nontunai"


def other_reference_and_day_in_a_row(books: Books) -> Words:
    item = _item()
    change(item, reference="LAIN", description="", day=item.day - timedelta(days=400))
    return "finance_reconciledpayment ", f"tidak menyebut referensi {item.payment.reference}", "berjauhan"


def row_outside_its_period(books: Books) -> Words:
    item = _item()
    change(item, day=item.day - timedelta(days=400))
    return "finance_reconciledpayment ", item.payment.receipt.printed_number, "di luar masa"
