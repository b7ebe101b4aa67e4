"""Surat teguran: some days past the due date, one a day, each says which it is; for keuangan only."""

import io
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from balai import clock
from balai.clock import WIB
from balai.documents import pdf_bytes
from balai.models import Document
from balai.roles import Role
from finance.reminders import last_reminders, remind
from orders.actions import ActionRefused, StaleOrder
from orders.models import OrderPaper
from tests.factories import act, audit_of, clerk, fresh, intent, make_office, make_order
from tests.print.reading import text

pytestmark = pytest.mark.django_db

FINISHED = datetime(2026, 9, 1, 10, tzinfo=WIB)
FIRST_DAY = FINISHED + timedelta(days=37)  # 30 until it falls due, 7 more


@pytest.fixture
def owed(office):
    with clock.at(FINISHED):
        return make_order("pembayaran")


def send(order, by=Role.KEUANGAN, **given):
    return remind(order.pk, intent(clerk(by), order, **given))


def reminders():
    return Document.objects.filter(kind="surat_teguran").order_by("number")


def test_the_first_day_is_the_offices(owed):
    with clock.at(FIRST_DAY - timedelta(days=1)), pytest.raises(ActionRefused, match="mulai 8 Okt 2026"):
        send(owed)
    assert not reminders().exists()
    assert fresh(owed).version == owed.version

    make_office(reminder_days=3)
    with clock.at(FIRST_DAY - timedelta(days=4)):
        send(owed)
    assert reminders().count() == 1


def test_it_says_what_is_owed_and_which_one_it_is(owed):
    with clock.at(FIRST_DAY):
        send(owed)
    with clock.at(FIRST_DAY + timedelta(days=7)):
        send(fresh(owed))

    first, second = reminders()
    assert (first.printed_number, second.printed_number) == ("0001/STG/X/2026", "0002/STG/X/2026")
    assert (first.voided_at, second.replaces) == (None, None)
    body = second.payload["body"]
    assert (body["amount"], body["due_on"], body["overdue_days"]) == (620_000, "2026-10-01", 14)
    assert (body["ordinal"], body["previous_number"], body["previous_date"]) == (2, "0001/STG/X/2026", "2026-10-08")
    assert owed.customer.phone not in str(second.payload)
    entries = [entry.after for entry in audit_of(owed) if entry.verb == "remind"]
    assert [(entry["ordinal"], entry["paper"]) for entry in entries] == [
        (1, first.printed_number),
        (2, second.printed_number),
    ]
    assert last_reminders([owed])[owed.pk].ordinal == 2


@pytest.mark.real_pdf
def test_its_figures_stand_on_the_paper(owed):
    with clock.at(FIRST_DAY):
        send(owed)

    paper = " ".join(text(pdf_bytes(reminders().get())).split())

    for said in ("Teguran ke-1", "Rp620.000", "1 September 2026", "1 Oktober 2026", "7 hari"):
        assert said in paper


def test_one_a_day(owed):
    with clock.at(FIRST_DAY):
        send(owed)
        with pytest.raises(ActionRefused, match="sudah ditegur hari ini dengan surat 0001/STG"):
            send(fresh(owed))
    assert reminders().count() == 1


def test_a_form_sent_twice_reminds_once(owed):
    with clock.at(FIRST_DAY):
        as_sent = intent(clerk(Role.KEUANGAN), owed)
        first, second = (remind(owed.pk, as_sent) for _ in range(2))
        with pytest.raises(StaleOrder):
            send(owed)

    assert first == second
    assert reminders().count() == 1


def test_who_has_paid_is_not_reminded(owed):
    with clock.at(FIRST_DAY):
        paid = act("settle", owed)
        with pytest.raises(ActionRefused, match="sudah di tahap Siap diambil"):
            send(paid)
    assert not reminders().exists()


@pytest.mark.parametrize("role", [Role.PELAYANAN, Role.BENGKEL, Role.PIMPINAN])
def test_only_keuangan_reminds(owed, role):
    with clock.at(FIRST_DAY), pytest.raises(ActionRefused, match="hanya untuk bagian keuangan"):
        send(owed, role)
    assert not reminders().exists()


def test_the_button_issues_it_and_opens_it(owed, as_keuangan, as_pimpinan):
    address = f"/piutang/{owed.pk}/teguran/"
    with clock.at(FIRST_DAY):
        page = as_keuangan.get("/piutang/")
        assert address not in as_pimpinan.get("/piutang/").content.decode()
        [row] = page.context["rows"]
        typed = {name: row["form"][name].value() for name in ("kunci", "versi")}
        answer = as_keuangan.post(address, typed)
        assert answer.url == f"/dokumen/{reminders().get().pk}/lihat/"
        after = as_keuangan.get("/piutang/").content.decode()

    assert address in page.content.decode()
    assert "Teguran ke-1" in after
    assert address not in after


def test_a_refusal_is_read_on_the_list(owed, as_keuangan):
    with clock.at(FIRST_DAY - timedelta(days=1)):
        assert f"/piutang/{owed.pk}/teguran/" not in as_keuangan.get("/piutang/").content.decode()
        typed = {"kunci": str(intent(clerk(Role.KEUANGAN)).key), "versi": owed.version}
        page = as_keuangan.post(f"/piutang/{owed.pk}/teguran/", typed, follow=True).content.decode()

    assert "baru dapat diterbitkan mulai 8 Okt 2026" in page


def test_the_books_agree_with_it(owed):
    with clock.at(FIRST_DAY):
        send(owed)
    out = io.StringIO()
    call_command("check_books", stdout=out)
    assert out.getvalue().startswith("Semua buku cocok")

    OrderPaper.objects.filter(document=reminders().get()).delete()
    with pytest.raises(CommandError):
        call_command("check_books", stdout=out)
    assert "surat_teguran tanpa pesanan" in out.getvalue()
