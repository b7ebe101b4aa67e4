"""Faults in the requests to take payments back."""

from balai.models import User
from finance.models import ReversalRequest
from tests.faults.planting import Books, Words, change, erase


def _request(*, approved: bool | None) -> ReversalRequest:
    return ReversalRequest.objects.select_related("payment__receipt", "payment__order").get(approved=approved)


def request_that_its_order_forgot(books: Books) -> Words:
    request = _request(approved=None)
    change(request.payment.order, reversal_reason="")
    return "finance_reversalrequest", request.payment.receipt.printed_number, "pesanannya tidak"


def order_that_waits_for_no_request(books: Books) -> Words:
    order = _request(approved=None).payment.order
    erase(ReversalRequest.objects.filter(approved=None))
    return "orders_order", f"{order}", "tidak diminta"


def request_approved_by_another_than_reversed_it(books: Books) -> Words:
    request = _request(approved=True)
    change(request, answered_by=User.objects.get(username="admin"))
    return "finance_reversalrequest", request.payment.receipt.printed_number, "tidak dibatalkan oleh yang menyetujui"


def request_approved_by_the_cashier(books: Books) -> Words:
    request = _request(approved=True)
    change(request.payment, recorded_by=request.answered_by)
    return "finance_reversalrequest", request.payment.receipt.printed_number, "yang menerima uangnya"


def reversal_that_was_declined(books: Books) -> Words:
    request = _request(approved=True)
    change(request, approved=False, answer="Tidak.")
    return "finance_payment", request.payment.receipt.printed_number, "tanpa persetujuan"
