"""Faults in the decisions that reduce bills."""

from finance.models import Decision, Payment
from orders.models import Order
from orders.stages import Stage
from tests.faults.planting import Books, Words, change, erase


def _reduced() -> Order:
    return Order.objects.filter(reduction__gt=0, stage=Stage.PEMBAYARAN).first()


def _exempt() -> Order:
    return Order.objects.filter(reduction__gt=0, stage=Stage.SIAP_DIAMBIL).first()


def bill_lower_than_decided(books: Books) -> Words:
    order = _reduced()
    change(order, reduction=order.reduction + 1)
    return "orders_order", f"{order}", f"dikurangi {order.reduction + 1}, menurut keputusan"


def decision_of_more_than_was_taken_off(books: Books) -> Words:
    decision = Decision.objects.get(kind="pengurangan")
    change(decision, amount=decision.amount + 1)
    return "orders_order", f"{decision.order}", f"menurut keputusan yang berlaku {decision.amount + 1}"


def reduction_without_a_decision(books: Books) -> Words:
    order = _exempt()
    erase(Decision.objects.filter(order=order))
    return "orders_order", f"{order}", "tanpa keputusan"


def unpaid_order_no_longer_exempt(books: Books) -> Words:
    order = _exempt()
    change(order, reduction=order.reduction - 1)
    return "finance_payment", f"{order}", "0 pembayaran berlaku"


def refund_of_more_than_was_paid(books: Books) -> Words:
    decision = Decision.objects.get(kind="pengembalian")
    change(decision, amount=decision.payment.amount + 1)
    return "finance_payment", decision.payment.receipt.printed_number, "dikembalikan"


def refund_of_a_reversed_payment(books: Books) -> Words:
    decision = Decision.objects.get(kind="pengembalian")
    change(decision, payment=books.reversal.reverses)
    return "finance_decision", f"{decision}", "sudah dibatalkan"


def withdrawal_of_another_orders_decision(books: Books) -> Words:
    decision, mistaken = Decision.objects.get(kind="pengembalian"), Decision.objects.get(kind="pengurangan")
    change(decision, kind="pencabutan", payment=None, withdraws=mistaken)
    return "finance_decision", f"{decision}", "milik pesanan lain"


def receipt_that_hides_a_reduction(books: Books) -> Words:
    payment = Payment.objects.filter(kind="bayar", reversed_by=None, order__stage=Stage.SELESAI).first()
    decision = Decision.objects.get(kind="pengurangan")
    change(decision, order=payment.order)
    return "finance_payment", payment.receipt.printed_number, "pengurangan berbeda"


def lost_scan_of_a_decision(books: Books) -> Words:
    decision = Decision.objects.first()
    change(decision, file="aa/bb/tidak-ada.jpg")
    return "finance_decision", f"{decision}", "hilang"


def exchanged_scan_of_a_decision(books: Books) -> Words:
    decision = Decision.objects.first()
    change(decision, file=books.drawing.file.name)
    return "finance_decision", f"{decision}", "berubah"
