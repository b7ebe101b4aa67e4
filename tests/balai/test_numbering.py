"""Numbers without gaps, per register and WIB year."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from balai import clock, numbering
from balai.models import Document, NumberSeries
from tests.factories import act, make_office, make_order

NOVEMBER = date(2026, 11, 23)


@pytest.mark.django_db
def test_numbers_follow_each_other_per_register(office):
    taken = [numbering.take("surat_pesanan", NOVEMBER, office) for _ in range(3)]
    other = numbering.take("bukti_pembayaran", NOVEMBER, office)

    assert [number.number for number in taken] == [1, 2, 3]
    assert (taken[-1].printed, other.printed) == ("0003/SP/XI/2026", "0001/TBP/XI/2026")
    assert NumberSeries.objects.get(register="surat_pesanan").last == 3


@pytest.mark.django_db
def test_every_year_begins_at_one(office):
    for year in (2026, 2027):
        assert numbering.take("permohonan", date(year, 6, 1), office).number == 1


@pytest.mark.django_db
def test_a_rollback_gives_the_number_back(office):
    numbering.take("permohonan", NOVEMBER, office)
    with transaction.atomic():
        assert numbering.take("permohonan", NOVEMBER, office).number == 2
        transaction.set_rollback(True)

    assert numbering.take("permohonan", NOVEMBER, office).number == 2


@pytest.mark.django_db
def test_a_rollback_of_the_very_first_number_gives_it_back(office):
    with transaction.atomic():
        numbering.take("permohonan", NOVEMBER, office)
        transaction.set_rollback(True)

    assert numbering.take("permohonan", NOVEMBER, office).number == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_is_not_taken_outside_a_transaction():
    with pytest.raises(RuntimeError):
        numbering.take("permohonan", NOVEMBER, make_office())
    assert not NumberSeries.objects.exists()


@pytest.mark.django_db
def test_a_series_that_another_opened_a_moment_earlier_is_used(office, monkeypatch):
    def opened_meanwhile(register, year):
        NumberSeries.objects.create(register=register, year=year, last=7)
        _open_series(register, year)

    _open_series = numbering._open_series
    monkeypatch.setattr(numbering, "_open_series", opened_meanwhile)

    assert numbering.take("permohonan", NOVEMBER, office).number == 8


@pytest.mark.django_db
def test_peek_reserves_nothing(office):
    assert numbering.peek("permohonan", NOVEMBER, office) == "0001/XI/2026"
    numbering.take("permohonan", NOVEMBER, office)

    assert numbering.peek("permohonan", NOVEMBER, office) == "0002/XI/2026"
    assert NumberSeries.objects.get().last == 1


@pytest.mark.django_db
def test_the_office_writes_the_number_its_own_way(office):
    office.number_templates = {"permohonan": "{tahun}.{bulan:02}.{urut}/BLK"}

    assert numbering.take("permohonan", date(2026, 3, 1), office).printed == "2026.03.1/BLK"


def test_months_in_roman():
    months = [numbering.printed("r", 1, date(2026, month, 1), _office("{bulan_romawi}")) for month in range(1, 13)]

    assert months == ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]


def test_more_than_four_digits_are_written_out():
    assert numbering.printed("r", 12345, NOVEMBER, _office("{urut:04}")) == "12345"


def _office(template: str):
    office = numbering.Office()
    office.number_templates = {"r": template}
    return office


@pytest.mark.django_db
def test_the_year_turns_at_midnight_in_wib():
    late, early = make_order(), make_order()

    with clock.at(datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)):
        late = act("submit", late)
    with clock.at(datetime(2026, 12, 31, 17, 0, 0, tzinfo=UTC)):
        early = act("submit", early)

    assert (late.number, early.number) == ("0001/XII/2026", "0001/I/2027")
    assert list(Document.objects.order_by("year").values_list("year", "number")) == [(2026, 1), (2027, 1)]
    assert [document.payload["date"] for document in Document.objects.order_by("year")] == ["2026-12-31", "2027-01-01"]
