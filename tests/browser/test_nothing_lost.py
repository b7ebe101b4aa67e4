"""Whatever happens while a request is typed, it is there again, and there is one of it."""

from playwright.sync_api import Page, expect

from tests.browser import walking
from tests.browser.test_two_tabs import press_twice
from tests.browser.walking import Item, sign_in

NAME, NOTE = "Lasmini Contohwati", "Dibutuhkan sebelum panen raya."


def is_all_there(page: Page) -> None:
    expect(page.locator("[name=baru-name]")).to_have_value(NAME)
    expect(page.locator("[name=items-1-name]")).to_have_value("Braket")
    expect(page.get_by_label("Catatan")).to_have_value(NOTE)


def test_nothing_typed_is_lost_and_nothing_is_doubled(desk, site):
    before = site.newest_order()
    page = desk("pelayanan")
    page.goto("/pesanan/baru/")
    customer = {"Nama orang": NAME, "Jenis pelanggan": "IKM", "Nomor HP": "081200001555", "Alamat": "Desa Contoh"}
    walking.write_request(page, customer, [Item("Poros", "2"), Item("Braket", "tiga?")])
    page.get_by_label("Alasan tanpa gambar").fill("Barang dibawa sendiri.")
    page.get_by_label("Catatan").fill(NOTE)
    expect(page.locator("[data-autosave-note]")).to_contain_text("Tersimpan")
    page.close()  # the browser is killed: nothing is said to the page

    page = desk("pelayanan")
    page.goto("/pesanan/baru/")
    page.get_by_role("link", name="Lanjutkan").first.click()
    is_all_there(page)
    page.locator("[name=items-1-quantity]").fill("3")
    page.get_by_label("Pelanggan menyetujui data pribadinya").check()

    page.context.clear_cookies(name="sessionid")  # the session has ended
    walking.press(page, "Simpan dan cetak")
    sign_in(page, "pelayanan")
    is_all_there(page)
    expect(page.locator("[name=items-1-quantity]")).to_have_value("3")
    expect(page.get_by_label("Pelanggan menyetujui data pribadinya")).to_be_checked()

    page.context.set_offline(True)
    page.get_by_label("Alasan tanpa gambar").fill("Contoh barang dititipkan.")
    expect(page.locator("[data-autosave-note]")).to_contain_text("Belum tersimpan")
    walking.press(page, "Simpan dan cetak")
    expect(page.get_by_role("alert")).to_contain_text("Jaringan terputus.")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.locator("[data-autosave-note]")).to_contain_text("Tersimpan", timeout=15_000)
    is_all_there(page)

    press_twice(page, "Simpan dan cetak")
    expect(walking.said(page).first).to_contain_text("Permohonan disimpan.")
    assert site.newest_order() == before + 1
    assert site.ask("SELECT count(*) FROM orders_orderpaper WHERE order_id = ?", before + 1) == [(1,)]
    assert site.ask("SELECT count(*) FROM orders_orderitem WHERE order_id = ?", before + 1) == [(2,)]
    assert site.ask("SELECT count(*) FROM balai_keptform WHERE fields LIKE ?", f"%{NAME}%") == [(0,)]
