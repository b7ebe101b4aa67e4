"""Telephone numbers: many spellings, one form to keep, one form to show."""

import pytest
from django import forms

from balai.phone import PhoneField, call_url, normalise_phone, telepon, whatsapp_url


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("081200001122", "6281200001122"),
        ("0812-0000-1122", "6281200001122"),
        ("0812 0000 1122", "6281200001122"),
        ("0812.0000.1122", "6281200001122"),
        ("+6281200001122", "6281200001122"),
        ("+62 812 0000 1122", "6281200001122"),
        ("+62 812-0000-1122", "6281200001122"),
        ("+62 (0) 812 0000 1122", "6281200001122"),
        ("(+62) 81200001122", "6281200001122"),
        ("6281200001122", "6281200001122"),
        ("62-812-0000-1122", "6281200001122"),
        ("00628120000 1122", "6281200001122"),
        ("81200001122", "6281200001122"),
        ("\u202a+62 812\u20110000\u20111122\u202c", "6281200001122"),
        ("0812\xa00000\xa01122", "6281200001122"),
        ("  081200001122\n", "6281200001122"),
        ("0811123456", "62811123456"),
        ("0895000000000", "62895000000000"),
        ("(024) 7600000", "62247600000"),
        ("024-7600000", "62247600000"),
        ("+62 24 7600000", "62247600000"),
        ("(0271) 700000", "62271700000"),
        ("021/50000000", "622150000000"),
    ],
)
def test_spellings_of_one_number(text, number):
    assert normalise_phone(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "12345",
        "0812",
        "0812000",
        "08120000112233",
        "0247600",
        "0247600000000",
        "0812 0000 1122 / 0813 0000 1122",
        "+1 202 555 0100",
        "+44 20 7946 0000",
        "0012025550100",
        "0812-0000-1122 ext 3",
        "nol delapan satu dua",
        "\u0660\u0668\u0661\u0662\u0660\u0660\u0660\u0660\u0661\u0661\u0662\u0662",
        "０８１２００００１１２２",
        "0812000011_2",
        "=0812+1",
        "+",
        "62",
        "(0)",
        "0012345678",
        "000000000000",
    ],
)
def test_what_is_not_one_indonesian_number_is_refused(text):
    with pytest.raises(ValueError, match="Tulis satu nomor telepon"):
        normalise_phone(text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("6281200001122", "0812 0000 1122"),
        ("62811123456", "0811 123 456"),
        ("628111234567", "0811 123 4567"),
        ("62895000000000", "0895 0000 00000"),
        ("62247600000", "(024) 7600000"),
        ("62271700000", "(0271) 700000"),
        ("0812-0000-1122", "0812 0000 1122"),
        ("tidak ada", "tidak ada"),
        ("", ""),
        (None, ""),
    ],
)
def test_shown(value, shown):
    assert telepon(value) == shown


def test_links():
    assert whatsapp_url("6281200001122") == "https://wa.me/6281200001122"
    assert whatsapp_url("62247600000") == whatsapp_url("") == whatsapp_url(None) == ""
    assert call_url("62247600000") == "tel:+62247600000"
    assert call_url("") == call_url(None) == ""


class ContactForm(forms.Form):
    phone = PhoneField(label="Nomor HP", required=False)


def test_the_field_keeps_digits_and_shows_groups():
    form = ContactForm({"phone": "+62 812 0000 1122"}, initial={"phone": "6281200001122"})
    assert form.is_valid()
    assert form.cleaned_data == {"phone": "6281200001122"}
    assert not form.has_changed()
    assert 'value="0812 0000 1122"' in str(ContactForm(initial={"phone": "6281200001122"})["phone"])
    assert 'inputmode="tel"' in str(form["phone"])


def test_the_field_keeps_what_was_typed_wrong():
    form = ContactForm({"phone": "0812"})
    assert form.errors["phone"] == ["Tulis satu nomor telepon Indonesia, misalnya 0812 0000 1122 atau (024) 7600000."]
    assert 'value="0812"' in str(form["phone"])
    assert ContactForm({"phone": " "}).is_valid()
