"""Setoran: which cash went to the treasury under which STS; in one deposit at most, never before it came in."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from balai import clock
from balai.changes import Refused
from balai.clock import WIB
from balai.formats import hari_tanggal
from balai.models import AuditEntry, Document, Holiday
from balai.months import Month
from balai.roles import Role
from finance.books import receipts_book
from finance.deposits import Intent, in_hand, record_deposit, undeposited
from finance.ledger import current_payment, record_payment
from finance.models import Deposit, DepositItem, DepositSlip, Payment
from finance.stsregister import deposits_register
from orders.actions import ActionRefused
from tests.deposited import deposit_data, make_deposit, make_slip, treasurer
from tests.factories import clerk, fresh, intent, make_image, make_office, make_order, payment_data, take_back
from tests.pages import typed_in

pytestmark = pytest.mark.django_db

FRIDAY = datetime(2026, 11, 20, 10, tzinfo=WIB)
NOVEMBER = Month(2026, 11)


@pytest.fixture
def paid(office):
    with clock.at(FRIDAY):
        return make_order("siap_diambil")


def on_monday():
    return clock.at(FRIDAY + timedelta(days=3))


def pay(order, **fields):
    record_payment(order.pk, intent(clerk(Role.KEUANGAN), order), payment_data(order, **fields))
    return fresh(order)


def test_a_deposit_its_receipts_and_its_paper_say_the_same(paid):
    with on_monday():
        second = make_order("siap_diambil")
        deposit = make_deposit(paid, second, sts_number="0044/STS/CONTOH")

    body = deposit.paper.payload["body"]
    numbers = [current_payment(order).receipt.printed_number for order in (paid, second)]
    assert (deposit.amount, body["amount"], body["sts_number"]) == (1_240_000, 1_240_000, "0044/STS/CONTOH")
    assert [row["number"] for row in body["receipts"]] == numbers
    assert [row["date"] for row in body["receipts"]] == ["2026-11-20", "2026-11-23"]
    assert sum(row["amount"] for row in body["lines"]) == deposit.amount
    assert not undeposited().exists()
    assert AuditEntry.objects.get(verb="record_deposit").after["amount"] == 1_240_000


def test_a_receipt_is_deposited_once(paid):
    make_deposit(paid)

    with pytest.raises(Refused, match="sudah disetor"):
        make_deposit(paid)
    with pytest.raises(IntegrityError), transaction.atomic():
        DepositItem.objects.create(deposit=Deposit.objects.get(), payment=Payment.objects.get())
    assert Document.objects.filter(kind="tanda_setor").count() == 1


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"payments": ()}, "paling sedikit satu"),
        ({"payments": (999_999,)}, "sudah disetor atau dibatalkan"),
        ({"deposited_on": date(2026, 11, 19)}, "sebelum uangnya diterima, yaitu 20 Nov 2026"),
        ({"deposited_on": date(2026, 11, 24)}, "sesudah hari ini"),
    ],
)
def test_a_faulty_deposit_is_refused_and_leaves_nothing(paid, fields, reason):
    with on_monday(), pytest.raises(Refused, match=reason):
        make_deposit(paid, **fields)
    assert not Deposit.objects.exists()
    assert not Document.objects.filter(kind="tanda_setor").exists()


def test_an_sts_number_is_used_once(paid):
    make_deposit(paid, sts_number="0044/STS")

    with pytest.raises(Refused, match="Nomor STS"):
        make_deposit(make_order("siap_diambil"), sts_number="0044/STS")


@pytest.mark.parametrize("method", ["qris", "transfer", "va"])
def test_what_went_straight_to_the_treasury_is_not_deposited_again(office, method):
    order = pay(make_order("pembayaran"), method=method, reference="REF-1")

    assert in_hand().count == 0
    with pytest.raises(Refused, match="sudah disetor"):
        make_deposit(order)


def test_a_reversed_receipt_is_not_deposited(paid):
    data = deposit_data(paid)
    take_back(paid)

    with pytest.raises(Refused, match="dibatalkan"):
        record_deposit(treasurer(), data)


def test_a_form_sent_twice_deposits_once(paid):
    sent, data = treasurer(), deposit_data(paid)

    first, second = (record_deposit(sent, data) for _ in range(2))

    assert first == second
    assert Deposit.objects.count() == 1


@pytest.mark.parametrize("role", [Role.PELAYANAN, Role.BENGKEL, Role.PIMPINAN])
def test_only_keuangan_deposits(paid, role):
    with pytest.raises(PermissionDenied):
        record_deposit(Intent(clerk(role), treasurer().key), deposit_data(paid))


def test_money_settled_on_another_day_needs_that_day(office):
    order = make_order("pembayaran")

    for settled_on, reason in ((None, "Isi tanggal"), (clock.today() + timedelta(days=8), "seminggu lagi")):
        with pytest.raises(ActionRefused, match=reason):
            pay(order, method="qris", reference="QR-1", settled_on=settled_on)
    assert current_payment(pay(order, method="tunai")).settled_on is None


def test_cash_is_late_after_a_working_day_of_the_offices_calendar(paid):
    def seen_on(day: int):
        with clock.at(datetime(2026, 11, day, 9, tzinfo=WIB)):
            cash = in_hand()
            return cash.due, cash.is_due, cash.late

    assert seen_on(20) == seen_on(22) == (date(2026, 11, 23), False, 0)
    assert seen_on(23) == (date(2026, 11, 23), True, 0)
    assert seen_on(25) == (date(2026, 11, 23), True, 2)
    Holiday.objects.create(day=date(2026, 11, 23), name="Libur contoh")
    assert seen_on(23) == (date(2026, 11, 24), False, 0)
    make_office(deposit_days=3)
    assert seen_on(25)[:2] == (date(2026, 11, 26), False)


def test_the_desk_warns_of_cash_that_is_due(paid, as_keuangan):
    with on_monday():
        page = as_keuangan.get("/kasir/").content.decode()
        assert f"Rp620.000 tunai belum disetor, paling lama dari {hari_tanggal(FRIDAY)}" in page
        assert "Batas setor hari ini" in page
        make_deposit(paid)
        assert "belum disetor, paling lama" not in as_keuangan.get("/kasir/").content.decode()


def test_the_book_has_receipts_and_deposits_side_by_side(paid):
    with clock.at(FRIDAY):
        pay(make_order("pembayaran"), method="qris", reference="QR-1", settled_on=FRIDAY.date())
        pay(make_order("pembayaran"), method="va", reference="VA-1", settled_on=date(2026, 11, 23))
    with on_monday():
        make_deposit(paid, sts_number="0044/STS")

    book = receipts_book(NOVEMBER)

    assert [(row.place, row.amount, row.sts, row.deposited, row.css) for row in book.rows] == [
        (1, 620_000, "", None, ""),
        (2, 620_000, "langsung", 620_000, ""),
        (3, 620_000, "langsung", 620_000, ""),
        (4, None, "0044/STS", 620_000, "deposit"),
    ]
    assert [row.deposited_on for row in book.rows[1:]] == [FRIDAY.date(), date(2026, 11, 23), date(2026, 11, 23)]
    assert (book.rows[0].note, book.rows[3].note) == ("", "Tunai 20 Nov 2026")
    assert (book.received, book.deposited, book.balance) == (1_860_000, 1_860_000, 0)


def test_money_that_arrives_next_month_is_deposited_in_that_month(office):
    with clock.at(datetime(2026, 11, 30, 14, tzinfo=WIB)):
        pay(make_order("pembayaran"), method="qris", reference="QR-1", settled_on=date(2026, 12, 1))
        cash = make_order("siap_diambil")
    with clock.at(datetime(2026, 12, 1, 9, tzinfo=WIB)):
        make_deposit(cash)

    november, december = receipts_book(NOVEMBER), receipts_book(NOVEMBER.next)

    assert (november.received, november.deposited, november.balance) == (1_240_000, 0, 1_240_000)
    assert [row.text[:16] for row in december.rows] == ["Masuk kas daerah", "Setor ke kas dae"]
    assert (december.before, december.deposited, december.balance) == (1_240_000, 1_240_000, 0)


def test_a_reversed_transfer_leaves_both_sides_of_the_book_alike(office):
    take_back(pay(make_order("pembayaran"), method="transfer", reference="TRX-1"))

    book = receipts_book(Month.of(clock.today()))

    assert [(row.amount, row.deposited) for row in book.rows] == [(620_000, 620_000), (-620_000, -620_000)]
    assert book.balance == 0


def test_the_register_lists_deposits_per_account(paid, as_pimpinan):
    with on_monday():
        make_deposit(paid, sts_number="0044/STS")

    [row] = deposits_register(NOVEMBER).rows

    assert (row[1], row[3], row[5]) == ("0044/STS", "4.1.02.02.01.CONTOH", 620_000)
    assert row[7] == "Slip belum disimpan"
    page = as_pimpinan.get("/buku/setoran/?bulan=2026-11").content.decode()
    assert "0044/STS" in page
    assert "Rp620.000" in page


def test_a_deposit_is_checked_noted_and_its_slip_added_on_screen(paid, as_keuangan):
    with on_monday():
        form = typed_in(as_keuangan.get("/setoran/")) | {"bukti": [current_payment(paid).pk], "bank": "Bank Contoh"}
        refused = as_keuangan.post("/setoran/", form | {"langkah": "periksa"})
        assert refused.status_code == 422
        assert "Isi nomor STS" in refused.content.decode()
        assert 'name="bukti" value="' in refused.content.decode()
        assert " checked" in refused.content.decode()

        form |= {"sts_number": "0044/STS"}
        check = as_keuangan.post("/setoran/", form | {"langkah": "periksa"})
        assert "enam ratus dua puluh ribu rupiah" in check.content.decode()
        assert not Deposit.objects.exists()

        saved = as_keuangan.post("/setoran/", typed_in(check) | {"langkah": "catat"}, follow=True)
    deposit = Deposit.objects.get()
    assert saved.redirect_chain == [(f"/setoran/{deposit.pk}/", 302)]
    slip = typed_in(saved) | {"slip": SimpleUploadedFile("slip.png", make_image("SLIP CONTOH"))}
    as_keuangan.post(f"/setoran/{deposit.pk}/", slip)
    kept = DepositSlip.objects.get()
    assert as_keuangan.get(f"/setoran/slip/{kept.pk}/")["Content-Type"] == "image/png"


def test_what_is_no_picture_is_no_slip(paid, as_keuangan):
    deposit = make_deposit(paid)
    form = typed_in(as_keuangan.get(f"/setoran/{deposit.pk}/")) | {
        "slip": SimpleUploadedFile("slip.png", b"bukan gambar")
    }

    answer = as_keuangan.post(f"/setoran/{deposit.pk}/", form)

    assert (answer.status_code, DepositSlip.objects.count()) == (422, 0)
    assert "bukan gambar JPEG" in answer.content.decode()


def test_who_was_slower_is_told_that_the_cash_is_gone(paid, as_keuangan):
    form = typed_in(as_keuangan.get("/setoran/")) | {
        "bukti": [current_payment(paid).pk],
        "sts_number": "1",
        "bank": "B",
    }
    make_deposit(paid)
    make_order("siap_diambil")

    answer = as_keuangan.post("/setoran/", form | {"langkah": "catat"})

    assert (answer.status_code, Deposit.objects.count()) == (422, 1)
    assert "sudah disetor atau dibatalkan" in answer.content.decode()


@pytest.mark.parametrize("role", ["pelayanan", "bengkel"])
def test_the_cash_is_not_for_everybody(paid, role, request, sign_in):
    browser = sign_in(request.getfixturevalue(role))
    slip = make_slip(make_deposit(paid))
    paper = slip.deposit.paper

    for url in (f"/setoran/{slip.deposit_id}/", f"/setoran/slip/{slip.pk}/", f"/dokumen/{paper.pk}/"):
        assert browser.get(url).status_code == 403
    assert paper.printed_number not in browser.get("/dokumen/hari-ini/").content.decode()


def test_pages_cost_the_same_queries_with_many_deposits(paid, as_keuangan, count_queries):
    urls = ("/setoran/", "/buku/setoran/", f"/setoran/{make_deposit(paid).pk}/")
    make_order("siap_diambil")
    few = [count_queries(as_keuangan, url) for url in urls]
    for _ in range(3):
        make_deposit(make_order("siap_diambil"))
        make_order("siap_diambil")

    assert [count_queries(as_keuangan, url) for url in urls] == few
    assert max(few) <= 9
