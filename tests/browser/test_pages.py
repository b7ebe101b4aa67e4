"""Every page of every role: nothing sideways, nothing that axe finds, no script error, and it works without scripts."""

import re
from collections.abc import Callable
from functools import cache

import pytest
from django.urls import get_resolver
from playwright.sync_api import Page, expect

from tests.browser import walking
from tests.browser.addresses import CLERKS, NO_PAGE, PAGES, Shown
from tests.browser.looking import DESKTOP, PHONE, axe, faults_everywhere, measured

VISITS = [pytest.param(user, shown, id=f"{user or 'tamu'}-{shown.name}") for shown in PAGES for user in shown.users]


@pytest.fixture(scope="module")
def kept_open(opened) -> Callable[[str, bool], Page]:
    """`kept_open("bengkel", False)`: that user's page without scripts, the same for every test."""
    return cache(lambda user, scripts: opened(user, java_script_enabled=scripts))


def test_every_address_is_looked_at():
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert named == NO_PAGE | {shown.url for shown in PAGES}


@pytest.mark.parametrize(("user", "shown"), VISITS)
def test_page(kept_open, watch, site, user: str, shown: Shown):
    address = shown.address(site)
    plain, page = kept_open(user, False), kept_open(user, True)
    for each in (plain, page):
        each.set_viewport_size(DESKTOP)
        assert each.goto(address).status == shown.status
    without_scripts = measured(plain, scripts=False)
    assert measured(page).buttons == without_scripts.buttons
    assert without_scripts.faults + faults_everywhere(page) + watch.taken() == []


@pytest.mark.parametrize("shown", [pytest.param(shown, id=shown.name) for shown in PAGES if shown.refuses])
def test_refused_page(kept_open, watch, site, shown: Shown):
    page = kept_open(shown.users[0], True)
    page.goto(shown.address(site))
    with page.expect_response(lambda response: response.request.method == "POST") as answer:
        page.locator("main button.btn-primary").click()
    assert answer.value.status == 422
    expect(page.get_by_role("alert")).to_be_focused()
    assert page.title().startswith("Perbaiki isian: ")
    assert faults_everywhere(page) + watch.taken() == []


def test_page_that_is_read_before_the_receipt_is_issued(desk, site):
    page = desk("keuangan")
    walking.check_cash(page, site.orders("pembayaran")[0], "90.000.000")
    assert faults_everywhere(page) == []


def test_page_that_says_who_was_faster(desk, site):
    page = desk("pelayanan")
    page.goto(f"/pesanan/{site.orders('permohonan')[0]}/")
    page.locator("[name=versi]").evaluate("field => { field.value = 0; }")
    page.get_by_label("Tidak bisa, kembalikan").check()
    page.get_by_label("Catatan").fill("Mesin tidak ada.")
    walking.press(page, "Catat keputusan")
    expect(page.get_by_role("alert")).to_contain_text("sudah mengubah pesanan ini")
    assert faults_everywhere(page) == []


@pytest.mark.parametrize("user", CLERKS)
def test_menus_fit_and_can_be_read(desk, site, user):
    page = desk(user, viewport=PHONE)
    page.goto(f"/pesanan/{site.orders('produksi')[0]}/")
    for menu in page.locator(".menu").all():
        menu.locator("summary").click()
        expect(menu.locator("li").last).to_be_in_viewport()
        assert measured(page).faults + axe(page) == []


@pytest.mark.parametrize("user", CLERKS)
@pytest.mark.parametrize("width", [1366, 1365, 1024, 768, 390])
def test_no_entry_of_the_main_menu_is_cut(kept_open, site, user, width):
    page = kept_open(user, False)
    page.set_viewport_size({"width": width, "height": 768})
    page.goto("/pesanan/")
    for entry in page.get_by_role("navigation", name="Menu utama").get_by_role("link").all():
        expect(entry).to_be_in_viewport(ratio=1)
    if width >= 768:
        expect(page.get_by_role("searchbox").first).to_have_css("width", re.compile(r"^(1[89]\d|[23]\d\d)"))


def test_the_button_that_stays_in_sight_never_lies_over_the_field_in_focus(kept_open, site):
    page = kept_open("pimpinan", True)
    page.set_viewport_size(DESKTOP)
    page.goto(f"/pesanan/{site.orders('pembayaran')[0]}/keputusan/")
    bar = page.locator(".next-card .actions-down")
    page.get_by_label("Jumlah pengurangan").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.btn-primary')"):
            break
        field = page.evaluate("document.activeElement.getBoundingClientRect().bottom")
        assert field <= bar.bounding_box()["y"], page.evaluate("document.activeElement.name")
    else:
        pytest.fail("The button was not reached.")
