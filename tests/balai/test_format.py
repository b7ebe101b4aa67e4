"""Numbers, dates and identities as they are shown, the same in Python and in a template."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.template import Context, Engine

from balai import clock, formats
from balai.templatetags.balai_format import berpenggal

MOMENT = datetime(2026, 11, 22, 2, 12, tzinfo=UTC)  # 09.12 WIB


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "Rp0"),
        (999, "Rp999"),
        (1_500_000, "Rp1.500.000"),
        ("1500000", "Rp1.500.000"),
        (Decimal("1500000.00"), "Rp1.500.000"),
        (-5000, "-Rp5.000"),
        (None, ""),
        ("", ""),
    ],
)
def test_rupiah(value, shown):
    assert formats.rupiah(value) == shown


@pytest.mark.parametrize("value", [Decimal("1.5"), "1.5", "abc", "NaN", Decimal("Infinity")])
def test_rupiah_refuses_what_is_not_whole_rupiah(value):
    with pytest.raises(ValueError, match="Not a"):
        formats.rupiah(value)


@pytest.mark.parametrize("value", [1.5, 2.0, True])
def test_floats_are_never_shown_as_numbers(value):
    with pytest.raises(TypeError):
        formats.angka(value)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"),
        (1_500_000, "1.500.000"),
        (Decimal("2.5"), "2,5"),
        (Decimal("2.500"), "2,5"),
        (Decimal("14.000"), "14"),
        (Decimal("1E+3"), "1.000"),
        (Decimal("1234.125"), "1.234,125"),
        ("2.500", "2,5"),
        (-1234, "-1.234"),
        (None, ""),
    ],
)
def test_angka(value, shown):
    assert formats.angka(value) == shown


@pytest.mark.parametrize(
    "value", [date(2026, 11, 22), MOMENT, "2026-11-22", "2026-11-22T02:12:00Z", "2026-11-21T20:00:00-04:00"]
)
def test_dates_in_four_lengths(value):
    assert formats.tanggal(value) == "22 Nov 2026"
    assert formats.tanggal_pendek(value) == "22 Nov"
    assert formats.tanggal_panjang(value) == "22 November 2026"
    assert formats.hari_tanggal(value) == "Minggu, 22 November 2026"


def test_months_and_days_are_indonesian():
    months = [formats.tanggal(date(2026, month, 1)).split()[1] for month in range(1, 13)]
    assert months == "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()  # noqa: SIM905 - reads better
    days = [formats.hari_tanggal(date(2026, 6, day)).split(",")[0] for day in range(1, 8)]
    assert days == ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]


def test_the_date_is_that_of_jakarta():
    new_year = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    assert formats.tanggal(new_year) == "1 Jan 2027"
    assert formats.waktu(new_year) == "1 Jan 2027 00.00"


def test_times():
    assert formats.waktu(MOMENT) == formats.waktu("2026-11-22T02:12:00Z") == "22 Nov 2026 09.12"
    assert formats.jam(MOMENT) == formats.jam(time(9, 12)) == "09.12"
    assert formats.waktu(None) == formats.jam("") == formats.tanggal(None) == formats.hari_tanggal(None) == ""


@pytest.mark.parametrize("value", [datetime(2026, 11, 22, 9, 12), "2026-11-22T09:12", "22-11-2026", "besok"])  # noqa: DTZ001
def test_a_moment_without_zone_is_a_fault(value):
    with pytest.raises(ValueError, match=r"zone|isoformat"):
        formats.waktu(value)
    with pytest.raises(ValueError, match=r"zone|isoformat"):
        formats.tanggal(value)


def test_a_date_has_no_time_of_day():
    with pytest.raises(ValueError, match="Not a moment"):
        formats.jam(date(2026, 11, 22))


def test_identities():
    assert formats.nip("000000000000000002") == "00000000 000000 0 002"
    assert formats.nip("00000000 000000 0 002") == "00000000 000000 0 002"
    assert formats.nip("12345") == "12345"
    assert formats.nip(None) == ""
    assert formats.nik_samar("3300000000001234") == "************1234"
    assert formats.nik_samar("1234567") == "*******"
    assert formats.nik_samar(None) == ""


def test_filters_give_what_the_functions_give():
    engine = Engine(libraries={"balai_format": "balai.templatetags.balai_format"})
    template = engine.from_string(
        "{% load balai_format %}{{ n|rupiah }}|{{ n|angka }}|{{ n|terbilang }}|{{ m|tanggal }}|{{ m|tanggal_panjang }}|"
        "{{ m|hari_tanggal }}|{{ m|waktu }}|{{ m|jam }}|{{ p|telepon }}|{{ nip|nip }}|{{ nik|nik_samar }}|"
        "{{ p|tautan_whatsapp }}|{{ p|tautan_telepon }}"
    )
    context = {"n": 2_418_000, "m": MOMENT, "p": "6281200001122", "nip": "0" * 18, "nik": "3300000000001234"}
    assert template.render(Context(context)).split("|") == [
        "Rp2.418.000",
        "2.418.000",
        "dua juta empat ratus delapan belas ribu rupiah",
        "22 Nov 2026",
        "22 November 2026",
        "Minggu, 22 November 2026",
        "22 Nov 2026 09.12",
        "09.12",
        "0812 0000 1122",
        "00000000 000000 0 000",
        "************1234",
        "https://wa.me/6281200001122",
        "tel:+6281200001122",
    ]
    assert set(template.render(Context(dict.fromkeys(context)))) == {"|"}


def test_the_filters_leave_escaping_on():
    engine = Engine(libraries={"balai_format": "balai.templatetags.balai_format"})
    template = engine.from_string("{% load balai_format %}{{ p|telepon }}{{ p|nip }}{{ p|berpenggal }}")
    assert "<" not in template.render(Context({"p": "<script>"}))


def test_a_number_may_break_after_its_slashes():
    assert berpenggal("0044/STS/<b>") == "0044/<wbr>STS/<wbr>&lt;b&gt;"
    assert berpenggal("langsung") == "langsung"


def test_the_clock_can_be_moved_and_comes_back():
    moment = datetime(2026, 12, 31, 17, 0, tzinfo=UTC)
    with clock.at(moment):
        assert clock.now() == moment
        assert clock.today() == date(2027, 1, 1)
        with clock.at(datetime(2026, 12, 31, 16, 59, 59, tzinfo=UTC)):
            assert clock.today() == date(2026, 12, 31)
        assert clock.now() == moment
    assert clock.now() != moment


def test_the_clock_refuses_a_moment_without_zone():
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 12, 31)):  # noqa: DTZ001
        pass
