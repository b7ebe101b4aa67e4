"""A month closed for good: only when everything agrees, once, and nothing is written into it afterwards."""

import hashlib
import io
import uuid
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from openpyxl import load_workbook

from balai import clock, documents, registers
from balai.changes import Refused
from balai.clock import WIB
from balai.models import AuditEntry, Document
from balai.months import Month
from finance import checks, monthclosing
from finance.books import receipts_book
from finance.models import Deposit, MonthClosing, Payment, Target
from finance.monthcheck import faults, points
from finance.report import month_report
from finance.till import is_closed
from orders.actions import ActionRefused
from tests.copies import copy_row
from tests.deposited import close_day, close_month, make_deposit, month_data, pay
from tests.factories import fresh, make_order, take_back
from tests.faults.planting import change, erase
from tests.pages import typed_in

pytestmark = pytest.mark.django_db

ACCOUNT = "4.1.02.02.01.CONTOH"
OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)


def on(day: int, month: int = 11, hour: int = 10):
    return clock.at(datetime(2026, month, day, hour, tzinfo=WIB))


@pytest.fixture
def sound(office) -> None:
    """November: cash of the 2nd deposited on the 3rd, cash of the 27th that stays; every day closed."""
    Target.objects.create(year=2026, account_code=ACCOUNT, name="Pemakaian kekayaan daerah", amount=2_000_000)
    with on(2):
        cash = make_order("siap_diambil")
        close_day()
    with on(3):
        make_deposit(cash, sts_number="0044/STS")
        close_day()
    with on(27):
        make_order("siap_diambil")
        close_day()


@pytest.fixture
def closed(sound) -> MonthClosing:
    with on(1, 12):
        return close_month(NOVEMBER)


def blocking(month: Month) -> list[str]:
    return [point.text for point in points(month) if point.blocks]


# Closing


def test_a_closed_month_has_its_sums_and_two_papers(closed):
    book = receipts_book(NOVEMBER)

    assert (closed.first_day, closed.last_day) == (date(2026, 11, 1), date(2026, 11, 30))
    assert (closed.received, closed.deposited, closed.balance) == (1_240_000, 620_000, 620_000)
    assert closed.book.printed_number == "0001/BPP/XII/2026"
    assert closed.report.printed_number == "0001/LPJ/XII/2026"
    body = closed.book.payload["body"]
    assert [row["receipt"] for page in body["pages"] for row in page["rows"]] == [row.receipt for row in book.rows]
    assert (body["closing"]["balance"], body["count"], body["by_day"]) == (620_000, 3, False)
    [row] = closed.report.payload["body"]["pages"][0]["rows"]
    assert row[:3] == [ACCOUNT, "Pemakaian kekayaan daerah", "2.000.000"]
    entry = AuditEntry.objects.get(verb="close_month")
    assert (entry.subject_id, entry.role, entry.after["balance"]) == ("2026-11", "keuangan", 620_000)


def test_the_book_is_kept_as_an_excel_file_with_its_hash_on_the_paper(closed, as_pimpinan):
    content = as_pimpinan.get("/laporan/tutup.xlsx?bulan=2026-11").content

    assert hashlib.sha256(content).hexdigest() == closed.book.payload["body"]["excel_sha256"]
    *_, total = load_workbook(io.BytesIO(content), data_only=True).active.iter_rows(values_only=True)
    assert (total[6], total[9]) == (1_240_000, 620_000)


def test_a_month_with_too_many_rows_prints_its_days(sound, monkeypatch):
    with on(28):
        for _ in range(2):
            make_order("siap_diambil")
        close_day()
    monkeypatch.setattr(registers, "MAX_ROWS", 4)
    with on(1, 12):
        body = close_month(NOVEMBER).book.payload["body"]

    rows = [row for page in body["pages"] for row in page["rows"]]
    assert (body["by_day"], body["count"], len(rows)) == (True, 5, 4)
    assert [(row["on"], row["amount"], row["deposited"]) for row in rows] == [
        ("2026-11-02", 620_000, None),
        ("2026-11-03", 0, 620_000),
        ("2026-11-27", 620_000, None),
        ("2026-11-28", 1_240_000, None),
    ]
    assert rows[3]["text"] == "Jumlah hari ini, 2 transaksi"


def test_the_same_form_sent_twice_closes_once(sound, keuangan):
    intent = monthclosing.Intent(keuangan, uuid.uuid4())
    with on(1, 12):
        data = month_data(NOVEMBER)
        once, again = (monthclosing.close_month(intent, data) for _ in range(2))

    assert once.pk == again.pk
    assert Document.objects.filter(kind__in=("buku_bulanan", "lpj_bulanan")).count() == 2


def test_only_keuangan_closes(sound, pimpinan, admin):
    for user in (pimpinan, admin):
        with on(1, 12), pytest.raises(PermissionDenied):
            monthclosing.close_month(monthclosing.Intent(user, uuid.uuid4()), month_data(NOVEMBER))


def test_months_follow_each_other(closed):
    with on(1, 12), pytest.raises(Refused, match="November 2026 sudah ditutup"):
        close_month(NOVEMBER)
    with clock.at(datetime(2027, 2, 1, 10, tzinfo=WIB)):
        assert blocking(Month(2027, 1)) == ["Desember 2026 belum ditutup"]
        with pytest.raises(Refused, match="Desember 2026 belum ditutup"):
            close_month(Month(2027, 1))
        close_month(DECEMBER)  # nothing happened in it
        assert blocking(OCTOBER) == ["Bulan sesudahnya sudah ditutup"]
        close_month(Month(2027, 1))
    assert list(checks.months()) == []
    erase(MonthClosing.objects.filter(first_day=date(2026, 12, 1)))
    assert any("ada bulan yang terlewat" in fault for fault in checks.months())


# What stands in the way


def test_a_month_that_goes_on_is_not_closed(sound):
    with on(30):
        assert blocking(NOVEMBER) == ["November 2026 belum selesai. Bulan ditutup sesudah hari terakhirnya."]
        with pytest.raises(Refused, match="belum selesai"):
            close_month(NOVEMBER)


def test_a_day_with_open_cash_is_named(sound):
    with on(28):
        pay(make_order("pembayaran"), method="qris", reference="Q-1", settled_on=date(2026, 11, 28))
    with on(1, 12):
        assert blocking(NOVEMBER) == ["Kas 28 Nov belum ditutup"]
        with pytest.raises(Refused, match="Kas 28 Nov belum ditutup"):
            close_month(NOVEMBER)
        close_day()
        assert blocking(NOVEMBER) == []


def test_an_earlier_month_comes_first(office):
    with on(30, 10):
        make_order("siap_diambil")
    with on(30):
        make_order("siap_diambil")
        close_day()
    with on(1, 12):
        assert blocking(NOVEMBER) == ["Oktober 2026 belum ditutup"]
        close_month(OCTOBER)
        assert blocking(NOVEMBER) == []


def test_books_that_disagree_are_named(sound):
    payment = Payment.objects.order_by("id").first()
    change(payment, amount=payment.amount + 1, received=payment.received + 1)

    with on(1, 12):
        assert faults(NOVEMBER)
        with pytest.raises(Refused, match="sebab pembukuannya tidak cocok"):
            close_month(NOVEMBER)
    assert not MonthClosing.objects.exists()


def test_a_missing_number_is_named(sound):
    newest = Document.objects.filter(kind="bukti_pembayaran").order_by("number").last()
    change(newest, number=newest.number + 1)

    assert "Nomor bukti 0001 sampai 0003 tidak urut" in blocking(NOVEMBER)


def test_money_that_moved_since_the_page_was_made_is_told(sound):
    with on(1, 12), pytest.raises(Refused, match="Periksa lagi") as refused:
        close_month(NOVEMBER, balance=0)
    assert refused.value.status == 409


# Afterwards


def test_nothing_is_written_into_a_closed_month(closed, keuangan):
    order = make_order("pembayaran")
    with on(30):
        assert is_closed(clock.today())
        with pytest.raises(ActionRefused, match="sudah ditutup"):
            pay(order)
    with on(29), pytest.raises(ActionRefused, match="sudah ditutup"):
        take_back(fresh(Payment.objects.latest("id").order))
    undeposited = Payment.objects.latest("id").order
    with on(2, 12), pytest.raises(Refused, match="Kas 30 Nov 2026 sudah ditutup"):
        make_deposit(undeposited, deposited_on=date(2026, 11, 30))


def test_a_correction_falls_in_the_open_month(closed):
    before = receipts_book(NOVEMBER)
    with on(2, 12):
        take_back(fresh(Payment.objects.latest("id").order))
        pay(make_order("pembayaran"), method="transfer", reference="T-1", settled_on=date(2026, 11, 20))

    after, december = receipts_book(NOVEMBER), receipts_book(DECEMBER)
    assert (after.received, after.deposited, after.balance) == (before.received, before.deposited, before.balance)
    assert (december.received, december.deposited, december.balance) == (0, 620_000, 0)
    assert list(checks.months()) == []


@pytest.mark.parametrize("moment", ["2026-10-31 17:00:00+00:00", "2026-11-30 16:59:59+00:00"])
def test_the_database_refuses_a_payment_in_a_closed_month(closed, moment):
    payment, at = Payment.objects.latest("id"), datetime.fromisoformat(moment)
    _take_down_closed_days()
    with pytest.raises(IntegrityError, match="the month is closed"), transaction.atomic():
        copy_row(
            payment, turn=2, kind="balik", amount=-payment.amount, reason="x", reverses_id=payment.pk, paid_at=at
        ).save()
    later = at + timedelta(days=31)
    copy_row(
        payment, turn=2, kind="balik", amount=-payment.amount, reason="x", reverses_id=payment.pk, paid_at=later
    ).save()


def test_the_database_refuses_a_deposit_in_a_closed_month(closed):
    deposit = Deposit.objects.get()
    paper = copy_row(deposit.paper, number=99, printed_number="99", code="AAAA-AAA2")
    paper.save()
    _take_down_closed_days()
    with pytest.raises(IntegrityError, match="the month is closed"), transaction.atomic():
        copy_row(deposit, sts_number="x", paper_id=paper.pk, deposited_on=date(2026, 11, 30)).save()
    copy_row(deposit, sts_number="x", paper_id=paper.pk, deposited_on=date(2026, 12, 1)).save()


def test_the_database_refuses_to_change_or_delete_a_closing(closed):
    for statement in ("UPDATE finance_monthclosing SET received = 0", "DELETE FROM finance_monthclosing"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_closed_report_keeps_its_targets(closed, as_pimpinan):
    Target.objects.update(amount=9_000_000)

    [row] = month_report(NOVEMBER).rows
    assert row.target == 2_000_000
    assert month_report(DECEMBER).rows[0].target == 9_000_000
    assert list(checks.months()) == []


@pytest.mark.real_pdf
def test_its_papers_are_the_same_bytes_whenever_they_are_opened(closed, as_pimpinan):
    first = [documents.pdf_bytes(paper) for paper in (closed.book, closed.report)]
    with on(2, 12):
        make_deposit(Payment.objects.latest("id").order)

    opened = [as_pimpinan.get(f"/dokumen/{paper.pk}/").content for paper in (closed.book, closed.report)]
    assert opened == first


def _take_down_closed_days() -> None:
    """So that the guard of months stands alone."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("finance_payment", "finance_deposit"):
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER guard_{table}_closed{on_table}")


# On screen


def test_a_month_is_read_checked_and_closed_on_screen(sound, as_keuangan):
    with on(1, 12):
        report = as_keuangan.get("/laporan/lpj/?bulan=2026-11").content.decode()
        assert "Bukti terbit urut, 0001 sampai 0002" in report
        assert "1 dari 1 STS belum ada slipnya" in report
        assert "Tunai Rp620.000 belum disetor" in report

        page = as_keuangan.get("/laporan/tutup/?bulan=2026-11")
        assert "Tutup November 2026?" in page.content.decode()
        done = as_keuangan.post("/laporan/tutup/?bulan=2026-11", typed_in(page), follow=True)

    assert done.redirect_chain == [("/laporan/lpj/?bulan=2026-11", 302)]
    after = done.content.decode()
    assert "ditutup 1 Des 2026 oleh Dewi Contohsari" in after
    assert "0001/LPJ/XII/2026" in after
    assert "0001/BPP/XII/2026" in as_keuangan.get("/buku/penerimaan/?bulan=2026-11").content.decode()
    assert "November 2026 sudah ditutup" in as_keuangan.get("/laporan/tutup/?bulan=2026-11").content.decode()


def test_what_blocks_is_listed_and_there_is_no_button(sound, as_keuangan):
    with on(30):
        page = as_keuangan.get("/laporan/tutup/?bulan=2026-11").content.decode()

    assert "November 2026 belum dapat ditutup" in page
    assert "belum selesai" in page
    assert "Tutup November 2026?" not in page


def test_a_page_made_before_money_moved_is_refused_and_shows_the_new_sums(sound, as_keuangan):
    with on(1, 12):
        form = typed_in(as_keuangan.get("/laporan/tutup/?bulan=2026-11")) | {"balance": "1"}
        answer = as_keuangan.post("/laporan/tutup/?bulan=2026-11", form)

        assert answer.status_code == 409
        assert "Periksa lagi" in answer.content.decode()
        assert as_keuangan.post("/laporan/tutup/?bulan=2026-11", typed_in(answer)).status_code == 302


def test_pimpinan_reads_it_without_the_button(sound, as_pimpinan):
    with on(1, 12):
        page = as_pimpinan.get("/laporan/lpj/?bulan=2026-11").content.decode()

    assert "Sebelum bulan ditutup" in page
    assert "Periksa dan tutup bulan" not in page
    assert as_pimpinan.get("/laporan/tutup/?bulan=2026-11").status_code == 403
    assert as_pimpinan.get("/laporan/tutup.xlsx?bulan=2026-11").status_code == 404


def test_the_page_costs_the_same_queries_with_few_rows_and_many(sound, as_keuangan, count_queries):
    with on(1, 12):
        few = count_queries(as_keuangan, "/laporan/tutup/?bulan=2026-11")
    with on(28):
        for _ in range(3):
            make_deposit(make_order("siap_diambil"))
        close_day()
    with on(1, 12):
        assert count_queries(as_keuangan, "/laporan/tutup/?bulan=2026-11") == few
