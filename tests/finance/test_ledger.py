"""SOP 6: the whole bill once, its receipt, its rows, which are never edited."""

from decimal import Decimal

import pytest

from balai.models import AppendOnlyError, Document
from balai.roles import Role
from finance.ledger import check_payment, current_payment, record_payment
from finance.models import Payment, PaymentLine
from orders.actions import ActionRefused
from orders.pricing import LineData
from tests.factories import (
    act,
    clerk,
    estimate_data,
    fresh,
    intent,
    make_office,
    make_order,
    make_tariffs,
    make_user,
    payment_data,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(office):
    return make_order("pembayaran")


def pay(order, by=None, **fields):
    record_payment(order.pk, intent(by or clerk(Role.KEUANGAN), order), payment_data(order, **fields))
    return fresh(order)


def untouched(order) -> bool:
    now = fresh(order)
    return (now.stage, now.version, Payment.objects.count()) == (order.stage, order.version, 0) and not (
        Document.objects.filter(kind="bukti_pembayaran").exists()
    )


def test_a_payment_its_receipt_and_the_order_move_together(order):
    paid = pay(order, received=700_000)

    payment = current_payment(paid)
    assert (payment.amount, payment.received, payment.change_given, payment.turn) == (620_000, 700_000, 80_000, 1)
    assert (payment.recorded_by, payment.receipt.printed_number[:4]) == (clerk(Role.KEUANGAN), "0001")
    assert (paid.stage, paid.settled_at is not None) == ("siap_diambil", True)
    assert paid.papers.filter(document=payment.receipt).exists()


def test_lines_payment_paper_and_bill_are_one_sum(office):
    bubut = make_tariffs()[0]
    order = make_order(
        "pembayaran",
        estimate=estimate_data(
            lines=(
                LineData("jasa", Decimal(2), tariff_id=bubut.pk),
                LineData("bahan_balai", Decimal(24), "Baja", unit="kg", price=22_001, price_source="Nota"),
                LineData("bahan_pelanggan", Decimal(3), "Plat", unit="lembar"),
            )
        ),
    )

    payment = current_payment(pay(order))

    lines = {line.account_code: line.amount for line in payment.lines.all()}
    body = payment.receipt.payload["body"]
    assert lines == {bubut.account_code: 90_000, office.material_account: 528_024}
    assert sum(lines.values()) == payment.amount == order.estimate.total == body["amount"] == 618_024
    assert {line["account_code"]: line["amount"] for line in body["lines"]} == lines


@pytest.mark.parametrize("method", ["tunai", "qris", "transfer"])
@pytest.mark.parametrize("off", [-1, 1])
def test_one_rupiah_short_or_over_is_refused(order, method, off):
    with pytest.raises(ActionRefused, match="sama dengan tagihan"):
        pay(order, method=method, amount=order.estimate.total + off, reference="QR-1")
    assert untouched(order)


@pytest.mark.parametrize("received", [None, 0, 619_999])
def test_too_little_cash_is_refused(order, received):
    with pytest.raises(ActionRefused, match="kurang dari tagihan"):
        pay(order, received=received)
    assert untouched(order)


def test_exact_cash_needs_no_change(order):
    assert current_payment(pay(order, received=620_000)).change_given == 0


@pytest.mark.parametrize("method", ["qris", "transfer"])
def test_without_cash_a_reference_is_required_and_kept(order, method):
    with pytest.raises(ActionRefused, match="nomor referensi"):
        pay(order, method=method, reference="  ")
    assert untouched(order)

    payment = current_payment(pay(order, method=method, reference=" QR-1 ", received=999_999))

    assert (payment.reference, payment.received, payment.change_given) == ("QR-1", None, None)


def test_a_reference_is_used_once_per_way_of_paying(order):
    pay(order, method="qris", reference="QR-1")
    second = make_order("pembayaran")

    with pytest.raises(ActionRefused, match="sudah dipakai"):
        pay(second, method="qris", reference="QR-1")
    assert fresh(second).stage == "pembayaran"
    assert pay(second, method="transfer", reference="QR-1").stage == "siap_diambil"


def test_an_unknown_way_of_paying_is_refused(order):
    with pytest.raises(ActionRefused, match="cara pembayaran"):
        pay(order, method="saham")
    assert untouched(order)


def test_who_estimates_may_not_cash_unless_the_office_says_so(office):
    both = make_user(Role.BENGKEL, Role.KEUANGAN)
    order = act("finish", act("start", act("agree", act("offer", make_order("estimasi"), by=both))))

    with pytest.raises(ActionRefused, match="Penyusun estimasi"):
        pay(order, by=both)
    assert untouched(order)

    make_office(estimator_may_cash=True)
    assert pay(order, by=both).stage == "siap_diambil"


def test_who_wrote_only_a_refused_version_may_not_cash_either(office):
    both = make_user(Role.BENGKEL, Role.KEUANGAN)
    revised = act("revise", act("offer", make_order("estimasi"), by=both))
    order = act("finish", act("start", act("agree", act("offer", revised))))

    with pytest.raises(ActionRefused, match="Penyusun estimasi"):
        pay(order, by=both)


def test_a_key_sent_twice_takes_the_money_once(order):
    sent = intent(clerk(Role.KEUANGAN), order)

    first, second = (record_payment(order.pk, sent, payment_data(order)) for _ in range(2))

    assert first == second
    assert Payment.objects.count() == 1
    assert Document.objects.filter(kind="bukti_pembayaran").count() == 1


def test_looking_at_the_payment_first_writes_nothing_and_refuses_the_same(order):
    keuangan = clerk(Role.KEUANGAN)

    check_payment(order, intent(keuangan, order), payment_data(order))
    assert untouched(order)

    with pytest.raises(ActionRefused, match="kurang dari tagihan"):
        check_payment(order, intent(keuangan, order), payment_data(order, received=1))
    with pytest.raises(ActionRefused, match="hanya untuk bagian keuangan"):
        check_payment(order, intent(clerk(Role.PELAYANAN), order), payment_data(order))
    pay(order)
    with pytest.raises(ActionRefused, match="sudah mengubah"):
        check_payment(fresh(order), intent(keuangan, order), payment_data(order))


def test_rows_of_the_ledger_are_never_changed(order):
    pay(order)
    payment = Payment.objects.get()

    payment.amount = 1
    for change in (
        payment.save,
        payment.delete,
        payment.lines.first().delete,
        lambda: Payment.objects.update(amount=1),
        lambda: PaymentLine.objects.all().delete(),
    ):
        with pytest.raises(AppendOnlyError):
            change()
    assert Payment.objects.get().amount == 620_000
