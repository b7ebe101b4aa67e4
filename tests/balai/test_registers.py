"""The sheets of a register: rows cut so that the closing block fits, money carried over from page to page."""

import pytest

from balai.registers import MAX_ROWS, TooLong, cut, long_notes, pages


@pytest.mark.parametrize(
    ("rows", "sizes"),
    [
        (0, [0]),
        (1, [1]),
        (9, [9]),
        (10, [7, 3]),
        (15, [12, 3]),
        (16, [15, 1]),
        (24, [15, 9]),
        (25, [15, 7, 3]),
        (30, [15, 12, 3]),
        (39, [15, 15, 9]),
    ],
)
def test_the_last_page_has_room_for_the_closing_block(rows, sizes):
    parts = cut(list(range(rows)))
    assert [len(part) for part in parts] == sizes
    assert [row for part in parts for row in part] == list(range(rows))


def two_columns(rows):
    return pages(rows, money=lambda row: (row, -row), columns=2, shown=str)


def test_every_page_says_its_sum_what_came_before_and_what_goes_on():
    first, second = two_columns([1] * 10 + [5] * 10)
    assert [(line["label"], line["amounts"]) for line in first["sums"]] == [
        ("Jumlah halaman ini", [35, -35]),
        ("Jumlah pindahan dari halaman sebelumnya", [0, 0]),
        ("Jumlah dipindahkan ke halaman berikutnya", [35, -35]),
    ]
    assert [(line["label"], line["amounts"]) for line in second["sums"]] == [
        ("Jumlah halaman ini", [25, -25]),
        ("Jumlah pindahan dari halaman sebelumnya", [35, -35]),
        ("Jumlah seluruhnya", [60, -60]),
    ]
    assert first["rows"][:2] == ["1", "1"]


def test_an_empty_month_is_one_page_of_zeros():
    [page] = two_columns([])
    assert page["rows"] == []
    assert [line["amounts"] for line in page["sums"]] == [[0, 0]] * 3


def test_too_many_rows_are_refused_with_their_number():
    assert len(two_columns([1] * MAX_ROWS)) == 68
    with pytest.raises(TooLong) as refused:
        two_columns([1] * (MAX_ROWS + 1))
    assert refused.value.rows == MAX_ROWS + 1


@pytest.mark.parametrize(("letters", "places"), [(20, []), (11, [2]), (8, [1, 2])])
def test_a_note_of_more_than_two_lines_is_printed_in_full_behind_the_book(letters, places):
    notes = [(1, "0001", "BATAL 1 Nov: salah"), (2, "0002", "BATAL 2 Nov: salah ketik"), (None, "", "x" * 99)]

    assert [note["place"] for note in long_notes(notes, letters)] == places
