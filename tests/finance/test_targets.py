"""Targets: pimpinan alone writes them down, every change is kept; what came in of them, in figures and as a plot."""

import uuid
from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from balai import clock
from balai.changes import Refused
from balai.clock import WIB
from balai.models import AuditEntry
from balai.months import Year
from finance.models import Target
from finance.realisation import in_millions, realisation
from finance.targets import Intent, TargetData, TargetRow, set_targets
from tests.deposited import pay
from tests.factories import fresh, make_order, take_back
from tests.pages import typed_in

pytestmark = pytest.mark.django_db

ACCOUNT = "4.1.02.02.01.CONTOH"


def on(day: int, month: int = 11):
    return clock.at(datetime(2026, month, day, 10, tzinfo=WIB))


def set_one(by, amount: int, name: str = "Pemakaian kekayaan daerah", key: uuid.UUID | None = None) -> list[str]:
    data = TargetData(2026, (TargetRow(ACCOUNT, name, amount),))
    return set_targets(Intent(by, key or uuid.uuid4()), data)


def test_a_target_is_written_and_its_changes_are_kept(pimpinan):
    assert set_one(pimpinan, 90_000_000) == [ACCOUNT]
    set_one(pimpinan, 95_000_000)

    target = Target.objects.get()
    assert (target.year, target.account_code, target.amount) == (2026, ACCOUNT, 95_000_000)
    assert [(each.amount, each.history_user) for each in target.history.all()] == [
        (95_000_000, pimpinan),
        (90_000_000, pimpinan),
    ]
    entry = AuditEntry.objects.filter(verb="set_targets").latest("id")
    assert (entry.subject_id, entry.before, entry.after) == ("2026", {ACCOUNT: 90_000_000}, {ACCOUNT: 95_000_000})


def test_the_same_form_sent_twice_is_one_change(pimpinan):
    key = uuid.uuid4()

    assert set_one(pimpinan, 1_000_000, key=key) == set_one(pimpinan, 1_000_000, key=key)
    assert AuditEntry.objects.filter(verb="set_targets").count() == 1


def test_what_changes_nothing_or_has_no_words_is_refused(pimpinan):
    set_one(pimpinan, 1_000_000)

    with pytest.raises(Refused, match="Belum ada target yang diubah"):
        set_one(pimpinan, 1_000_000)
    with pytest.raises(Refused, match=f"Isi uraian kode rekening {ACCOUNT}"):
        set_one(pimpinan, 2_000_000, name="")
    assert Target.objects.get().amount == 1_000_000


def test_nobody_but_pimpinan_sets_a_target(keuangan, pelayanan, admin):
    for user in (keuangan, pelayanan, admin):
        with pytest.raises(PermissionDenied):
            set_one(user, 1)
    assert not Target.objects.exists()


@pytest.mark.parametrize("wrong", [{"amount": -1}, {"name": ""}, {"account_code": ""}])
def test_the_database_refuses_a_target_that_is_none(office, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(**{"year": 2026, "account_code": "4.1", "name": "Uraian", "amount": 1} | wrong)


def test_the_database_keeps_one_target_for_an_account_and_a_year(office):
    Target.objects.create(year=2026, account_code="4.1", name="Uraian", amount=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.create(year=2026, account_code="4.1", name="Lain", amount=2)


def test_targets_are_typed_on_screen_and_what_was_typed_stays(as_pimpinan):
    with on(10):
        form = typed_in(as_pimpinan.get("/laporan/target/?tahun=2026"))
        refused = as_pimpinan.post("/laporan/target/?tahun=2026", form | {"target-0": "1,5", "uraian-0": "Jasa"})
        assert refused.status_code == 422
        assert 'value="1,5"' in refused.content.decode()
        unnamed = as_pimpinan.post("/laporan/target/?tahun=2026", form | {"target-0": "90.000.000"})
        assert (unnamed.status_code, "Isi uraian kode rekening" in unnamed.content.decode()) == (422, True)

        saved = as_pimpinan.post(
            "/laporan/target/?tahun=2026", typed_in(unnamed) | {"uraian-0": "Jasa", "target-0": "Rp90.000.000"}
        )
    assert (saved.status_code, saved.url) == (302, "/laporan/realisasi/?tahun=2026")
    assert [(each.name, each.amount) for each in Target.objects.all()] == [("Jasa", 90_000_000)]


def test_the_year_is_told_month_by_month(pimpinan):
    set_one(pimpinan, 12_000_000)
    with on(31, 10):
        back = make_order("siap_diambil")
    with on(2):
        take_back(fresh(back))
        pay(make_order("pembayaran"), method="qris", reference="Q-1", settled_on=date(2026, 11, 3))

    with on(20):
        year = realisation(Year(2026))

    assert [(row.month.number, row.received, row.to_date, row.target) for row in year.months[-2:]] == [
        (10, 620_000, 620_000, 10_000_000),
        (11, 0, 620_000, 11_000_000),
    ]
    assert (len(year.months), year.received, year.percent) == (11, 620_000, "5,2%")
    assert year.sentence == "Kurang Rp10.380.000 dari target sampai November."
    [account] = [row for row in year.accounts if row.account == ACCOUNT]
    assert (account.target, account.received) == (12_000_000, 620_000)


def test_a_moment_before_midnight_counts_in_its_own_month(office):
    with clock.at(datetime(2026, 10, 31, 23, 59, 59, tzinfo=WIB)):
        make_order("siap_diambil")

    with on(1):
        assert [row.received for row in realisation(Year(2026)).months[-2:]] == [620_000, 0]


def test_the_plot_says_the_same_as_its_sentence(as_keuangan, pimpinan):
    set_one(pimpinan, 12_000_000)
    with on(5):
        make_order("siap_diambil")
        plot = realisation(Year(2026)).plot
        page = as_keuangan.get("/laporan/realisasi/?tahun=2026").content.decode()

    assert len(plot.line.split()) == 11
    assert [tick.label for tick in plot.grid] == ["3", "6", "9", "12"]
    assert plot.dash.endswith("602,36")
    assert (plot.end_label, plot.target_label) == ("0,6", "target 12 juta")
    assert "Kurang Rp10.380.000 dari target sampai November." in page
    assert 'role="img"' in page


def test_a_year_without_target_or_receipts_is_told_too(as_pimpinan):
    for query in ("", "?tahun=2027", "?tahun=2020", "?tahun=xx"):
        page = as_pimpinan.get(f"/laporan/realisasi/{query}").content.decode()
        assert "Target tahun ini belum diisi." in page


@pytest.mark.parametrize(("amount", "said"), [(206_480_000, "206,5"), (1_000_000, "1"), (0, "0"), (-620_000, "-0,6")])
def test_millions_are_told_with_one_decimal(amount, said):
    assert in_millions(amount) == said


def test_the_page_costs_the_same_queries_with_few_rows_and_many(as_pimpinan, count_queries):
    with on(5):
        make_order("siap_diambil")
        few = count_queries(as_pimpinan, "/laporan/realisasi/")
        for _ in range(3):
            make_order("siap_diambil")
        assert count_queries(as_pimpinan, "/laporan/realisasi/") == few
