"""The counter without a mouse: a new customer's order with three things and four drawings, down to its printed form."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import walking
from tests.browser.test_print import LISTEN

ITEMS = (
    ("Poros engkol", "4", "buah", "Baja S45C", "38 x 620 mm"),
    ("Braket siku", "24", "buah", "Pelat 4 mm", "60 x 60 mm"),
    ("Roda troli", "8", "buah", "Nilon", "diameter 100"),
)
MOST = 45


@pytest.fixture
def four_drawings(tmp_path: Path) -> list[Path]:
    files = [tmp_path / f"gambar-{number}.png" for number in range(1, 5)]
    for shade, file in enumerate(files):
        Image.new("RGB", (300, 200), (60 * shade, 90, 120)).save(file)
    return files


class Keys:
    """A keyboard that counts every key but those that write the data itself."""

    def __init__(self, page: Page) -> None:
        self.keyboard, self.count = page.keyboard, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keyboard.press(key)
            self.count += key.count("+") + 1

    def write(self, text: str) -> None:
        self.keyboard.type(text)

    def tab_to(self, page: Page, selector: str) -> None:
        """As often as it takes; each one counts."""
        while not page.evaluate("selector => document.activeElement.matches(selector)", selector):
            self.press("Tab")
            assert self.count <= 2 * MOST, f"no way to {selector}"


def test_an_order_is_taken_and_printed_without_a_mouse(desk, site, four_drawings):
    before = site.newest_order()
    page = desk("pelayanan")
    page.goto("/pesanan/baru/")
    page.on("filechooser", lambda chooser: None)  # from now on the browser hands its choosers to the test
    keys = Keys(page)
    keys.write("Wagiyem Contohsari")
    expect(page.locator("#cocok")).to_contain_text("Tidak ada yang cocok")
    keys.press("Enter")
    expect(page.locator("[name=baru-name]")).to_be_focused()
    expect(page.locator("[name=baru-name]")).to_have_value("Wagiyem Contohsari")
    keys.tab_to(page, "[name=baru-kind]")
    keys.press("p")
    for name, text in (("phone", "081200001661"), ("address", "Dusun Contoh Wetan, Grobogan")):
        keys.tab_to(page, f"[name=baru-{name}]")
        keys.write(text)
    keys.tab_to(page, "[name=service]")
    keys.press("Space")
    keys.tab_to(page, "[name=items-0-name]")
    for place, item in enumerate(ITEMS):
        if place:
            keys.press("Enter")
        for column, text in zip(("name", "quantity", "unit", "material", "size"), item, strict=True):
            keys.tab_to(page, f"[name=items-{place}-{column}]")
            keys.write(text)
    keys.tab_to(page, "[name=drawings]")
    with page.expect_file_chooser() as chooser:
        keys.press("Enter")
    chooser.value.set_files(four_drawings)
    expect(page.locator("[data-arrived] figure")).to_have_count(len(four_drawings))
    keys.tab_to(page, "[name=consent]")
    keys.press("Space")
    keys.tab_to(page, "[name=ajukan]")
    keys.press("Enter")
    expect(walking.said(page).first).to_contain_text("Permohonan disimpan.")
    page.locator("#lembar").evaluate(LISTEN)
    expect(page.get_by_role("link", name="Cetak", exact=True)).to_be_focused()
    keys.press("Enter")

    assert page.evaluate("window.printed") is True
    assert keys.count <= MOST
    order = before + 1
    assert site.stage(order) == "permohonan"
    assert site.ask("SELECT count(*) FROM orders_orderitem WHERE order_id = ?", order) == [(3,)]
    assert site.ask("SELECT count(*) FROM orders_drawing WHERE order_id = ?", order) == [(4,)]
