"""How numbers, dates and identities are written on screen and on paper.

Pure functions with their own tables: the same value gives the same text in a page, a PDF and a spreadsheet,
whatever the locale of the machine. An empty value (None or "") gives an empty text. A value that cannot be
what the function writes raises ValueError or TypeError: it is a fault of the program, not of the user.
"""

from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from balai.clock import WIB

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

Number = int | Decimal | str
Moment = date | datetime | str


def angka(value: Number | None) -> str:
    """`1500000` -> `1.500.000`; `Decimal("2.50")` -> `2,5`."""
    if _is_empty(value):
        return ""
    whole, _, fraction = f"{_decimal(value):,f}".partition(".")
    fraction = fraction.rstrip("0")
    text = whole.replace(",", ".")
    return f"{text},{fraction}" if fraction else text


def rupiah(value: Number | None) -> str:
    """`1500000` -> `Rp1.500.000`; `-5000` -> `-Rp5.000`. Raises ValueError for a part of a rupiah."""
    if _is_empty(value):
        return ""
    amount = _decimal(value)
    if amount != amount.to_integral_value():
        raise ValueError(f"Not a whole number of rupiah: {value!r}")
    return f"{'-' if amount < 0 else ''}Rp{angka(abs(amount))}"


def hours(minutes: int) -> Decimal:
    """Working time as people say it: `150` -> `Decimal("2.5")`, to two places, which tell whole minutes apart."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


def jam_kerja(minutes: int | None) -> str:
    """`150` -> `2,5 jam`."""
    return "" if minutes is None else f"{angka(hours(minutes))} jam"


def tanggal(value: Moment | None) -> str:
    """`22 Nov 2026`."""
    return "" if _is_empty(value) else _short_date(_day(value))


def tanggal_pendek(value: Moment | None) -> str:
    """`22 Nov`, where the year is plain from what stands around."""
    return tanggal(value).rpartition(" ")[0]


def tanggal_panjang(value: Moment | None) -> str:
    """`22 November 2026`."""
    return "" if _is_empty(value) else _long_date(_day(value))


def hari_tanggal(value: Moment | None) -> str:
    """`Minggu, 22 November 2026`."""
    if _is_empty(value):
        return ""
    day = _day(value)
    return f"{DAYS[day.weekday()]}, {_long_date(day)}"


def jam(value: datetime | time | str | None) -> str:
    """`09.12`, in WIB; a bare time of day is taken to be in WIB already."""
    if _is_empty(value):
        return ""
    return f"{value if isinstance(value, time) else _moment(value):%H.%M}"


def waktu(value: datetime | str | None) -> str:
    """`22 Nov 2026 09.12`, in WIB."""
    if _is_empty(value):
        return ""
    moment = _moment(value)
    return f"{_short_date(moment.date())} {moment:%H.%M}"


def nip(value: str | None) -> str:
    """The 18 digits of a civil servant's number in groups of 8-6-1-3; anything else as it was written."""
    text = "".join((value or "").split())
    if len(text) != 18 or not text.isdecimal():
        return value or ""
    return f"{text[:8]} {text[8:14]} {text[14]} {text[15:]}"


def nik_samar(value: str | None) -> str:
    """`************1234`. A number too short to be a NIK is hidden whole."""
    text = "".join((value or "").split())
    if len(text) < 8:
        return "*" * len(text)
    return "*" * (len(text) - 4) + text[-4:]


def _is_empty(value: object) -> bool:
    return value is None or value == ""


def _decimal(value: Number) -> Decimal:
    if isinstance(value, bool | float):
        raise TypeError(f"Numbers shown are int or Decimal, not {value!r}")
    try:
        number = Decimal(value)
    except ArithmeticError as error:
        raise ValueError(f"Not a number: {value!r}") from error
    if not number.is_finite():
        raise ValueError(f"Not a number: {value!r}")
    return number


def _moment(value: datetime | str) -> datetime:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError(f"Not a moment with a time zone: {value!r}")
    return moment.astimezone(WIB)


def _day(value: Moment) -> date:
    if isinstance(value, str) and len(value) == len("2026-11-22"):
        return date.fromisoformat(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return _moment(value).date()


def _short_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def _long_date(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
