"""Random worksheets, drawn by Hypothesis: screen, sheet and words say one total, which is the sum of rounded lines.

`SCALE=100000` makes so many of it; the suite has a few of the same every time.
"""

import os
import re
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from balai import clock, renderer
from balai.formats import rupiah
from balai.money import terbilang
from orders.models import EstimateLine, Tariff
from orders.papers.parts import cost_line
from orders.pricing import LineData, price_lines, total
from tests.factories import act, make_order, make_tariffs
from tests.pages import typed_in
from tests.print.payloads import payload

WORKSHEETS = int(os.environ.get("SCALE", "150"))
MATERIAL = "4.1.02.02.11.CONTOH"
SAYS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9,
}  # fmt: skip
SCALES = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}
FORM = renderer.forms("lembar_estimasi", "f4")[0]

quantities = st.decimals("0.001", "9999", places=3)
described = st.text("abcdefghijklmnopqrstuvwxyz ", min_size=1, max_size=20).map(lambda text: f"x{text}".strip())


@st.composite
def worksheets(draw: st.DrawFn, tariffs: list[Tariff]) -> list[LineData]:
    def line() -> LineData:
        kind, quantity, words = draw(st.sampled_from(EstimateLine.Kind.values)), draw(quantities), draw(described)
        if kind == EstimateLine.Kind.SERVICE:
            return LineData(kind, quantity, words, tariff_id=draw(st.sampled_from(tariffs)).pk)
        price = draw(st.integers(1, 10_000_000))
        return LineData(kind, quantity, words, unit="kg", price=price, price_source="Nota CONTOH")

    return [line() for _ in range(draw(st.integers(1, 8)))]


@pytest.mark.django_db
@settings(
    max_examples=WORKSHEETS,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_lines_total_words_and_sheet_agree(tariffs, data):
    typed = data.draw(worksheets(tariffs))
    lines = price_lines(typed, clock.today(), MATERIAL)

    for said, line in zip(typed, lines, strict=True):
        free = said.kind == EstimateLine.Kind.CUSTOMER_MATERIAL
        unit = 0 if free else line.tariff.price if line.tariff else said.price
        assert line.amount == _halves_up(Fraction(said.quantity) * unit)
    whole = total(lines)
    assert whole == sum(line.amount for line in lines)
    assert _number(terbilang(whole)) == whole
    amounts, grand, words = _sheet([cost_line(line) for line in lines], whole)
    assert amounts == [line.amount for line in lines]
    assert grand == whole
    assert words == terbilang(whole)


@pytest.fixture
def tariffs(db) -> list[Tariff]:
    """Prices with odd ends, so that lines have something to round."""
    tariffs = make_tariffs()
    for tariff, price in zip(tariffs, (45_001, 39_999, 450_007), strict=True):
        Tariff.objects.filter(pk=tariff.pk).update(price=price)
    return list(Tariff.objects.all())


@pytest.mark.parametrize(
    ("quantity", "price"), [("0,5", "3"), ("1,333", "45.001"), ("2,5", "99.999"), ("0,001", "500")]
)
def test_the_page_says_what_the_sheet_says(as_bengkel, office, quantity, price):
    order = make_order("estimasi")
    url = f"/pesanan/{order.pk}/estimasi/"
    material = {"description": "Baja", "origin": "bahan_balai", "quantity": quantity, "unit": "kg"}
    material |= {"price": price, "price_source": "Nota CONTOH"}
    typed = typed_in(as_bengkel.get(url)) | {"bahan-TOTAL_FORMS": "1", "days": "9", "langkah": "kirim"}
    typed |= {f"bahan-0-{name}": value for name, value in material.items()}
    typed |= {"jasa-0-tariff": str(Tariff.objects.get(code="J-01").pk), "jasa-0-quantity": "1,25"}

    shown = as_bengkel.post(url, typed | {"langkah": "hitung"}).content.decode()
    assert as_bengkel.post(url, typed).status_code == 302

    sheet = order.papers.get(document__kind="lembar_estimasi").document.payload["body"]
    assert f'data-figure="total">{rupiah(sheet["total"])}<' in shown
    assert f'data-figure="terbilang">{terbilang(sheet["total"])}<' in shown
    assert sum(line["amount"] for line in sheet["lines"]) == sheet["total"]


def test_the_agreed_total_is_the_one_of_letter_and_bill(office):
    order = act("agree", make_order("konfirmasi"))
    letter = order.papers.get(document__kind="surat_pesanan").document.payload["body"]

    assert letter["total"] == order.estimate.total == sum(line["amount"] for line in letter["lines"])


def _halves_up(amount: Fraction) -> int:
    """To the nearest whole rupiah, by another way than the program's own."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def _sheet(lines: list[dict], whole: int) -> tuple[list[int], int, str]:
    """The amounts, the total and the words as the lembar estimasi prints them."""
    content = payload("lembar_estimasi", {"lines": lines, "total": whole})
    html = renderer.source(content, FORM)
    rows = html.partition('<table class="tabel">')[2].partition("</table>")[0].split("<tr>")
    figures = [re.findall(r'class="ka">([\d.,]*)</td>', row) for row in rows]
    printed = [int(cells[-1].replace(".", "")) for cells in figures if cells]
    return printed[:-1], printed[-1], re.search(r"# (.*?) #", html)[1]


def _number(words: str) -> int:
    """What an amount in words says, read back by other rules than it was written by."""
    spoken = words.removesuffix(" rupiah").replace("seribu", "satu ribu")
    found = 0
    for scale in [*re.findall(r"ribu|juta|miliar|triliun", spoken), ""]:
        text, _, spoken = spoken.partition(scale) if scale else (spoken, "", "")
        found += _below_thousand(text.split()) * SCALES.get(scale, 1)
    return found


def _below_thousand(words: list[str]) -> int:
    text = " ".join(words)
    for said, means in (("seratus", "satu ratus"), ("sepuluh", "satu puluh"), ("sebelas", "satu belas")):
        text = text.replace(said, means)
    value = 0
    for unit, size in (("ratus", 100), ("puluh", 10)):
        if f" {unit}" in text:
            count, _, text = text.partition(f" {unit}")
            value += SAYS[count.strip()] * size
    if " belas" in text:
        return value + 10 + SAYS[text.replace(" belas", "").strip()]
    return value + (SAYS[text.strip()] if text.strip() else 0)
