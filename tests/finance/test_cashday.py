"""The cash day: expected by the ledger, counted by hand, closed for good; what is closed the database keeps closed."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from balai import clock
from balai.changes import Refused
from balai.clock import WIB
from balai.models import Document
from balai.roles import Role
from finance import cashday
from finance.cashday import Intent
from finance.ledger import current_payment, record_payment
from finance.models import CashDay, Payment
from orders.actions import ActionRefused
from tests.copies import copy_row
from tests.deposited import close_day, count_data, make_deposit, treasurer
from tests.factories import act, clerk, fresh, intent, make_order, payment_data
from tests.faults.planting import change
from tests.pages import typed_in

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 10, tzinfo=WIB)
MONDAY = FRIDAY + timedelta(days=3)


@pytest.fixture
def paid(office):
    """One cash payment and one by QRIS on a Friday."""
    with clock.at(FRIDAY):
        order = make_order("pembayaran")
        data = payment_data(order, method="qris", reference="QR-1")
        record_payment(order.pk, intent(clerk(Role.KEUANGAN), order), data)
        return make_order("siap_diambil")


def test_a_closed_day_says_what_came_in_and_what_lies_there(paid):
    with clock.at(FRIDAY):
        day = close_day()

    assert (day.opening, day.received, day.deposited, day.expected, day.counted) == (0, 620_000, 0, 620_000, 620_000)
    body = day.paper.payload["body"]
    assert {way["label"]: (way["issued"], way["amount"]) for way in body["ways"] if way["issued"]} == {
        "Tunai": (1, 620_000),
        "QRIS": (1, 620_000),
    }
    assert body["notes"] == [
        {"value": 100_000, "count": 6, "amount": 600_000},
        {"value": 20_000, "count": 1, "amount": 20_000},
    ]
    assert (body["since"], body["surplus"], body["shortage"]) == ("", 0, 0)


def test_the_next_closing_begins_with_what_was_counted(paid):
    with clock.at(FRIDAY):
        close_day(619_000, explanation="Kembalian salah.")
    with clock.at(MONDAY):
        make_deposit(paid)
        make_order("siap_diambil")
        day = close_day()

    assert (day.opening, day.received, day.deposited, day.expected) == (619_000, 620_000, 620_000, 619_000)
    assert day.paper.payload["body"]["since"] == "2026-11-20"


def test_a_forgotten_day_is_closed_with_the_next(paid):
    with clock.at(MONDAY):
        make_order("siap_diambil")
        assert close_day().received == 1_240_000


@pytest.mark.parametrize(("counted", "word"), [(620_001, "lebih Rp1"), (619_000, "kurang Rp1.000"), (0, "kurang")])
def test_a_difference_must_be_explained(paid, counted, word):
    with clock.at(FRIDAY):
        with pytest.raises(Refused, match=word):
            close_day(counts={1: counted})
        assert not CashDay.objects.exists()
        assert close_day(counts={1: counted}, explanation="Dicari.").explanation == "Dicari."


def test_a_day_is_closed_once_and_by_keuangan(paid):
    with clock.at(FRIDAY):
        for role in (Role.PELAYANAN, Role.BENGKEL, Role.PIMPINAN):
            with pytest.raises(PermissionDenied):
                cashday.close_day(Intent(clerk(role), treasurer().key), count_data())
        sent, data = Intent(clerk(Role.KEUANGAN), treasurer().key), count_data()
        assert cashday.close_day(sent, data) == cashday.close_day(sent, data)
        with pytest.raises(Refused, match="sudah ditutup"):
            close_day()
    assert Document.objects.filter(kind="lembar_tutup_kas").count() == 1


def test_money_that_moved_meanwhile_is_counted_again(paid):
    with clock.at(FRIDAY):
        seen = count_data()
        make_order("siap_diambil")

        with pytest.raises(Refused, match="sesudah halaman ini dibuka"):
            cashday.close_day(Intent(clerk(Role.KEUANGAN), treasurer().key), seen)


def test_nothing_is_written_on_a_closed_day(paid):
    with clock.at(FRIDAY):
        waiting, paid = make_order("pembayaran"), act("ask_reversal", paid)
        close_day()
        for verb, order in (("settle", waiting), ("unsettle", paid)):
            with pytest.raises(ActionRefused, match="Kas hari ini sudah ditutup"):
                act(verb, order)
        with pytest.raises(Refused, match="20 Nov 2026 sudah ditutup"):
            make_deposit(paid)
    with clock.at(MONDAY):
        with pytest.raises(Refused, match="20 Nov 2026 sudah ditutup"):
            make_deposit(paid, deposited_on=FRIDAY.date())
        assert act("unsettle", fresh(paid)).stage == "pembayaran"
        assert act("settle", fresh(waiting)).stage == "siap_diambil"


@pytest.mark.parametrize(
    ("moment", "refused"),
    [
        (datetime(2026, 11, 20, 23, 59, 59, tzinfo=WIB), True),
        (datetime(2026, 11, 20, 23, 59, 59, 999_999, tzinfo=WIB), True),
        (datetime(2026, 11, 1, tzinfo=WIB), True),
        (datetime(2026, 11, 21, tzinfo=WIB), False),
    ],
)
def test_the_database_keeps_closed_days_closed(paid, moment, refused):
    with clock.at(FRIDAY):
        close_day()
    cash = Payment.objects.get(method="tunai")
    paper = Document.objects.filter(kind="surat_pesanan").first()
    slipped_in = copy_row(cash, turn=9, paid_at=moment, receipt_id=paper.pk)

    def insert() -> None:
        with transaction.atomic():
            Payment.objects.bulk_create([slipped_in])

    if refused:
        with pytest.raises(IntegrityError, match="the day is closed"):
            insert()
    else:
        insert()
        assert Payment.objects.count() == 3


def test_books_that_disagree_are_not_closed(paid):
    change(current_payment(paid), amount=619_999, received=669_999)

    with clock.at(FRIDAY), pytest.raises(Refused, match="pembukuannya tidak cocok"):
        close_day(explanation="Uang kecil.")
    assert not CashDay.objects.exists()


def test_the_till_is_counted_checked_and_closed_on_screen(paid, as_keuangan):
    with clock.at(FRIDAY):
        page = as_keuangan.get("/kasir/tutup/")
        form = typed_in(page) | {"pecahan_100000": "6", "pecahan_10000": "1"}
        assert "Rp620.000" in page.content.decode()

        refused = as_keuangan.post("/kasir/tutup/", form | {"langkah": "periksa"})
        assert refused.status_code == 422
        assert "kurang Rp10.000. Jelaskan selisihnya." in refused.content.decode()
        assert typed_in(refused)["pecahan_100000"] == "6"

        told = typed_in(refused) | {"explanation": "Kembalian salah."}
        check = as_keuangan.post("/kasir/tutup/", told | {"langkah": "periksa"})
        assert "Kurang Rp10.000" in check.content.decode()
        assert not CashDay.objects.exists()

        closed = as_keuangan.post("/kasir/tutup/", typed_in(check) | {"langkah": "tutup"})
        day = CashDay.objects.get()
        assert closed.url == f"/dokumen/{day.paper_id}/lihat/"
        assert (day.counted, day.difference, day.explanation) == (610_000, -10_000, "Kembalian salah.")
        assert "Kas hari ini sudah ditutup" in as_keuangan.get("/kasir/tutup/").content.decode()
        assert "Kas sudah ditutup" in as_keuangan.get("/kasir/").content.decode()
        book = as_keuangan.get("/buku/kas/?bulan=2026-11").content.decode()
    assert day.paper.printed_number in book
    assert "-10.000" in book


@pytest.mark.parametrize("typed", ["-1", "1,5", "seribu", "100000"])
def test_a_count_is_a_number_of_notes(paid, as_keuangan, typed):
    form = typed_in(as_keuangan.get("/kasir/tutup/")) | {"pecahan_500": typed, "langkah": "periksa"}

    answer = as_keuangan.post("/kasir/tutup/", form)

    assert answer.status_code == 422
    assert typed_in(answer)["pecahan_500"] == typed
