"""The worksheet at 1366 px without a mouse: services, material, hours and days, sent with every figure right."""

import pytest
from playwright.sync_api import expect

from tests.browser import walking
from tests.browser.looking import DESKTOP, axe, measured
from tests.browser.test_keyboard import Keys

SERVICES = (("Bubut", "poros", "10"), ("Las listrik", "rangka", "4,25"))
MOST = 60


@pytest.fixture
def order(site) -> int:
    """An order that nobody has estimated yet."""
    estimated = {order for (order,) in site.ask("SELECT order_id FROM orders_estimate")}
    return next(order for order in site.orders("estimasi") if order not in estimated)


def test_an_estimate_is_written_by_keyboard(desk, site, order):
    page = desk("bengkel", viewport=DESKTOP)
    page.goto(f"/pesanan/{order}/estimasi/")
    keys = Keys(page)
    keys.tab_to(page, "[name=jasa-0-tariff]")
    for place, (tariff, what, quantity) in enumerate(SERVICES):
        if place:
            keys.press("Enter")
            expect(page.locator(f"[name=jasa-{place}-tariff]")).to_be_focused()
        keys.write(tariff)
        keys.tab_to(page, f"[name=jasa-{place}-description]")
        keys.write(what)
        keys.tab_to(page, f"[name=jasa-{place}-quantity]")
        keys.write(quantity)
    keys.tab_to(page, "[name=tambah-bahan]")
    keys.press("Enter")
    for column, text in (("description", "Plat 4 mm"), ("origin", "dari balai"), ("quantity", "3"), ("unit", "lembar")):
        keys.tab_to(page, f"[name=bahan-0-{column}]")
        keys.write(text)
    keys.tab_to(page, "[name=bahan-0-price]")
    keys.write("85500")
    keys.tab_to(page, "[name=bahan-0-price_source]")
    keys.write("Nota CONTOH")
    keys.press("Tab")
    expect(page.locator("[data-figure=total]")).to_have_text("Rp876.500")
    expect(page.locator("[data-figure=jumlah-jam]")).to_have_text("14,25 jam")
    keys.tab_to(page, "[name=pakai-usulan]")
    keys.press("Enter")
    expect(page.get_by_label("Lama pengerjaan")).not_to_have_value("")
    assert measured(page).faults + axe(page) == []
    keys.tab_to(page, "[name=langkah][value=kirim]")
    keys.press("Enter")
    expect(walking.said(page)).to_contain_text("Estimasi dikirim")

    assert keys.count <= MOST
    total, days, forced = site.ask(
        "SELECT e.total, e.days, e.is_forced FROM orders_estimate e JOIN orders_order o ON o.estimate_id = e.id "
        "WHERE o.id = ?",
        order,
    )[0]
    assert (total, bool(days), forced) == (876_500, True, 0)
    minutes = site.ask(
        "SELECT s.minutes FROM orders_estimatestep s JOIN orders_order o ON o.estimate_id = s.estimate_id "
        "WHERE o.id = ? ORDER BY s.position",
        order,
    )
    assert minutes == [(600,), (255,)]


def test_a_removed_row_leaves_the_others_right_and_the_figures_follow(desk, order):
    page = desk("bengkel", viewport=DESKTOP)
    page.goto(f"/pesanan/{order}/estimasi/")
    for place, (tariff, what, quantity) in enumerate(SERVICES):
        if place:
            walking.press(page, "Tambah jasa")
        page.locator(f"[name=jasa-{place}-tariff]").select_option(label=tariff)
        page.locator(f"[name=jasa-{place}-description]").fill(what)
        page.locator(f"[name=jasa-{place}-quantity]").fill(quantity)
    expect(page.locator("[data-figure=total]")).to_have_text("Rp450.000")  # the last number is not left yet
    page.get_by_role("button", name="Hapus jasa 1").click()

    expect(page.locator("[data-figure=total]")).to_have_text("Rp170.000")
    expect(page.locator("[name=jasa-0-description]")).to_have_value("rangka")
    expect(page.locator("[name=jasa-0-description]")).to_have_accessible_name("Uraian, jasa 1")
