"""Clerks in real processes on one database. On SQLite and, when DATABASE_URL says so, on PostgreSQL.

`SCALE=1000` makes 1,000 races of two cashiers and kills 1,000 of them at work; the suite has fewer every time.
"""

import os
import uuid
from collections import Counter
from collections.abc import Iterator

import pytest

from balai import checks
from balai.kinds import Kind
from balai.models import AuditEntry, Document, DocumentFile, IdempotencyKey, NumberSeries, Reprint
from balai.roles import Role
from finance import checks as finance_checks
from finance.models import (
    DepositCorrection,
    DepositInForce,
    Payment,
    PaymentLine,
    ReconciledPayment,
    Reconciliation,
    Statement,
)
from finance.statements import choose_columns
from orders.checks import price_list, used_tariffs
from orders.models import EstimateLine, Order, Tariff
from tests.copies import copies_of
from tests.deposited import make_deposit
from tests.factories import act, clerk, fresh, make_order, make_tariffs, make_user
from tests.race.crowd import CLERKS, Crowd, crowd, mortals
from tests.reconciled import BANK, COLUMNS, bring, csv_of, line_of, make_statement, make_transfer, treasurer

RACES = KILLS = int(os.environ.get("SCALE", "60"))

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("race")]


@pytest.fixture(scope="module")
def clerks(django_db_setup) -> Iterator[Crowd]:
    with crowd() as started:
        yield started


def job(verb: str, order: Order, user, key: uuid.UUID | None = None, **more) -> dict:
    key = str(key or uuid.uuid4())
    return {"verb": verb, "order": order.pk, "version": order.version, "user": user.pk, "key": key, **more}


@pytest.fixture
def unpaid() -> Order:
    make_tariffs()
    return make_order("pembayaran")


def receipts() -> list[int]:
    return sorted(Document.objects.filter(register="bukti_pembayaran").values_list("number", flat=True))


def test_one_form_sent_200_times_makes_one_receipt(clerks, unpaid):
    cashier, key = clerk(Role.KEUANGAN), uuid.uuid4()

    results = clerks.run(job("pay", unpaid, cashier, key) for _ in range(200))

    receipt = Document.objects.get(register="bukti_pembayaran")
    assert results == [{"order": unpaid.pk, "papers": [str(receipt.pk)]}] * 200
    assert Payment.objects.get().receipt == receipt
    assert IdempotencyKey.objects.filter(key=key).count() == 1
    assert (fresh(unpaid).stage, fresh(unpaid).version) == ("siap_diambil", unpaid.version + 1)


def test_200_cashiers_on_one_order_make_one_receipt(clerks, unpaid):
    cashier = clerk(Role.KEUANGAN)

    results = clerks.run(job("pay", unpaid, cashier) for _ in range(200))

    receipt = Document.objects.get(register="bukti_pembayaran")
    assert [result["papers"] for result in results if "papers" in result] == [[str(receipt.pk)]]
    refusals = [result for result in results if "refused" in result]
    assert len(refusals) == 199
    assert {refusal["refused"] for refusal in refusals} == {"StaleOrder"}
    assert all(cashier.full_name in refusal["reason"] for refusal in refusals)
    assert Payment.objects.get().receipt == receipt
    assert (fresh(unpaid).stage, fresh(unpaid).version) == ("siap_diambil", unpaid.version + 1)


def test_1000_payments_of_which_a_fifth_crash_leave_no_gap(clerks, unpaid):
    cashier = clerk(Role.KEUANGAN)
    orders = [unpaid, *copies_of(unpaid, 999)]

    # The very first ones crash too, while the counter's row of the year is being made.
    results = clerks.run(job("pay", order, cashier, crash=n % 5 == 0) for n, order in enumerate(orders))

    assert Counter("crashed" in result for result in results) == {True: 200, False: 800}
    assert not [result for result in results if "refused" in result]
    assert receipts() == list(range(1, 801))
    assert NumberSeries.objects.get(register="bukti_pembayaran").last == 800
    assert Payment.objects.values("receipt").distinct().count() == 800
    assert Order.objects.filter(stage="siap_diambil").count() == 800
    crashed = [result["order"] for result in results if "crashed" in result]
    assert set(Order.objects.filter(pk__in=crashed).values_list("stage", flat=True)) == {"pembayaran"}
    assert not AuditEntry.objects.filter(verb="settle", subject_id__in=crashed).exists()


def test_of_two_clerks_on_one_order_one_wins_and_the_other_is_told_who(clerks):
    make_tariffs()
    first = make_order("permohonan")
    orders = [first, *copies_of(first, 39)]
    rina = clerk(Role.PELAYANAN)
    tono = make_user(Role.PELAYANAN, full_name="Tono Contoh")

    # Neighbours in the list are dealt to neighbouring processes, so both clerks reach an order together.
    results = clerks.run(one for order in orders for one in (job("accept", order, rina), job("return", order, tono)))

    for order in orders:
        mine = [result for result in results if result["order"] == order.pk]
        (lost,) = [result for result in mine if "refused" in result]
        winner = {"estimasi": rina, "dikembalikan": tono}[fresh(order).stage]
        assert lost["refused"] == "StaleOrder"
        assert winner.full_name in lost["reason"]
        assert fresh(order).version == order.version + 1
        moves = AuditEntry.objects.filter(subject_id=str(order.pk), verb__in=("accept", "return_to_customer"))
        assert moves.get().actor == winner


def test_of_two_cashiers_on_one_order_one_takes_the_money(clerks, unpaid):
    orders = [unpaid, *copies_of(unpaid, RACES - 1)]
    dewi, tono = clerk(Role.KEUANGAN), make_user(Role.KEUANGAN, full_name="Tono Contoh")

    results = clerks.run(one for order in orders for one in (job("pay", order, dewi), job("pay", order, tono)))

    won = {result["order"]: result["papers"] for result in results if "papers" in result}
    lost = {result["order"]: result for result in results if "refused" in result}
    assert len(results) == 2 * RACES
    assert set(won) == set(lost) == {order.pk for order in orders}
    paid = {payment.order_id: payment for payment in Payment.objects.select_related("recorded_by")}
    assert len(paid) == Payment.objects.count() == RACES
    for order, payment in paid.items():
        assert won[order] == [str(payment.receipt_id)]
        assert lost[order]["refused"] == "StaleOrder"
        assert payment.recorded_by.full_name in lost[order]["reason"]
    assert {payment.recorded_by for payment in paid.values()} == {dewi, tono}
    assert receipts() == list(range(1, RACES + 1))
    assert AuditEntry.objects.filter(verb="settle").count() == len(paid)
    assert faults() == []


def test_of_many_payments_with_one_reference_one_is_taken(clerks, unpaid):
    orders, dewi = [unpaid, *copies_of(unpaid, RACES - 1)], clerk(Role.KEUANGAN)

    results = clerks.run(job(("pay_qris", "pay_transfer")[order.pk % 2], order, dewi) for order in orders)

    payment = Payment.objects.get()
    assert sum("papers" in result for result in results) == 1
    refused = [result["reason"] for result in results if "refused" in result]
    assert len(refused) == RACES - 1
    assert all(f"sudah dipakai: bukti {payment.receipt.printed_number}" in reason for reason in refused)
    assert [*faults(), *finance_checks.bank_references()] == []


def test_of_cashiers_killed_at_work_every_answered_receipt_is_there_and_none_by_half(unpaid, record_property):
    orders = [unpaid, *copies_of(unpaid, KILLS - 1)]
    cashier = clerk(Role.KEUANGAN)

    told = mortals(job("pay", order, cashier) for order in orders)

    answered = {one["order"]: one["answer"]["papers"] for one in told if one["answer"]}
    paid = {order: str(receipt) for order, receipt in Payment.objects.values_list("order", "receipt")}
    assert {order: [paid.get(order)] for order in answered} == answered
    assert len(answered) < len(orders), "nobody was killed in time"
    assert 0 < len(paid) < len(orders)
    assert set(Order.objects.filter(stage="siap_diambil").values_list("pk", flat=True)) == set(paid)
    assert Document.objects.filter(register="bukti_pembayaran").count() == len(paid)
    assert PaymentLine.objects.values("payment").distinct().count() == len(paid)
    assert receipts() == list(range(1, len(paid) + 1))
    assert AuditEntry.objects.filter(verb="settle").count() == len(paid)
    assert faults() == []
    record_property("killed", {"of": len(orders), "answered": len(answered), "written": len(paid)})


def test_a_step_from_two_phones_is_done_once_and_the_other_is_told_who(clerks):
    make_tariffs()
    first = make_order("produksi")
    orders = [first, *copies_of(first, 39)]
    agus = clerk(Role.BENGKEL)
    budi = make_user(Role.BENGKEL, full_name="Budi Contoh")

    results = clerks.run(job("finish_step", order, by) for order in orders for by in (agus, budi))

    for order in orders:
        (lost,) = [result for result in results if result["order"] == order.pk and "refused" in result]
        done = order.steps.exclude(done_at=None).get()
        assert (done.position, done.actual_minutes) == (1, 90)
        assert (lost["refused"], done.done_by.full_name in lost["reason"]) == ("StaleOrder", True)
        assert AuditEntry.objects.get(subject_id=str(order.pk), verb="finish_step").actor == done.done_by


def test_one_tap_that_a_phone_sends_40_times_is_one_step(clerks):
    make_tariffs()
    order, key = make_order("produksi"), uuid.uuid4()

    results = clerks.run(job("finish_step", order, clerk(Role.BENGKEL), key) for _ in range(40))

    assert results == [{"order": order.pk, "papers": []}] * 40
    assert order.steps.exclude(done_at=None).count() == 1
    assert fresh(order).version == order.version + 1


def faults() -> list[str]:
    """What check_books finds in the numbers and in the ledger."""
    return [*checks.registers(), *finance_checks.ledger()]


def test_a_paper_drawn_by_eight_processes_at_once_is_stored_once(clerks, unpaid):
    results = clerks.run(job("draw", unpaid, clerk(Role.PELAYANAN)) for _ in range(CLERKS))

    stored = DocumentFile.objects.get()
    assert stored.document.kind == Kind.ORDER_LETTER
    assert [result["sha256"] for result in results] == [stored.sha256] * CLERKS


def test_copies_made_at_once_are_counted_one_after_the_other(clerks, unpaid):
    results = clerks.run(job("copy", unpaid, clerk(Role.PELAYANAN)) for _ in range(40))

    assert sorted(result["copy"] for result in results) == list(range(1, 41))
    assert sorted(Reprint.objects.values_list("ordinal", flat=True)) == list(range(1, 41))
    assert AuditEntry.objects.filter(verb="reprint").count() == 40


def with_statement(verb: str, statement: int, **more) -> dict:
    key = str(uuid.uuid4())
    return {"verb": verb, "order": statement, "user": clerk(Role.KEUANGAN).pk, "key": key, **more}


def test_one_file_brought_by_eight_at_once_is_there_once(clerks, unpaid):
    content = csv_of("22/11/2026;A1;B;1").decode()

    results = clerks.run(with_statement("bring", 0, content=content) for _ in range(CLERKS))

    assert sum("made" in result for result in results) == Statement.objects.count() == 1
    assert all("sudah diunggah" in result["reason"] for result in results if "refused" in result)


def test_eight_pages_that_work_on_one_file_read_each_row_once(clerks, unpaid):
    rows = [f"22/11/2026;LAIN{n};QRIS;{n + 1}" for n in range(9_000)]
    payment = make_transfer()
    statement = choose_columns(treasurer(), bring(csv_of(*rows, line_of(payment))).pk, COLUMNS, BANK)

    results = clerks.run(with_statement("advance", statement.pk) for _ in range(CLERKS))

    assert [result["made"] for result in results] == [statement.pk] * CLERKS
    assert statement.lines.count() == 9_001
    assert statement.lines.get(verdict="cocok").payment == payment


def test_a_payment_that_two_files_name_is_reconciled_once(clerks, unpaid):
    payment = make_transfer()
    files = [make_statement(line_of(payment)) for _ in range(CLERKS)]

    results = clerks.run(with_statement("reconcile", each.pk, seen=each.seen) for each in files)

    assert sum("made" in result for result in results) == Reconciliation.objects.count() == 1
    assert all("Pembayaran berubah" in result["reason"] for result in results if "refused" in result)
    assert ReconciledPayment.objects.get().payment == payment


def test_of_many_deposits_that_are_given_one_number_one_gets_it(clerks, unpaid):
    deposits = [make_deposit(act("settle", order)) for order in (unpaid, *copies_of(unpaid, CLERKS - 1))]

    results = clerks.run(
        with_statement("correct", each.pk, number="0099/STS", seen=each.paper.printed_number) for each in deposits
    )

    assert sum("made" in result for result in results) == 1
    assert all("sudah tercatat" in result["reason"] for result in results if "refused" in result)
    assert DepositInForce.objects.filter(sts_number="0099/STS").count() == DepositCorrection.objects.count() == 1
    assert [*faults(), *finance_checks.deposits()] == []


def test_one_deposit_that_many_correct_is_corrected_once_and_the_others_are_told(clerks, unpaid):
    deposit = make_deposit(act("settle", unpaid))
    seen = deposit.paper.printed_number

    results = clerks.run(
        with_statement("correct", deposit.pk, number=f"{n:04}/BETUL", seen=seen) for n in range(CLERKS)
    )

    assert sum("made" in result for result in results) == DepositCorrection.objects.count() == 1
    assert all("dibetulkan orang lain" in result["reason"] for result in results if "refused" in result)
    assert [*faults(), *finance_checks.deposits()] == []


def test_offers_and_a_new_price_of_the_same_day_never_cross(clerks):
    first = make_order("estimasi")
    orders, bubut = [first, *copies_of(first, 39)], Tariff.objects.get(code="J-01")
    new_price = {"verb": "replace", "order": bubut.pk, "version": 0, "user": clerk(Role.PIMPINAN).pk}
    jobs = [job("offer", order, clerk(Role.BENGKEL)) for order in orders]
    for place in (1, 6, 40):
        jobs.insert(place, new_price | {"key": str(uuid.uuid4())})

    results = clerks.run(jobs)

    assert [*price_list(), *used_tariffs()] == []
    offered = [result for result in results if result.get("papers")]
    assert EstimateLine.objects.filter(tariff__code="J-01").count() == len(offered)
    assert all("tarif" in result["reason"].lower() for result in results if "refused" in result)
