"""Rows of a form: added and removed by the server, empty ones without weight."""

import pytest
from django import forms
from django.http import QueryDict

from balai.forms import BalaiForm
from balai.rows import MAX_ROWS, row_formset, unjudged


class Row(BalaiForm):
    name = forms.CharField(label="Nama")
    unit = forms.CharField(label="Satuan", initial="buah")


Rows = row_formset(Row)
NeededRows = row_formset(Row, needs_one="Isi paling sedikit satu.")


def typed(*names: str, **more: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data["rows-TOTAL_FORMS"], data["rows-INITIAL_FORMS"] = str(len(names)), "0"
    for place, name in enumerate(names):
        data[f"rows-{place}-name"], data[f"rows-{place}-unit"] = name, "buah"
    data.update(more)
    return data


def names(data: QueryDict) -> list[str]:
    return [form["name"].value() for form in Rows(data, prefix="rows")]


def test_empty_rows_do_not_count():
    rows = Rows(typed("", "Poros", ""), prefix="rows")

    assert rows.is_valid()
    assert rows.rows == [{"name": "Poros", "unit": "buah"}]


def test_a_row_that_was_begun_must_be_complete():
    data = typed("Poros")
    data["rows-0-unit"] = ""

    assert not Rows(data, prefix="rows").is_valid()


def test_a_stored_row_may_be_emptied():
    data = typed("")
    data["rows-INITIAL_FORMS"] = "1"

    assert Rows(data, prefix="rows", initial=[{"name": "Poros", "unit": "buah"}]).is_valid()


def test_one_row_is_asked_for_where_it_is_needed():
    rows = NeededRows(typed("", ""), prefix="rows")

    assert not rows.is_valid()
    assert [bool(form.errors) for form in rows] == [True, False]
    assert NeededRows(typed("", "Poros"), prefix="rows").is_valid()
    assert NeededRows(typed(), prefix="rows").non_form_errors() == ["Isi paling sedikit satu."]


def test_a_row_is_added_with_what_a_new_row_says():
    data = typed("Poros", **{"tambah-rows": "1"})

    assert Rows.rearrange(data, "rows")
    assert names(data) == ["Poros", None]
    assert data["rows-1-unit"] == "buah"


@pytest.mark.parametrize(
    ("gone", "left"), [("0", ["B", "C"]), ("1", ["A", "C"]), ("2", ["A", "B"]), ("7", ["A", "B", "C"])]
)
def test_a_row_is_removed_and_those_below_move_up(gone, left):
    data = typed("A", "B", "C", **{"hapus-rows": gone})

    assert Rows.rearrange(data, "rows")
    assert names(data) == left


def test_another_button_changes_nothing():
    data = typed("A", "B", cari="1")
    before = data.copy()

    assert not Rows.rearrange(data, "rows")
    assert data == before


@pytest.mark.parametrize("total", ["", "x", "-1", "1e9", "99999", None])
def test_a_forged_count_does_no_harm(total):
    data = typed("A", **{"tambah-rows": "1"})
    if total is None:
        del data["rows-TOTAL_FORMS"]
    else:
        data["rows-TOTAL_FORMS"] = total

    Rows.rearrange(data, "rows")

    assert 1 <= len(Rows(data, prefix="rows").forms) <= MAX_ROWS


def test_no_more_rows_than_the_limit():
    data = typed(*["A"] * MAX_ROWS, **{"tambah-rows": "1"})

    Rows.rearrange(data, "rows")

    assert len(Rows(data, prefix="rows").forms) == MAX_ROWS


def test_unjudged_rows_show_what_was_typed_and_no_fault():
    rows = Rows(typed("", "x" * 9), prefix="rows")
    rows.data["rows-0-unit"] = ""
    unjudged(rows)

    assert [form["name"].value() for form in rows] == ["", "x" * 9]
    assert not any(form.errors for form in rows)
    assert not rows.non_form_errors()


def test_a_fresh_page_has_the_stored_rows_or_an_empty_one():
    assert len(Rows(prefix="rows").forms) == 1
    assert [form["name"].value() for form in Rows(prefix="rows", initial=[{"name": "A"}, {"name": "B"}])] == ["A", "B"]
