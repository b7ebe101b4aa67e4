"""Rupiah: what people write is read exactly or refused with a sentence that helps, and is spelled out right."""

import random
import re
from decimal import Decimal

import pytest

from balai.formats import angka, rupiah
from balai.money import MAX_RUPIAH, line_amount, parse_rupiah, terbilang

READ = {
    "0": 0,
    "1": 1,
    "500": 500,
    "1000": 1000,
    "1.000": 1000,
    "1500": 1500,
    "1.500": 1500,
    "25000": 25_000,
    "150.000": 150_000,
    "1500000": 1_500_000,
    "1.500.000": 1_500_000,
    "Rp1.500.000": 1_500_000,
    "Rp 1.500.000": 1_500_000,
    "Rp\xa01.500.000": 1_500_000,
    "rp1.500.000": 1_500_000,
    "RP 1500000": 1_500_000,
    "Rp. 25.000,-": 25_000,
    "Rp.25.000,-": 25_000,
    "Rp 25.000.-": 25_000,
    "25.000,-": 25_000,
    "25000,-": 25_000,
    "Rp 1.500.000,00": 1_500_000,
    "1.500.000,00": 1_500_000,
    "1500000,00": 1_500_000,
    "Rp0": 0,
    "  1.500.000  ": 1_500_000,
    "1.500.000\n": 1_500_000,
    "999.999.999.999.999": MAX_RUPIAH,
    "999999999999999": MAX_RUPIAH,
}
GROUPING = "Pisahkan setiap tiga angka dengan titik, misalnya 1.500.000, atau tulis 1500000."
NEGATIVE = "Jumlah tidak boleh kurang dari nol. Tulis tanpa tanda minus."
SEN = "Tulis rupiah bulat tanpa sen, misalnya 1.500.000."
DIGITS = "Tulis jumlah rupiah dengan angka, misalnya 1.500.000."
TOO_MUCH = "Jumlah terlalu besar. Paling banyak Rp999.999.999.999.999."
REFUSED = {
    "1.50": GROUPING,
    "1.5": GROUPING,
    "1,500": GROUPING,
    "1,500,000": GROUPING,
    "1.500,000": GROUPING,
    "15.00": GROUPING,
    "1.5000": GROUPING,
    "1500.000": GROUPING,
    "0.500": GROUPING,
    "1..500": GROUPING,
    "1.500.": GROUPING,
    "1.50.000": GROUPING,
    "1 500 000": GROUPING,
    "15.00,00": GROUPING,
    "007": GROUPING,
    "00": GROUPING,
    "Rp 1,5": GROUPING,
    "1.500,5": GROUPING,
    "1,50": SEN,
    "1.500.000,50": SEN,
    "Rp 250,75": SEN,
    "-5": NEGATIVE,
    "-5.000": NEGATIVE,
    "- 5000": NEGATIVE,
    "Rp-5.000": NEGATIVE,
    "-Rp5.000": NEGATIVE,
    "\u22125000": NEGATIVE,
    "(5.000)": NEGATIVE,
    "1e9": DIGITS,
    "1E9": DIGITS,
    "0x10": DIGITS,
    "1_000": DIGITS,
    "+5000": DIGITS,
    "NaN": DIGITS,
    "inf": DIGITS,
    "Rp": DIGITS,
    ".": DIGITS,
    ",-": DIGITS,
    ".500": DIGITS,
    "15 ribu": DIGITS,
    "1,5 juta": DIGITS,
    "25rb": DIGITS,
    "USD 5": DIGITS,
    "$5": DIGITS,
    "5000 ; DROP": DIGITS,
    "=5000": DIGITS,
    "<script>": DIGITS,
    "١٢٣": DIGITS,
    "१२३": DIGITS,
    "１５００": DIGITS,
    "5²": DIGITS,
    "1.٥٠٠": DIGITS,
    "1000000000000000": TOO_MUCH,
    "1.000.000.000.000.000": TOO_MUCH,
    "9" * 5000: TOO_MUCH,
}


@pytest.mark.parametrize(("text", "amount"), READ.items())
def test_rupiah_as_people_write_it(text, amount):
    assert parse_rupiah(text) == amount


@pytest.mark.parametrize(("text", "message"), REFUSED.items())
def test_rupiah_refused_with_a_sentence(text, message):
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        parse_rupiah(text)


def test_the_table_is_long_enough():
    assert len(READ) + len(REFUSED) >= 60


def test_what_is_shown_is_read_back():
    chance = random.Random(17)
    amounts = [chance.randrange(10 ** chance.randrange(1, 16)) for _ in range(100_000)]
    for amount in amounts:
        assert parse_rupiah(rupiah(amount)) == amount
        assert parse_rupiah(f"Rp. {angka(amount)},-") == amount


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (101, "seratus satu"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1000, "seribu"),
        (1001, "seribu satu"),
        (1100, "seribu seratus"),
        (2000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (21_000, "dua puluh satu ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_100_100, "satu juta seratus ribu seratus"),
        (2_418_000, "dua juta empat ratus delapan belas ribu"),
        (1_000_000_000, "satu miliar"),
        (1_000_001_000, "satu miliar seribu"),
        (1_000_000_000_000, "satu triliun"),
        (
            MAX_RUPIAH,
            "sembilan ratus sembilan puluh sembilan triliun sembilan ratus sembilan puluh sembilan miliar "
            "sembilan ratus sembilan puluh sembilan juta sembilan ratus sembilan puluh sembilan ribu "
            "sembilan ratus sembilan puluh sembilan",
        ),
    ],
)
def test_terbilang(amount, words):
    assert terbilang(amount) == f"{words} rupiah"


@pytest.mark.parametrize("amount", [-1, MAX_RUPIAH + 1])
def test_terbilang_refuses_what_it_cannot_spell(amount):
    with pytest.raises(ValueError, match="spelled"):
        terbilang(amount)


UNITS = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def group_in_words(hundreds: int, tens: int, units: int) -> list[str]:
    """Three digits, spelled by other rules than the ones under test: digit by digit, from a table."""
    words = []
    if hundreds:
        words += ["seratus"] if hundreds == 1 else [UNITS[hundreds], "ratus"]
    if tens == 1:
        teens = {0: ["sepuluh"], 1: ["sebelas"]}
        return words + teens.get(units, [UNITS[units], "belas"])
    if tens:
        words += [UNITS[tens], "puluh"]
    return words + ([UNITS[units]] if units else [])


def slow_terbilang(amount: int) -> str:
    digits = [int(digit) for digit in f"{amount:015}"]
    words = []
    for place, scale in enumerate(["triliun", "miliar", "juta", "ribu", ""]):
        group = digits[place * 3 : place * 3 + 3]
        if scale == "ribu" and group == [0, 0, 1]:
            words.append("seribu")
        elif any(group):
            words += [*group_in_words(*group), *([scale] if scale else [])]
    return " ".join(words or ["nol"]) + " rupiah"


def test_terbilang_agrees_with_an_independent_speller():
    chance = random.Random(5)
    amounts = [*range(20_000), *(chance.randrange(10 ** chance.randrange(5, 16)) for _ in range(80_000))]
    assert [n for n in amounts if terbilang(n) != slow_terbilang(n)] == []


@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [
        ("14", 45_000, 630_000),
        ("2.5", 30_000, 75_000),
        ("0.5", 1, 1),
        ("0.499", 1, 0),
        ("1.5", 3, 5),
        ("2.5", 1, 3),
        ("0.333", 1000, 333),
        ("1000000", 999_999_999_999_999, 999_999_999_999_999_000_000),
    ],
)
def test_a_line_is_rounded_once_half_up(quantity, price, amount):
    assert line_amount(Decimal(quantity), price) == amount
