"""Quantities, and the form fields of quantities and amounts."""

from decimal import Decimal

import pytest
from django import forms

from balai.money import QuantityField, RupiahField, parse_quantity


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("4", "4"),
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("0,125", "0.125"),
        ("0.125", "0.125"),
        ("1,500", "1.5"),
        ("1,0", "1"),
        ("1000", "1000"),
        ("1234.567", "1234.567"),
        ("2,5000", "2.5"),
        (" 14 ", "14"),
        ("1000000", "1000000"),
    ],
)
def test_quantity_as_people_write_it(text, quantity):
    assert parse_quantity(text) == Decimal(quantity)


WRITE = "Tulis jumlah dengan angka"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1.000", r"1\.000 bisa dibaca dua cara\. Tulis 1000 atau 1,0\."),
        ("12.345", r"12\.345 bisa dibaca dua cara\. Tulis 12345 atau 12,345\."),
        ("1.000.000", "tanpa titik pemisah ribuan: 1000000"),
        ("1.000,5", "tanpa titik pemisah ribuan: 1000,5"),
        ("0", "lebih dari 0"),
        ("0,000", "lebih dari 0"),
        ("1000001", "paling banyak 1.000.000"),
        ("9" * 5000, "paling banyak 1.000.000"),
        ("0,0001", "tiga angka di belakang koma"),
        (f"1,{'0' * 40}1", "tiga angka di belakang koma"),
        ("-1", WRITE),
        ("\u22121", WRITE),
        ("1e9", WRITE),
        ("1e3", WRITE),
        ("NaN", WRITE),
        ("Infinity", WRITE),
        ("1,2,3", WRITE),
        ("1,000,000", WRITE),
        (",5", WRITE),
        ("5,", WRITE),
        ("1/2", WRITE),
        ("½", WRITE),
        ("٤", WRITE),
        ("４", WRITE),
        ("dua", WRITE),
        ("2 jam", WRITE),
        ("1_000", WRITE),
    ],
)
def test_quantity_refused_with_a_sentence(text, message):
    with pytest.raises(ValueError, match=message):
        parse_quantity(text)


class EstimateForm(forms.Form):
    price = RupiahField(label="Harga", min_value=1, max_value=5_000_000)
    discount = RupiahField(label="Potongan", required=False)
    quantity = QuantityField(label="Jumlah")


def test_a_form_reads_amounts_and_quantities():
    form = EstimateForm({"price": "Rp 1.500.000", "discount": "", "quantity": "2,5"})
    assert form.is_valid()
    assert form.cleaned_data == {"price": 1_500_000, "discount": None, "quantity": Decimal("2.5")}


def test_a_form_shows_initial_values_as_it_reads_them():
    form = EstimateForm(initial={"price": 1_500_000, "discount": 0, "quantity": Decimal("1000.500")})
    assert form["price"].value() == "1.500.000"
    assert form["discount"].value() == "0"
    assert form["quantity"].value() == "1000,5"
    shown = {name: form[name].value() for name in form.fields}
    again = EstimateForm(shown, initial=form.initial)
    assert again.is_valid()
    assert not again.has_changed()


def test_only_another_value_is_a_change():
    initial = {"price": 1_500_000, "discount": None, "quantity": Decimal("2.500")}
    same = EstimateForm({"price": "1500000", "discount": " ", "quantity": "2.5"}, initial=initial)
    assert same.changed_data == []
    other = EstimateForm({"price": "1.500.001", "discount": "0", "quantity": "x"}, initial=initial)
    assert other.changed_data == ["price", "discount", "quantity"]


def test_numbers_given_by_code_are_not_read_as_text():
    form = EstimateForm({"price": 1_500_000, "discount": 0, "quantity": Decimal("1.000")})
    assert form.is_valid()
    assert form.cleaned_data == {"price": 1_500_000, "discount": 0, "quantity": Decimal(1)}


def test_a_form_keeps_what_was_typed_and_says_what_to_do():
    form = EstimateForm({"price": "1.50", "discount": "-5", "quantity": "1.000"})
    assert form.errors == {
        "price": ["Pisahkan setiap tiga angka dengan titik, misalnya 1.500.000, atau tulis 1500000."],
        "discount": ["Jumlah tidak boleh kurang dari nol. Tulis tanpa tanda minus."],
        "quantity": ["1.000 bisa dibaca dua cara. Tulis 1000 atau 1,0."],
    }
    assert [form[name].value() for name in form.fields] == ["1.50", "-5", "1.000"]


def test_limits_of_a_field():
    form = EstimateForm({"price": "0", "quantity": ""})
    assert form.errors["price"] == ["Jumlah paling sedikit Rp1."]
    assert "quantity" in form.errors
    over = EstimateForm({"price": "5.000.001", "quantity": "1"})
    assert over.errors["price"] == ["Jumlah paling banyak Rp5.000.000."]


def test_widgets_are_text_inputs_for_numbers():
    form = EstimateForm()
    price = str(form["price"])
    assert 'type="text"' in price
    assert 'inputmode="numeric"' in price
    assert 'class="num"' in price
    assert " data-rupiah" in price
    quantity = str(form["quantity"])
    assert 'inputmode="decimal"' in quantity
    assert "data-rupiah" not in quantity
    classed = RupiahField(widget=forms.TextInput(attrs={"class": "besar"}))
    assert classed.widget.attrs["class"] == "besar num"
