"""Goods that leave in three parts, and the customer who follows and answers on a telephone."""

import re

import pytest
from playwright.sync_api import Browser, expect

from balai.formats import angka
from tests.browser import walking
from tests.browser.site import Site
from tests.print.drawn import squeezed

TELEPHONE = {"width": 390, "height": 844}


def several_pieces(site: Site) -> tuple[int, list[tuple[str, str, float]]]:
    """A paid order that is ready, with three or more of its first thing: its key and its things."""
    paid = site.ask("SELECT id FROM orders_order WHERE reduction = 0 AND reversal_reason = ''")
    for order in reversed([order for order in site.orders("siap_diambil") if (order,) in paid]):
        things = site.ask(
            "SELECT name, unit, quantity FROM orders_orderitem WHERE order_id = ? ORDER BY position", order
        )
        if things[0][2] >= 3:
            return order, things
    raise AssertionError("no sample order with three pieces is ready")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_three_parts_have_three_surat_jalan_and_only_the_last_ends_the_order(desk, site, scripts):
    page = desk("pelayanan", java_script_enabled=scripts)
    order, [(name, unit, ordered), *others] = several_pieces(site)
    receipt = walking.paper(page, order, "Bukti pembayaran")
    code = re.search(r"Kode verifikasi (\S{4}-\S{4})", walking.text_of(page, receipt))[1]
    nothing = {other: "0" for other, _, _ in others}
    parts = [
        ({name: "1"} | nothing, receipt.number),
        ({name: "1"} | nothing, code),
        ({}, f"http://x/verifikasi/{code}/"),
    ]

    for place, (pieces, shown) in enumerate(parts, start=1):
        walking.hand_over(page, order, shown, pieces)
        assert site.stage(order) == ("selesai" if place == 3 else "siap_diambil")
        left = 0 if place == 3 else ordered - place
        given = ordered - 2 if place == 3 else 1
        notes = [paper for paper in walking.papers(page, order) if paper.name == "Surat jalan"]
        assert len(notes) == place
        said = squeezed(walking.text_of(page, notes[0]))
        assert squeezed(f"{unit} {angka(ordered)} {angka(given)} {angka(left)}") in said
        assert all((squeezed(other) in said) == (place == 3) for other, _, _ in others)
        if place < 3:
            sisa = page.get_by_role("row", name=name).locator('[data-label="Sisa"]').first
            expect(sisa).to_have_text(str(angka(left)))
    expect(page.locator("#pengambilan + .timeline li")).to_have_count(3)


def test_a_wrong_receipt_is_named_at_its_field(desk, site):
    page = desk("pelayanan")
    order = site.orders("siap_diambil")[0]
    letter = walking.paper(page, order, "Surat pesanan")
    walking.open_order(page, order)
    page.get_by_label("Pemesan sendiri").check()
    page.get_by_label("Bukti pembayaran").fill(letter.number)
    walking.press(page, "Serahkan dan cetak surat jalan")
    expect(page.get_by_role("alert")).to_contain_text("bukan bukti pembayaran")
    assert site.stage(order) == "siap_diambil"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_customer_follows_and_answers_without_cookies_and_the_clerk_reads_it(browser: Browser, desk, site, scripts):
    order = site.orders("konfirmasi")[0]
    [(token,)] = site.ask("SELECT token FROM orders_trackinglink WHERE order_id = ? AND revoked_at IS NULL", order)
    wish = f"Mohon tanpa cat{' lagi' * scripts}."
    telephone = browser.new_context(base_url=site.url, viewport=TELEPHONE, java_script_enabled=scripts)
    page = telephone.new_page()
    page.goto(f"/lacak/{token}/")
    expect(page.get_by_role("heading", name="Menunggu jawaban Anda")).to_be_visible()
    expect(page.locator(".stepper [aria-current]")).to_contain_text("Konfirmasi")
    page.get_by_role("radio", name="Minta revisi").check()
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.get_by_role("alert")).to_contain_text("tulis apa yang ingin Anda ubah.")
    page.get_by_label("Pesan untuk petugas").fill(wish)
    page.get_by_role("button", name="Kirim jawaban").click()
    expect(page.locator(".alert-success").first).to_contain_text(wish)
    assert telephone.cookies() == []
    telephone.close()
    assert site.stage(order) == "konfirmasi"

    clerk = desk("pelayanan")
    walking.open_order(clerk, order)
    expect(clerk.locator(".next-card .alert-success")).to_contain_text(wish)
    expect(clerk.get_by_role("radio", name="Minta revisi")).to_be_checked()
