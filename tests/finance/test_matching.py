"""Which row of a statement is which payment: pure, deterministic, one to one, whatever the order."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.matching import NEAR, NOT_FOUND, Entry, Finding, Paid, State, Verdict, key, match

DAY = date(2026, 11, 20)


def entry(number: int = 2, **said) -> Entry:
    return Entry(**{"number": number, "day": DAY, "reference": "", "description": "", "amount": 620_000} | said)


def paid(pk: int = 1, **known) -> Paid:
    return Paid(**{"id": pk, "reference": "QR-000123", "amount": 620_000, "settled_on": DAY} | known)


def found(one: Entry, *payments: Paid) -> Finding:
    return match([one], payments)[one.number]


@pytest.mark.parametrize(
    "said",
    [
        {"reference": "QR-000123"},
        {"reference": "qr000123"},
        {"reference": " QR 000123 "},
        {"description": "TRF QRIS QR-000123 SITI"},
        {"reference": "BANK-9", "description": "bayar qr 000123/retribusi"},
        {"reference": "QR-000123/CONTOH"},
    ],
)
def test_a_payment_is_known_by_its_reference_however_the_bank_writes_it(said):
    assert found(entry(**said), paid()) == Finding(Verdict.MATCH, "", 1)


@pytest.mark.parametrize(
    "said",
    [
        {"reference": "QR-0001234"},
        {"description": "QR-0001234"},
        {"description": "XQR-000123"},
    ],
)
def test_half_a_reference_is_none(said):
    assert found(entry(amount=1, **said), paid()) == Finding(Verdict.UNKNOWN, NOT_FOUND)


@pytest.mark.parametrize("reference", ["TRANSFER", "QR1", "-"])
def test_a_reference_that_stands_in_every_description_tells_nothing(reference):
    told = entry(description=f"{reference} DARI SITI", amount=1)

    assert found(told, paid(reference=reference)).why == NOT_FOUND
    assert found(entry(reference=reference), paid(reference=reference)).verdict == Verdict.MATCH


def test_numbers_are_known_without_the_zeros_that_excel_drops():
    assert key("000123") == key("123") == "123"
    assert found(entry(reference="4711"), paid(reference="004711")).payment == 1


def test_what_differs_is_told():
    told = found(entry(reference="QR-000123", amount=600_000), paid())
    assert told == Finding(Verdict.DIFFERS, "Jumlah beda: di bank Rp600.000, di buku Rp620.000", 1)
    told = found(entry(reference="QR-000123", day=DAY + NEAR + timedelta(1)), paid())
    assert told == Finding(Verdict.DIFFERS, "Tanggal beda: di bank 24 Nov 2026, di buku 20 Nov 2026", 1)
    assert found(entry(reference="QR-000123", day=DAY + NEAR), paid()).verdict == Verdict.MATCH


def test_amount_and_day_are_enough_where_only_one_can_be_meant():
    assert found(entry(reference="BANK-1", day=DAY + NEAR), paid()) == Finding(
        Verdict.MATCH, "Referensi di buku QR-000123; jumlah dan tanggal cocok", 1
    )
    assert found(entry(day=DAY + NEAR + timedelta(1)), paid()).verdict == Verdict.UNKNOWN
    two = found(entry(), paid(), paid(2, reference="QR-000124"))
    assert (two.verdict, two.payment) == (Verdict.UNKNOWN, None)
    both = match([entry(2), entry(3, day=DAY + timedelta(1))], [paid()])
    assert {each.verdict for each in both.values()} == {Verdict.UNKNOWN}


def test_the_same_reference_twice_is_double():
    both = match([entry(2, reference="QR-000123", amount=1), entry(3, reference="QR-000123")], [paid()])

    assert both[3].verdict == Verdict.MATCH
    assert both[2] == Finding(Verdict.DOUBLE, "Referensinya sudah ada di baris 3")


def test_what_was_reconciled_or_reversed_is_no_match():
    assert found(entry(reference="QR-000123"), paid(state=State.RECONCILED)).verdict == Verdict.DOUBLE
    reversed_ = found(entry(reference="QR-000123"), paid(state=State.REVERSED))
    assert (reversed_.verdict, reversed_.payment) == (Verdict.UNKNOWN, None)
    again = found(entry(reference="QR-000123"), paid(state=State.REVERSED), paid(2))
    assert again == Finding(Verdict.MATCH, "", 2)
    assert found(entry(), paid(state=State.REVERSED)).why == NOT_FOUND


references = st.sampled_from(["", "QR-000123", "QR000123", "TRX-77001", "77001", "X"])
days = st.integers(-5, 5).map(lambda days: DAY + timedelta(days))
amounts = st.sampled_from([1_000, 620_000, 620_001])
entries = st.lists(st.tuples(days, references, references, amounts), max_size=9)
payments = st.lists(st.tuples(references, amounts, days, st.sampled_from(State)), max_size=9)


@given(entries, payments, st.randoms(use_true_random=False))
def test_order_does_not_matter_and_nothing_is_taken_twice(said, known, chance):
    ledger = [Paid(number, *facts) for number, facts in enumerate(known)]
    rows = [Entry(number, *facts) for number, facts in enumerate(said)]

    found = match(rows, ledger)

    chosen = [finding.payment for finding in found.values() if finding.payment is not None]
    assert len(chosen) == len(set(chosen))
    assert found.keys() == {row.number for row in rows}
    for row in rows:
        finding = found[row.number]
        assert (finding.payment is not None) == (finding.verdict in (Verdict.MATCH, Verdict.DIFFERS))
        if finding.verdict == Verdict.MATCH:
            assert ledger[finding.payment].state is State.OPEN
            assert ledger[finding.payment].amount == row.amount
            assert abs(ledger[finding.payment].settled_on - row.day) <= NEAR
    chance.shuffle(ledger)
    chance.shuffle(said)
    shuffled = [Entry(number, *facts) for number, facts in enumerate(said)]
    assert _contents(shuffled, match(shuffled, ledger)) == _contents(rows, found)


def _contents(rows: list[Entry], found: dict[int, Finding]) -> Counter:
    """What was found for which words, whatever row they stand in."""
    return Counter(
        (row.day, row.reference, row.description, row.amount, found[row.number].verdict, found[row.number].payment)
        for row in rows
    )
