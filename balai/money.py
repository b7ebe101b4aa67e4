"""Rupiah and quantities: read as people write them, kept exactly, spelled out in words."""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.core.exceptions import ValidationError

from balai.formats import angka, rupiah

# The largest amount that terbilang can spell; a BigInteger column holds more.
MAX_RUPIAH = 999_999_999_999_999
MAX_QUANTITY = 1_000_000

_SMALL = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_SCALES = (
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (1000, "ribu"),
    (100, "ratus"),
    (10, "puluh"),
)

# [0-9] and not \d: digits of other scripts look alike and are never meant.
_PREFIX = r"(?:rp\s?\.?\s*)?"
_SUFFIX = r"(?:[,.]-|,00)?"
_RUPIAH = re.compile(rf"{_PREFIX}(0|[1-9][0-9]*|[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+){_SUFFIX}", re.IGNORECASE)
_SEN = re.compile(rf"{_PREFIX}[0-9][0-9.]*,(?!00)[0-9]{{2}}", re.IGNORECASE)
_NEGATIVE = re.compile(rf"{_PREFIX}[-\u2212\u2013(]\s*{_PREFIX}[0-9].*", re.IGNORECASE)

_QUANTITY = re.compile(r"[0-9]+(?:[.,]([0-9]+))?")
_AMBIGUOUS_QUANTITY = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_GROUPED_QUANTITY = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")


def terbilang(amount: int) -> str:
    """`2418000` -> `dua juta empat ratus delapan belas ribu rupiah`.

    Raises ValueError for a negative amount and above 999 triliun.
    """
    if not 0 <= amount <= MAX_RUPIAH:
        raise ValueError(f"Cannot be spelled out: {amount}")
    return f"{_spell(amount)} rupiah"


def _spell(n: int) -> str:
    if n < len(_SMALL):
        return _SMALL[n]
    if n < 20:
        return f"{_SMALL[n - 10]} belas"
    size, name = next(scale for scale in _SCALES if scale[0] <= n)
    count, rest = divmod(n, size)
    head = f"se{name}" if count == 1 and size in (100, 1000) else f"{_spell(count)} {name}"
    return f"{head} {_spell(rest)}" if rest else head


def line_amount(quantity: Decimal, price: int) -> int:
    """Quantity times unit price in whole rupiah; half a rupiah rounds up.

    The only place where an amount is rounded: totals are sums of lines already rounded.
    """
    return int((quantity * price).quantize(Decimal(1), ROUND_HALF_UP))


def parse_rupiah(text: str) -> int:
    """The whole rupiah that people write as `1.500.000`, `1500000`, `Rp. 25.000,-` or `Rp 1.500.000,00`.

    Raises ValueError with a message for the user for everything else: another grouping, sen, a negative,
    digits of other scripts, above MAX_RUPIAH.
    """
    text = text.strip()
    if match := _RUPIAH.fullmatch(text):
        digits = match[1].replace(".", "")
        if len(digits) > len(str(MAX_RUPIAH)):
            raise ValueError(f"Jumlah terlalu besar. Paling banyak {rupiah(MAX_RUPIAH)}.")
        return int(digits)
    if _NEGATIVE.fullmatch(text):
        raise ValueError("Jumlah tidak boleh kurang dari nol. Tulis tanpa tanda minus.")
    if _SEN.fullmatch(text):
        raise ValueError("Tulis rupiah bulat tanpa sen, misalnya 1.500.000.")
    if re.fullmatch(rf"{_PREFIX}[0-9][0-9.,\s]*", text, re.IGNORECASE):
        raise ValueError("Pisahkan setiap tiga angka dengan titik, misalnya 1.500.000, atau tulis 1500000.")
    raise ValueError("Tulis jumlah rupiah dengan angka, misalnya 1.500.000.")


def parse_quantity(text: str) -> Decimal:
    """`2,5` and `2.5` -> Decimal("2.5"); more than 0, at most MAX_QUANTITY, up to three decimals.

    Raises ValueError with a message for the user, also for `1.000`, which may mean a thousand or one.
    """
    text = text.strip()
    if _AMBIGUOUS_QUANTITY.fullmatch(text):
        thousand = text.replace(".", "")
        one = angka(Decimal(text))
        raise ValueError(f"{text} bisa dibaca dua cara. Tulis {thousand} atau {one if ',' in one else one + ',0'}.")
    if _GROUPED_QUANTITY.fullmatch(text):
        raise ValueError(f"Tulis jumlah tanpa titik pemisah ribuan: {text.replace('.', '')}.")
    match = _QUANTITY.fullmatch(text)
    if not match:
        raise ValueError("Tulis jumlah dengan angka, misalnya 4 atau 2,5.")
    if len((match[1] or "").rstrip("0")) > 3:
        raise ValueError("Tulis paling banyak tiga angka di belakang koma.")
    quantity = Decimal(text.replace(",", "."))
    if not 0 < quantity <= MAX_QUANTITY:
        raise ValueError(f"Jumlah harus lebih dari 0 dan paling banyak {angka(MAX_QUANTITY)}.")
    return quantity


class _TypedNumberField(forms.Field):
    """A text input for a number; `parse` turns what was typed into the value or raises ValueError."""

    widget = forms.TextInput
    parse: Callable[[str], int | Decimal]

    def to_python(self, value: object) -> int | Decimal | None:
        text = "" if value is None else str(self.prepare_value(value))
        if not text.strip():
            return None
        try:
            return self.parse(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def widget_attrs(self, widget: forms.Widget) -> dict:
        classes = f"{widget.attrs.get('class', '')} num".strip()
        return super().widget_attrs(widget) | {"class": classes, "autocomplete": "off"}


class RupiahField(_TypedNumberField):
    """Whole rupiah, from `min_value` to `max_value`; the page script groups what is typed (data-rupiah)."""

    parse = staticmethod(parse_rupiah)

    def __init__(self, *, min_value: int = 0, max_value: int = MAX_RUPIAH, **kwargs) -> None:
        self.min_value = min_value
        self.max_value = max_value
        super().__init__(**kwargs)

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is None:
            return
        if value < self.min_value:
            raise ValidationError(f"Jumlah paling sedikit {rupiah(self.min_value)}.", code="min_value")
        if value > self.max_value:
            raise ValidationError(f"Jumlah paling banyak {rupiah(self.max_value)}.", code="max_value")

    def prepare_value(self, value: object) -> object:
        """An initial amount grouped; what the user typed stays as typed."""
        return angka(value) if isinstance(value, int | Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return super().widget_attrs(widget) | {"inputmode": "numeric", "data-rupiah": True}


class QuantityField(_TypedNumberField):
    """A quantity with up to three decimals, more than 0 and at most MAX_QUANTITY."""

    parse = staticmethod(parse_quantity)

    def prepare_value(self, value: object) -> object:
        """An initial quantity as the field reads it: a decimal comma and no grouping."""
        return angka(value).replace(".", "") if isinstance(value, int | Decimal) else value

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return super().widget_attrs(widget) | {"inputmode": "decimal"}
