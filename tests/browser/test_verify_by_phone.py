"""A stranger with a phone, not signed in, checks a paper by the address in its QR, by typing its code, by its file."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import PHONE


@pytest.fixture
def receipt(site) -> tuple[str, str, str]:
    """A receipt in force: its id, its code, its number."""
    query = """SELECT id, code, printed_number FROM balai_document
               WHERE kind = 'bukti_pembayaran' AND voided_at IS NULL LIMIT 1"""
    [(pk, code, number)] = site.ask(query)
    return str(UUID(pk)), code, number


@pytest.mark.parametrize("scripts", [True, False])
def test_a_stranger_checks_a_paper_in_three_ways(desk, receipt, scripts):
    pk, code, number = receipt
    archived = desk("keuangan").request.get(f"/dokumen/{pk}/").body()
    phone = desk("", viewport=PHONE, has_touch=True, is_mobile=True, java_script_enabled=scripts)

    phone.goto(f"/verifikasi/{code}/")
    assert_valid(phone, number)

    phone.goto("/verifikasi/")
    phone.get_by_role("textbox", name="Kode verifikasi").fill(code.lower().replace("-", " "))
    phone.get_by_role("button", name="Periksa kode").tap()
    assert_valid(phone, number)

    send(phone, archived)
    assert_valid(phone, number)
    expect(phone.get_by_text("Berkas ini sama persis")).to_be_visible()

    changed = bytearray(archived)
    changed[len(changed) // 2] ^= 1
    send(phone, bytes(changed))
    expect(phone.get_by_role("heading", name="Berkas ini tidak sama dengan arsip")).to_be_visible()
    expect(phone.get_by_text(number)).to_have_count(0)


def send(phone: Page, data: bytes) -> None:
    phone.goto("/verifikasi/")
    phone.locator("input[type=file]").set_input_files(
        {"name": "bukti.pdf", "mimeType": "application/pdf", "buffer": data}
    )
    phone.get_by_role("button", name="Periksa berkas").tap()


def assert_valid(phone: Page, number: str) -> None:
    expect(phone.get_by_text("Terdaftar dan berlaku")).to_be_visible()
    expect(phone.get_by_text(number, exact=True)).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
