"""Pembetulan setoran: what was typed wrong of an STS is put right beside it, and every book reads what is right."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from balai import clock
from balai.changes import Refused
from balai.clock import WIB
from balai.models import AuditEntry, Document
from balai.months import Month
from balai.roles import Role
from finance import checks
from finance.books import day_parts, receipts_book
from finance.corrections import correct_deposit, steps_of
from finance.daily import daily_recap
from finance.deposits import Intent
from finance.models import Deposit, DepositCorrection, DepositInForce
from finance.report import month_report, month_ways
from finance.stsregister import deposits_register
from finance.subsidiary import subsidiary_book
from orders.actions import ActionRefused
from tests.deposited import close_day, close_month, correct, correction_data, make_deposit, treasurer
from tests.factories import act, clerk, fresh, make_order
from tests.pages import typed_in
from tests.print.drawn import squeezed
from tests.print.reading import text

pytestmark = pytest.mark.django_db

ACCOUNT = "4.1.02.02.01.CONTOH"
OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)


def on(day: int, month: int = 11, hour: int = 10):
    return clock.at(datetime(2026, month, day, hour, tzinfo=WIB))


@pytest.fixture
def deposit(office) -> Deposit:
    """Cash of 20 November, noted on 23 November as deposited that day."""
    with on(20):
        order = make_order("siap_diambil")
    with on(23):
        return make_deposit(order, sts_number="0044/STS", bank="Bank Contoh")


@pytest.fixture
def url(deposit) -> str:
    return f"/setoran/{deposit.pk}/pembetulan/"


def proofs() -> list[str]:
    return [*checks.deposits(), *checks.stray_notes(), *checks.cash_days(), *checks.months(), *checks.sums()]


def test_every_book_reads_what_is_right_and_the_old_stays(deposit):
    with on(24):
        right = correct(deposit, sts_number="0045/STS", bank="Bank Lain", deposited_on=date(2026, 11, 24))

    [row] = [row for row in receipts_book(NOVEMBER).rows if row.css == "deposit"]
    assert (row.sts, row.deposited_on, row.deposited) == ("0045/STS", date(2026, 11, 24), 620_000)
    [row] = deposits_register(NOVEMBER).rows
    assert (row[1], row[2], row[4]) == ("0045/STS", date(2026, 11, 24), "Setor tunai ke Bank Lain")
    assert row[7] == "Slip belum disimpan; Dibetulkan, semula 0044/STS"
    assert subsidiary_book(NOVEMBER, ACCOUNT).rows[1][1:3] == (date(2026, 11, 24), "0045/STS")
    assert [(row[0].day, row[-2]) for row in daily_recap(NOVEMBER).rows] == [(20, 0), (24, 620_000)]

    assert (deposit.sts_number, deposit.bank, deposit.deposited_on) == ("0044/STS", "Bank Contoh", date(2026, 11, 23))
    assert Deposit.objects.filter(sts_number="0044/STS").exists()
    [step] = steps_of(right)
    assert (step.before, step.correction.corrected_by) == (deposit, clerk(Role.KEUANGAN))
    assert proofs() == []


def test_the_tanda_setor_is_replaced_and_the_former_is_void(deposit):
    former = deposit.paper
    right = correct(deposit, sts_number="0045/STS", reason="Nomor tertukar (CONTOH).")

    paper = right.now.paper
    assert (paper.replaces, paper.payload["body"]["sts_number"]) == (former, "0045/STS")
    assert paper.payload["body"]["receipts"] == former.payload["body"]["receipts"]
    former = Document.objects.get(pk=former.pk)
    assert (former.void_reason, former.payload["body"]["sts_number"]) == ("Nomor tertukar (CONTOH).", "0044/STS")
    entry = AuditEntry.objects.get(verb="correct_deposit")
    assert (entry.before["sts"], entry.after["sts"], entry.note) == ("0044/STS", "0045/STS", "Nomor tertukar (CONTOH).")
    assert (entry.actor, entry.after["paper"]) == (clerk(Role.KEUANGAN), paper.printed_number)


def test_a_day_of_another_month_moves_the_money_there(office):
    with on(30):
        order = make_order("siap_diambil")
        deposit = make_deposit(order)
    before = receipts_book(NOVEMBER), month_report(DECEMBER).total.now.deposited
    with on(1, 12):
        correct(deposit, deposited_on=date(2026, 12, 1))

    november, december = receipts_book(NOVEMBER), receipts_book(DECEMBER)
    assert (before[0].deposited, before[1]) == (620_000, 0)
    assert (november.deposited, november.balance, december.deposited, december.balance) == (0, 620_000, 620_000, 0)
    assert [month_report(month).total.now.deposited for month in (NOVEMBER, DECEMBER)] == [0, 620_000]
    assert month_ways(NOVEMBER)[0].left == 620_000
    assert [row.place for row in receipts_book(DECEMBER, day_parts(DECEMBER)[0]).rows] == [1]
    assert proofs() == []


def test_it_may_be_corrected_again_and_back(deposit):
    for number in ("0045/STS", "0046/STS", "0044/STS"):
        right = correct(deposit, sts_number=number)

    assert [step.correction.sts_number for step in steps_of(right)] == ["0045/STS", "0046/STS", "0044/STS"]
    assert Document.objects.filter(kind="tanda_setor", voided_at=None).get() == right.now.paper
    assert proofs() == []


def test_a_number_is_of_one_deposit_and_is_free_once_it_was_wrong(deposit):
    other = make_deposit(make_order("siap_diambil"), sts_number="0045/STS")
    with pytest.raises(Refused, match="sudah tercatat pada setoran lain"):
        correct(deposit, sts_number="0045/STS")
    with pytest.raises(IntegrityError), transaction.atomic():
        DepositInForce.objects.filter(deposit=deposit).update(sts_number="0045/STS")

    correct(other, sts_number="0046/STS")
    correct(deposit, sts_number="0045/STS")

    make_deposit(make_order("siap_diambil"), sts_number="0044/STS")
    assert sorted(DepositInForce.objects.values_list("sts_number", flat=True)) == ["0044/STS", "0045/STS", "0046/STS"]
    assert proofs() == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "Belum ada yang dibetulkan"),
        ({"deposited_on": date(2026, 11, 25)}, "sesudah hari ini"),
        ({"deposited_on": date(2026, 11, 19)}, "sebelum uangnya diterima, yaitu 20 Nov 2026"),
        ({"bank": "Bank Lain", "seen": "0000/TS"}, "dibetulkan orang lain"),
    ],
)
def test_a_faulty_correction_is_refused_and_leaves_nothing(deposit, fields, reason):
    with on(24), pytest.raises(Refused, match=reason):
        correct(deposit, **fields)
    assert not DepositCorrection.objects.exists()
    assert Document.objects.filter(kind="tanda_setor").count() == 1


def test_a_day_whose_till_was_counted_keeps_its_deposits_but_not_their_numbers(deposit):
    with on(23, hour=16):
        close_day()
    with on(24):
        with pytest.raises(Refused, match="dari 23 Nov 2026 ke 24 Nov 2026, sebab kas 23 Nov 2026 sudah dihitung"):
            correct(deposit, deposited_on=date(2026, 11, 24))
        assert correct(deposit, sts_number="0045/STS").now.sts_number == "0045/STS"
        # 20 to 23 November were counted at once
        correct(deposit, deposited_on=date(2026, 11, 21))

    assert proofs() == []


def test_a_closed_month_keeps_all_of_its_deposits(deposit):
    with on(24):
        correct(deposit, sts_number="0045/STS")
        close_day()
    with on(1, 12):
        close_month(NOVEMBER)
        with pytest.raises(Refused, match=r"Bulan November 2026 sudah ditutup.*berita acara"):
            correct(deposit, sts_number="0046/STS")
    with pytest.raises(IntegrityError, match="the month is closed"), transaction.atomic():
        DepositInForce.objects.update(deposited_on=date(2026, 12, 1))

    assert proofs() == []


def test_no_deposit_goes_into_a_closed_month(office):
    with on(27):
        order = make_order("siap_diambil")
        close_day()
    with on(1, 12):
        close_month(NOVEMBER)
        deposit = make_deposit(order)
        with pytest.raises(Refused, match=r"Tanggal 28 Nov 2026 ada di bulan yang sudah ditutup.*sesudah 30 Nov 2026"):
            correct(deposit, deposited_on=date(2026, 11, 28))
    with pytest.raises(IntegrityError, match="the month is closed"), transaction.atomic():
        DepositInForce.objects.update(deposited_on=date(2026, 11, 30))


def test_a_form_sent_twice_corrects_once(deposit):
    sent, data = treasurer(), correction_data(deposit, sts_number="0045/STS")

    first, second = (correct_deposit(sent, deposit.pk, data) for _ in range(2))

    assert first == second
    assert DepositCorrection.objects.count() == 1


@pytest.mark.parametrize("role", [Role.PELAYANAN, Role.BENGKEL, Role.PIMPINAN])
def test_only_keuangan_corrects(deposit, role):
    with pytest.raises(PermissionDenied):
        correct_deposit(Intent(clerk(role), treasurer().key), deposit.pk, correction_data(deposit, bank="B"))


def test_who_asks_for_the_money_back_is_told_the_right_number(deposit):
    correct(deposit, sts_number="0045/STS")

    with pytest.raises(ActionRefused, match="STS 0045/STS"):
        act("ask_reversal", fresh(deposit.items.get().payment.order))


def test_it_is_corrected_on_screen(deposit, url, as_keuangan):
    assert f'href="{url}"' in as_keuangan.get(f"/setoran/{deposit.pk}/").content.decode()
    form = typed_in(as_keuangan.get(url))
    assert (form["sts_number"], form["bank"]) == ("0044/STS", "Bank Contoh")

    empty = as_keuangan.post(url, form | {"sts_number": " ", "bank": "Bank Lain"})
    assert empty.status_code == 422
    assert "Isi nomor STS" in empty.content.decode()
    assert "Isi alasan pembetulan" in empty.content.decode()
    assert typed_in(empty)["bank"] == "Bank Lain"

    saved = as_keuangan.post(url, form | {"sts_number": "0045/STS", "reason": "Salah ketik."}, follow=True)

    assert saved.redirect_chain == [(f"/setoran/{deposit.pk}/", 302)]
    page, paper = saved.content.decode(), Document.objects.get(replaces=deposit.paper)
    assert f"Tanda setor {paper.printed_number} terbit; {deposit.paper.printed_number} menjadi BATAL." in page
    assert all(said in page for said in ("Setoran 0045/STS", "0044/STS</del>", "Salah ketik.", " BATAL, diganti "))
    former = as_keuangan.get(f"/dokumen/{deposit.paper.pk}/lihat/").content.decode()
    assert f'href="/dokumen/{paper.pk}/lihat/">{paper.printed_number}</a>' in former


def test_who_was_slower_sees_what_counts_now_and_keeps_what_was_typed(deposit, url, as_keuangan):
    form = typed_in(as_keuangan.get(url)) | {"bank": "Bank Lain", "reason": "Salah ketik."}
    correct(deposit, sts_number="0045/STS")

    late = as_keuangan.post(url, form)
    assert late.status_code == 409
    assert "dibetulkan orang lain" in late.content.decode()
    assert "Betulkan setoran 0045/STS" in late.content.decode()
    assert typed_in(late)["bank"] == "Bank Lain"

    as_keuangan.post(url, typed_in(late) | {"sts_number": "0045/STS"})
    now = DepositInForce.objects.get(deposit=deposit)
    assert (now.sts_number, now.bank) == ("0045/STS", "Bank Lain")


def test_the_page_of_a_closed_month_says_what_to_do(deposit, url, as_keuangan):
    with on(24):
        close_day()
    with on(1, 12):
        close_month(NOVEMBER)
        page = as_keuangan.get(url).content.decode()

    assert "Setoran ini tidak dapat dibetulkan" in page
    assert "berita acara" in page
    assert 'name="sts_number"' not in page


@pytest.mark.real_pdf
def test_the_printed_register_says_what_is_right(deposit, as_keuangan):
    correct(deposit, sts_number="0045/STS")

    printed = squeezed(text(as_keuangan.get("/buku/setoran.pdf?bulan=2026-11").getvalue()))

    assert squeezed("0045/STS") in printed


def test_books_cost_the_same_queries_with_many_corrections(deposit, as_keuangan, count_queries):
    pages = ("/buku/penerimaan/", "/buku/setoran/", "/setoran/", f"/setoran/{deposit.pk}/")
    urls = [f"{page}?bulan=2026-11" for page in pages]
    correct(deposit, sts_number="0045/STS")
    few = [count_queries(as_keuangan, url) for url in urls]
    for number in range(4):
        correct(deposit, sts_number=f"0046/STS/{number}")

    assert [count_queries(as_keuangan, url) for url in urls] == few
