"""SOP 6: the payment, its receipt, its book row; taken back by a counter-entry only."""

from decimal import Decimal

import pytest
from django.db.models import Sum

from balai.models import Document
from finance.ledger import current_payment, record_payment, reverse_payment
from finance.models import Payment, PaymentLine
from orders.actions import ActionRefused, offer_change
from orders.pricing import LineData
from tests.factories import (
    act,
    audit_of,
    clerk,
    estimate_data,
    fresh,
    intent,
    make_office,
    make_order,
    make_user,
    payment_data,
    send,
)

pytestmark = pytest.mark.django_db

BILL = 620_000


@pytest.fixture
def owed():
    return make_order("pembayaran")


def pay(order, by=None, **fields):
    record_payment(order.pk, intent(by or clerk("keuangan"), order), payment_data(order, **fields))
    return fresh(order)


def test_cash_is_receipted_with_change_and_moves_the_order(owed):
    order = pay(owed, received=650_000)

    payment = Payment.objects.get()
    receipt = Document.objects.get(kind="bukti_pembayaran")
    assert (order.stage, order.settled_at) == ("siap_diambil", payment.paid_at)
    assert (payment.amount, payment.received, payment.change_given) == (BILL, 650_000, 30_000)
    assert (payment.receipt, payment.turn, payment.recorded_by) == (receipt, 1, clerk("keuangan"))
    assert receipt.payload["body"]["amount"] == BILL
    assert receipt.payload["body"]["change_given"] == 30_000
    assert order.papers.filter(document=receipt).exists()
    assert audit_of(order)[-1].after.items() >= {"receipt": receipt.printed_number, "amount": BILL}.items()


def test_the_lines_of_a_payment_sum_to_it_per_account(owed):
    pay(owed)

    lines = Payment.objects.get().lines.all()
    assert [(line.account_code, line.amount) for line in lines] == [("4.1.02.02.01.CONTOH", BILL)]


@pytest.mark.parametrize("method", ["transfer", "qris"])
def test_other_ways_of_paying_keep_their_reference(owed, method):
    pay(owed, method=method, reference=" TRX-1 ", received=None)

    payment = Payment.objects.get()
    assert (payment.method, payment.reference, payment.received, payment.change_given) == (method, "TRX-1", None, None)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"amount": BILL - 1}, "sekaligus dan penuh"),
        ({"amount": BILL + 1}, "sekaligus dan penuh"),
        ({"amount": 0}, "sekaligus dan penuh"),
        ({"amount": -BILL}, "sekaligus dan penuh"),
        ({"received": BILL - 1}, "kurang dari tagihan"),
        ({"received": None}, "kurang dari tagihan"),
        ({"method": "cek"}, "cara pembayaran"),
        ({"method": "transfer", "reference": " "}, "nomor referensi"),
        ({"method": "qris", "reference": ""}, "nomor referensi"),
    ],
)
def test_a_wrong_payment_is_refused_and_takes_no_number(owed, fields, reason):
    with pytest.raises(ActionRefused, match=reason):
        pay(owed, **fields)
    assert not Payment.objects.exists()
    assert fresh(owed).version == owed.version

    pay(owed)
    assert Document.objects.get(kind="bukti_pembayaran").number == 1


def test_a_reference_counts_once_per_way_of_paying(owed):
    other, third = make_order("pembayaran"), make_order("pembayaran")
    pay(owed, method="transfer", reference="TRX-1")

    with pytest.raises(ActionRefused, match="sudah dipakai"):
        pay(other, method="transfer", reference="TRX-1")
    pay(third, method="qris", reference="TRX-1")

    assert Payment.objects.count() == 2


def test_two_cashiers_with_one_reference_meet_at_the_database(owed, monkeypatch):
    other = make_order("pembayaran")
    pay(owed, method="transfer", reference="TRX-1")
    # As if the other cashier's row were not committed yet when this one looked.
    monkeypatch.setattr(Payment.objects, "filter", lambda **conditions: Payment.objects.none())

    with pytest.raises(ActionRefused, match="sudah dipakai"):
        pay(other, method="transfer", reference="TRX-1")
    monkeypatch.undo()
    assert Payment.objects.count() == 1
    assert fresh(other).stage == "pembayaran"


def test_whoever_made_the_estimate_takes_no_payment_for_it():
    both = make_user("bengkel", "keuangan")
    order = act("finish", act("start", act("agree", act("offer", make_order("estimasi"), both))))

    with pytest.raises(ActionRefused, match="Penyusun estimasi"):
        pay(order, both)
    make_office(estimator_may_cash=True)
    pay(order, both)

    assert Payment.objects.get().recorded_by == both


def test_a_reversal_is_a_counter_entry_and_voids_the_receipt():
    order = act("unsettle", make_order("siap_diambil"))

    taken, given_back = Payment.objects.order_by("id")
    assert (order.stage, order.settled_at) == ("pembayaran", None)
    assert (given_back.amount, given_back.reverses, given_back.turn) == (-BILL, taken, 1)
    assert (given_back.reason, given_back.recorded_by) == ("Salah pesanan.", clerk("pimpinan"))
    assert (taken.receipt.voided_by, taken.receipt.void_reason) == (clerk("pimpinan"), "Salah pesanan.")
    assert PaymentLine.objects.aggregate(sum=Sum("amount"))["sum"] == 0
    assert audit_of(order)[-1].note == "Salah pesanan."


def test_after_a_reversal_the_order_is_paid_anew_with_a_new_number():
    order = act("settle", act("unsettle", make_order("siap_diambil")))

    first, second = Document.objects.filter(kind="bukti_pembayaran").order_by("number")
    assert (first.number, second.number, second.voided_at) == (1, 2, None)
    assert current_payment(order).turn == 2
    assert order.stage == "siap_diambil"
    assert Payment.objects.aggregate(sum=Sum("amount"))["sum"] == BILL


def test_a_payment_is_not_reversed_by_who_took_it():
    both = make_user("keuangan", "pimpinan")
    order = act("settle", make_order("pembayaran"), both)

    with pytest.raises(ActionRefused, match="orang lain"):
        act("unsettle", order, both)
    assert Payment.objects.count() == 1


def test_a_payment_is_not_reversed_after_a_hand_over():
    order = make_order("siap_diambil", partly_handed=True)

    with pytest.raises(ActionRefused, match="sudah diserahkan"):
        act("unsettle", order)
    assert Payment.objects.count() == 1


def test_a_reversal_needs_its_reason():
    order = make_order("siap_diambil")

    with pytest.raises(ActionRefused, match="alasan"):
        reverse_payment(order.pk, intent(clerk("pimpinan"), order), reason=" ")


def test_the_bill_is_that_of_the_agreed_change(office):
    bubut = estimate_data().lines[:1]
    order = make_order("produksi")
    change = estimate_data(lines=bubut)
    offer_change(order.pk, intent(clerk("bengkel"), order), change, reason="Las tidak jadi.")

    order = act("finish", act("agree_change", fresh(order)))
    pay(order)

    assert current_payment(order).amount == 450_000


def test_the_same_form_again_is_the_same_receipt(owed):
    sent = intent(clerk("keuangan"), owed)

    assert send("settle", owed, sent) == send("settle", owed, sent)
    assert Payment.objects.count() == 1


def test_an_estimate_of_several_accounts_is_booked_per_account(office):
    steel = LineData("bahan_balai", Decimal(8), "Baja", unit="batang", price=38_000, price_source="Nota toko")
    order = make_order("pembayaran", estimate=estimate_data(lines=(*estimate_data().lines, steel)))

    pay(order)

    lines = Payment.objects.get().lines.all()
    assert {line.account_code: line.amount for line in lines} == {
        "4.1.02.02.01.CONTOH": BILL,
        "4.1.02.02.11.CONTOH": 304_000,
    }
    receipt = Document.objects.get(kind="bukti_pembayaran")
    assert sum(line["amount"] for line in receipt.payload["body"]["lines"]) == receipt.payload["body"]["amount"]
