"""What a bank writes in its columns: days and amounts in the chosen form, money in and out, what cannot be read."""

from datetime import date
from decimal import Decimal

import pytest

from finance.statementcolumns import Columns, Unread, Verdict, guess, heads_of, letter, read_amount, read_day, read_row

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("hbt", "22/11/2026"),
        ("hbt", "22-11-26"),
        ("hbt", "22.11.2026 13:45:01"),
        ("hbt", "22 Nov 2026"),
        ("hbt", "22-November-2026"),
        ("tbh", "2026-11-22"),
        ("tbh", "2026-11-22T13:45:01+07:00"),
        ("tbh", "2026/11/22 08:00"),
        ("bht", "11/22/2026"),
    ],
)
def test_days_are_read_in_the_chosen_form(written, text):
    assert read_day(text, written) == read_day(DAY, written) == DAY


@pytest.mark.parametrize(
    ("written", "text"),
    [("hbt", "11/22/2026"), ("hbt", "2026-11-22"), ("tbh", "22/11/2026"), ("bht", "22/11/2026"), ("hbt", "31/02/2026")]
    + [("hbt", cell) for cell in ("31/12/9999", "01/01/1900", date(1899, 12, 31), date(9999, 12, 31))]
    + [("hbt", cell) for cell in ("", None, 46_000, "Saldo", "22/11", "22/XYZ/2026", "٢٢/١١/٢٠٢٦")],
)
def test_what_is_no_day_is_told(written, text):
    with pytest.raises(Unread, match="Bukan tanggal"):
        read_day(text, written)


@pytest.mark.parametrize(
    ("written", "text", "amount"),
    [
        ("titik", "1.500.000,00", 1_500_000),
        ("titik", "Rp 1.500.000", 1_500_000),
        ("titik", "1500000", 1_500_000),
        ("polos", "1500000", 1_500_000),
        ("polos", "1500000.00", 1_500_000),
        ("koma", "1,500,000.00", 1_500_000),
        ("koma", "IDR 1,500,000.00 CR", 1_500_000),
        ("koma", "1,500,000.00 DB", -1_500_000),
        ("koma", "-1,500.00", -1_500),
        ("titik", "(1.500)", -1_500),
        ("titik", 1_500_000, 1_500_000),
        ("koma", Decimal(1500000), 1_500_000),
        ("titik", None, 0),
    ],
)
def test_amounts_are_read_in_the_chosen_form(written, text, amount):
    assert read_amount(text, written) == amount


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("titik", "1,500,000.00"),
        ("titik", "1.50"),
        ("titik", "15.00.000"),
        ("koma", "1.500.000"),
        ("polos", "1.500.000"),
        ("titik", "1.500,50"),
        ("titik", Decimal("0.5")),
        ("titik", "1e9"),
        ("titik", "9" * 30),
        ("titik", 10**16),
        ("titik", "seribu"),
        ("titik", "1.500 XX"),
        ("titik", "١٥٠٠"),
    ],
)
def test_what_is_no_amount_is_told(written, text):
    with pytest.raises(Unread):
        read_amount(text, written)


def test_credit_debit_and_signs_part_money_in_from_money_out():
    both = Columns(day=0, amount=1, debit=2, description=3)
    assert read_row(("22/11/2026", "1.000", None, "x"), both).verdict == Verdict.UNKNOWN
    assert read_row(("22/11/2026", None, "1.000", "x"), both).verdict == Verdict.OUT
    assert read_row(("22/11/2026", "0", "1.000", "x"), both).amount == 1_000
    assert read_row(("22/11/2026", "5", "1.000", "x"), both).why == "Debit dan kredit sama-sama terisi"
    signed = Columns(day=0, amount=1, sign=2, description=3)
    assert [read_row(("22/11/2026", "1.000", sign, ""), signed).verdict for sign in ("CR", "K", "db", "D", "?")] == [
        Verdict.UNKNOWN,
        Verdict.UNKNOWN,
        Verdict.OUT,
        Verdict.OUT,
        Verdict.UNREAD,
    ]


@pytest.mark.parametrize("cells", [("Saldo akhir", "1.000"), ("22/11/2026", None), ("22/11/2026",), ("",)])
def test_a_row_that_says_nothing_is_unread_with_its_reason(cells):
    read = read_row(cells, Columns(day=0, amount=1))

    assert (read.verdict, read.day, read.amount) == (Verdict.UNREAD, None, None)
    assert read.why


def test_columns_are_guessed_from_the_heads_wherever_they_stand():
    rows = [
        ["Nomor rekening", "0001", None, None, None],
        ["Periode", "November 2026", None, None, None],
        ["No", "Transaction Date", "Remarks", "Credit Amount", "RRN"],
        ["1", "2026-11-22 10:00", "QRIS", "1,500,000.00", "QR-1"],
        ["2", "2026-11-23 10:00", "QRIS", "20,000.00", "QR-2"],
    ]

    guessed = guess(rows)

    assert guessed == Columns(
        day=1, amount=3, reference=4, description=2, day_format="tbh", amount_format="koma", head_row=3
    )
    assert heads_of(rows, 3)[1] == "Transaction Date"
    assert guess([["a", "b"], ["1", "2"]]) is None
    assert Columns.of_json(guessed.as_json) == guessed


def test_columns_are_named_as_a_spreadsheet_names_them():
    assert [letter(place) for place in (0, 25, 26, 59)] == ["A", "Z", "AA", "BH"]
