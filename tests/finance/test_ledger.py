"""SOP 6: the whole bill once, its receipt, its rows, which are never edited."""

import importlib
from decimal import Decimal

import pytest
from django.apps import apps
from django.db.models import QuerySet

from balai.models import AppendOnlyError, Document
from balai.roles import Role
from finance import ledger
from finance.checks import bank_references
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
    take_back,
)
from tests.unguarded import unguarded

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


@pytest.mark.parametrize("typed", ["TRX-01.7", "trx 01.7", " Trx-017", "TRX0-1-7", "t.r.x.0.1.7"])
@pytest.mark.parametrize("method", ["qris", "transfer", "va"])
def test_a_reference_pays_once_whatever_the_way_and_however_it_is_typed(order, method, typed):
    first = current_payment(pay(order, method="transfer", reference="TRX-01.7"))
    second = make_order("pembayaran")

    with pytest.raises(ActionRefused, match="sudah dipakai") as refused:
        pay(second, method=method, reference=typed)

    assert all(said in refused.value.reason for said in (first.receipt.printed_number, order.number, "Transfer bank"))
    assert (fresh(second).stage, Payment.objects.count()) == ("pembayaran", 1)


@pytest.mark.parametrize("typed", ["TRX-18", "TRX/017", "TRX-0170", "RX017"])
def test_another_reference_pays_another_order(order, typed):
    pay(order, method="transfer", reference="TRX-017")

    assert pay(make_order("pembayaran"), method="transfer", reference=typed).stage == "siap_diambil"


def test_dashes_alone_are_no_reference(order):
    with pytest.raises(ActionRefused, match="Isi nomor referensi"):
        pay(order, method="qris", reference="- . -")
    assert untouched(order)


def test_the_database_itself_refuses_a_reference_that_two_write_at_once(order, monkeypatch):
    first = current_payment(pay(order, method="transfer", reference="TRX-1"))
    second, seen = make_order("pembayaran"), iter([Payment.objects.none(), Payment.objects.none()])
    look = ledger._with_reference
    monkeypatch.setattr(ledger, "_with_reference", lambda typed: next(seen, None) or look(typed))

    with pytest.raises(ActionRefused, match=f"sudah dipakai: bukti {first.receipt.printed_number} "):
        pay(second, method="qris", reference="trx 1")

    assert (fresh(second).stage, Payment.objects.count()) == ("pembayaran", 1)


def test_references_used_twice_before_that_was_refused_stay_and_are_named(order):
    """The migration gives each use a turn of its own, so that the rule holds from then on."""
    migration = importlib.import_module("finance.migrations.0012_a_reference_pays_once")
    payments = [current_payment(pay(order, method="transfer", reference="TRX-1"))]
    for method, written in (("qris", "TRX-2"), ("va", "TRX-3")):
        other = pay(make_order("pembayaran"), method=method, reference=written)
        payments.append(current_payment(other))
    take_back(payments[1].order)
    with unguarded():
        # As it could be written before: the turn was counted for each way of paying.
        for turn, payment in enumerate(payments, start=91):
            both = QuerySet(Payment).filter(order=payment.order)
            both.update(reference=("TRX-1", "trx 1", "Trx.1")[turn - 91], reference_turn=turn)

        migration.count_turns_over_all_ways_of_paying(apps, None)

    rows = Payment.objects.order_by("id").values_list("kind", "reference", "reference_turn")
    assert list(rows) == [
        ("bayar", "TRX-1", 1),
        ("bayar", "trx 1", 2),
        ("bayar", "Trx.1", 3),
        ("balik", "trx 1", 2),
    ]
    (named,) = bank_references()
    assert "referensi TRX1" in named
    assert [payment.receipt.printed_number in named for payment in payments] == [True, False, True]
    with pytest.raises(ActionRefused, match="sudah dipakai"):
        pay(make_order("pembayaran"), method="qris", reference="TRX1")


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
