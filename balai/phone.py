"""Indonesian telephone numbers: kept as `62…` digits, shown as people write them, linked to WhatsApp."""

import re
from urllib.parse import quote

from django import forms
from django.core.exceptions import ValidationError

# What people and address books put between the digits, bidi marks of a pasted contact included.
_SEPARATORS = re.compile(r"[\s().\-/\u2010-\u2015\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NATIONAL_PREFIX = re.compile(r"(?:\+62|0062|62|0)0?(?=[2-9])|(?=8)")
_MOBILE = re.compile(r"8[0-9]{8,11}")
_LANDLINE = re.compile(r"[2-79][0-9]{6,10}")
# The five large cities have area codes of three digits with the 0; all others have four.
_SHORT_AREA_CODES = ("21", "22", "24", "31", "61")

NOT_A_NUMBER = "Tulis satu nomor telepon Indonesia, misalnya 0812 0000 1122 atau (024) 7600000."


def normalise_phone(text: str) -> str:
    """`0812-0000-1122`, `+62 812 0000 1122`, `(024) 7600000` -> `6281200001122`, `62247600000`.

    Raises ValueError with a message for the user when it is not one Indonesian number.
    """
    compact = _SEPARATORS.sub("", text)
    prefix = _NATIONAL_PREFIX.match(compact)
    if not prefix:
        raise ValueError(NOT_A_NUMBER)
    national = compact[prefix.end() :]
    if not (_MOBILE.fullmatch(national) or _LANDLINE.fullmatch(national)):
        raise ValueError(NOT_A_NUMBER)
    return f"62{national}"


def pretty_phone(number: str) -> str:
    """`6281200001122` -> `0812 0000 1122`, `62247600000` -> `(024) 7600000`; other text as it is."""
    national = number.removeprefix("62")
    if national == number:
        return number
    if national.startswith("8"):
        middle = 4 if len(national) > 10 else 3
        local = f"0{national}"
        return f"{local[:4]} {local[4 : 4 + middle]} {local[4 + middle :]}"
    area = 2 if national.startswith(_SHORT_AREA_CODES) else 3
    return f"(0{national[:area]}) {national[area:]}"


def telepon(value: str | None) -> str:
    """Any spelling of a number as it is shown; what is not an Indonesian number stays as it was written."""
    if not value:
        return ""
    try:
        return pretty_phone(normalise_phone(value))
    except ValueError:
        return value


def whatsapp_url(number: str | None, text: str = "") -> str:
    """`0812 0000 1122` -> `https://wa.me/6281200001122`, with `text` as the message to begin with.

    Empty for a landline, which has no WhatsApp, and for what is not one number.
    """
    digits = _digits(number)
    message = f"?text={quote(text)}" if text else ""
    return f"https://wa.me/{digits}{message}" if digits.startswith("628") else ""


def call_url(number: str | None) -> str:
    """`0812 0000 1122` -> `tel:+6281200001122`; empty for what is not one number."""
    digits = _digits(number)
    return f"tel:+{digits}" if digits else ""


def _digits(text: str | None) -> str:
    try:
        return normalise_phone(text or "")
    except ValueError:
        return ""


class PhoneField(forms.CharField):
    """A telephone number; its cleaned value is the `62…` digits, or "" when it may be left empty."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        if text in self.empty_values:
            return ""
        try:
            return normalise_phone(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: object) -> object:
        return telepon(value) if isinstance(value, str) else value

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return super().widget_attrs(widget) | {"inputmode": "tel"}
