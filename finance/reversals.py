"""A wrong payment is taken back by two people: keuangan asks with a reason, pimpinan approves or declines.

The payment stays in the ledger; a counter-entry stands against it, its receipt is BATAL and the order owes again. Once
goods have left or the cash is with the treasury nothing is taken back any more: money is then refunded by decision.
"""

from django.db import models

from balai import documents
from balai.models import User
from finance.ledger import current_payment, insist_on_open_day, write_lines
from finance.models import DepositInForce, Payment, ReversalRequest
from finance.till import lock_till
from orders.actions import ActionRefused, Intent, Outcome, unsettle
from orders.actions.frame import Acting, perform
from orders.actions.settlement import MoneyMoved
from orders.actions.wording import required
from orders.models import Order

IN_DEPOSIT = (
    "Uangnya sudah disetor ke kas daerah dengan STS {sts}. Pengembaliannya hanya lewat keputusan, tidak lewat sini."
)
OWN_PAYMENT = "Pembayaran harus dibatalkan oleh orang lain, bukan oleh yang menerimanya."
OWN_REQUEST = "Permintaan Anda sendiri harus diputuskan oleh orang lain."


def ask_reversal(order_id: int, intent: Intent, *, reason: str) -> Outcome:
    """Keuangan asks pimpinan to take the order's payment back.

    Raises ActionRefused without a reason, once the cash was deposited, and while another request is open.
    """
    reason = required(reason, "Tulis alasan pembatalan pembayaran.")

    def effect(acting: Acting) -> None:
        lock_till()
        payment = current_payment(acting.order)
        _insist_on_money_here(payment)
        ReversalRequest.objects.create(payment=payment, reason=reason, asked_at=acting.at, asked_by=acting.by)
        acting.order.reversal_reason = reason
        acting.facts |= {"receipt": payment.receipt.printed_number, "amount": payment.amount}

    return perform("ask_reversal", order_id, intent, {"reason": reason}, effect, note=reason)


def reverse_payment(order_id: int, intent: Intent) -> Outcome:
    """Pimpinan approves: a counter-entry, the receipt BATAL, the order owes again.

    Raises ActionRefused for whoever took the payment or asked, on a closed day, and once the cash was deposited. Who
    calls this has had the password entered anew.
    """

    def give_back(acting: Acting) -> MoneyMoved:
        lock_till()
        request = open_request(acting.order)
        insist_on_reversible(request, acting.by)
        insist_on_open_day(acting)
        payment = request.payment
        _answer(request, acting, approved=True)
        documents.void(payment.receipt, by=acting.by, reason=request.reason)
        row = _counter_entry(acting, payment, request.reason)
        return MoneyMoved(payment.receipt.printed_number, row.amount)

    return unsettle(order_id, intent, give_back)


def decline_reversal(order_id: int, intent: Intent, *, reason: str) -> Outcome:
    """Pimpinan says no, with a reason: the payment stands. Raises ActionRefused without one."""
    reason = required(reason, "Tulis alasan penolakan.")

    def effect(acting: Acting) -> None:
        request = open_request(acting.order)
        _answer(request, acting, approved=False, reason=reason)
        acting.order.reversal_reason = ""
        acting.facts |= {"receipt": request.payment.receipt.printed_number}

    return perform("decline_reversal", order_id, intent, {"reason": reason}, effect, note=reason)


def open_request(order: Order) -> ReversalRequest:
    """The request that waits for an answer. Raises ReversalRequest.DoesNotExist when there is none."""
    requests = ReversalRequest.objects.select_related("payment__receipt", "payment__recorded_by", "asked_by")
    return requests.get(payment__order=order, answered_at__isnull=True)


def insist_on_reversible(request: ReversalRequest, by: User) -> None:
    """Raises ActionRefused when this person may not approve it, or nobody any more."""
    if request.payment.recorded_by_id == by.pk:
        raise ActionRefused(OWN_PAYMENT)
    if request.asked_by_id == by.pk:
        raise ActionRefused(OWN_REQUEST)
    _insist_on_money_here(request.payment)


def _insist_on_money_here(payment: Payment) -> None:
    if deposit := DepositInForce.objects.filter(deposit__items__payment=payment).first():
        raise ActionRefused(IN_DEPOSIT.format(sts=deposit.sts_number))
    if refund := payment.refunds.first():
        raise ActionRefused(f"Sebagian uangnya sudah dikembalikan dengan keputusan {refund}.")


def _answer(request: ReversalRequest, acting: Acting, *, approved: bool, reason: str = "") -> None:
    waiting = models.QuerySet(ReversalRequest).filter(pk=request.pk, answered_at__isnull=True)
    waiting.update(answered_at=acting.at, answered_by=acting.by, approved=approved, answer=reason)


def _counter_entry(acting: Acting, payment: Payment, reason: str) -> Payment:
    row = Payment.objects.create(
        order=payment.order,
        turn=payment.turn,
        kind=Payment.Kind.REVERSAL,
        amount=-payment.amount,
        method=payment.method,
        reference=payment.reference,
        reference_turn=payment.reference_turn,
        settled_on=payment.settled_on and max(payment.settled_on, acting.today),
        paid_at=acting.at,
        recorded_by=acting.by,
        receipt=payment.receipt,
        reverses=payment,
        reason=reason,
    )
    write_lines(row, {line.account_code: line.amount for line in payment.lines.all()}, sign=-1)
    return row
