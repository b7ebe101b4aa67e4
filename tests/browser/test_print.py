"""The Cetak button: it prints the paper in the frame; without scripts, or without a PDF viewer, it opens the PDF."""

from uuid import UUID

import pytest
from playwright.sync_api import Page

# A headless browser has no printer: what would start it is replaced, in the frame that would be printed.
LISTEN = "frame => { frame.contentWindow.print = () => { window.printed = true; }; }"


@pytest.fixture
def address(site) -> str:
    query = "SELECT id FROM balai_document WHERE kind = 'bukti_pembayaran' AND voided_at IS NULL LIMIT 1"
    return f"/dokumen/{UUID(site.ask(query)[0][0])}/lihat/"


def opens(page: Page) -> str:
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Cetak", exact=True).click()
    return opened.value.url


def test_the_button_prints_what_the_frame_shows(desk, address):
    page = desk("keuangan")
    page.goto(address)
    page.locator("#lembar").evaluate(LISTEN)
    page.get_by_role("link", name="Cetak", exact=True).click()
    assert page.evaluate("window.printed") is True
    assert len(page.context.pages) == 1


def test_without_scripts_the_button_opens_the_pdf(desk, site, address):
    page = desk("keuangan", java_script_enabled=False)
    page.goto(address)
    assert opens(page).startswith(f"{site.url}/dokumen/")


def test_where_the_browser_shows_no_pdf_the_button_opens_it(desk, site, address):
    page = desk("keuangan")
    page.add_init_script("Object.defineProperty(Navigator.prototype, 'pdfViewerEnabled', { value: false });")
    page.goto(address)
    assert opens(page).startswith(f"{site.url}/dokumen/")
