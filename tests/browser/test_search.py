"""The search from everywhere, with the keyboard alone, by a scanner, and without scripts."""

import re

from playwright.sync_api import expect


def test_a_slash_leads_to_the_search_and_arrows_through_what_it_found(desk, site):
    page = desk("bengkel")
    page.goto("/meja/")
    page.keyboard.press("/")
    page.keyboard.type("roda gigi", delay=20)
    found = page.locator("#hasil-cari a.plate")
    expect(found.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(found.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(found.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(found).to_have_count(0)
    expect(page.locator("#cari")).to_be_focused()
    page.locator("#cari").press("End")
    page.keyboard.type(" ")
    expect(found.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/pesanan/\d+/$"))


def test_what_is_typed_in_the_head_can_be_read(desk):
    page = desk("keuangan")
    page.emulate_media(color_scheme="light")
    page.goto("/kasir/")
    ink, paper = page.locator("#cari").evaluate("e => [getComputedStyle(e).color, getComputedStyle(e).backgroundColor]")
    assert ink != paper


def test_a_scanner_types_the_address_of_a_paper_and_its_order_opens(desk, site):
    order = site.orders("pesanan")[0]
    query = """SELECT code FROM balai_document d JOIN orders_orderpaper p ON p.document_id = d.id
        WHERE p.order_id = ? ORDER BY p.id LIMIT 1"""
    code = site.ask(query, order)[0][0]
    page = desk("pelayanan")
    page.goto("/pesanan/")
    page.keyboard.press("/")
    page.keyboard.type(f"{site.url}/verifikasi/{code}/")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/pesanan/{order}/$"))


def test_without_scripts_the_search_is_a_page(desk, site):
    number = site.ask("SELECT number FROM orders_order WHERE stage = 'selesai' LIMIT 1")[0][0]
    page = desk("pimpinan", java_script_enabled=False)
    page.goto("/meja/")
    page.locator("#cari").fill("roda")
    page.locator("#cari").press("Enter")
    expect(page.locator("#hasil-cari .plate").first).to_be_visible()
    page.get_by_role("searchbox").fill(number.lower())
    page.get_by_role("button", name="Cari").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(number)


def test_help_is_a_question_mark_away(desk):
    page = desk("pelayanan")
    page.goto("/pesanan/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Ke kotak cari")
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile("/pesanan/baru/"))
