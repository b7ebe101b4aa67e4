"""Drawings in a real browser: several at once, dropped, pasted, from a phone; looked at by mouse, keys and buttons."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests import hostile_files
from tests.browser.addresses import drawing_of
from tests.browser.looking import PHONE, axe, measured
from tests.browser.site import Site

DROP = """([selector, name, type, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name, { type }));
    const clipboard = selector === "document";
    const target = clipboard ? document : document.querySelector(selector);
    const options = { bubbles: true, cancelable: true };
    target.dispatchEvent(clipboard ? new ClipboardEvent("paste", { ...options, clipboardData: data })
        : new DragEvent("drop", { ...options, dataTransfer: data }));
}"""


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    made = {
        "foto.png": hostile_files.image_bytes("PNG", size=(300, 200)),
        "pelat.dxf": hostile_files.dxf(),
        "jahat.svg": hostile_files.svg(),
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in made}


def results(page: Page):
    return page.locator("[data-upload-results] > li")


def test_several_files_go_up_at_once_and_a_bad_one_loses_none(desk, site: Site, files):
    page = desk("pelayanan")
    page.goto("/pesanan/baru/")
    page.get_by_label("Catatan").fill("Diketik sebelum gambar.")

    page.get_by_label("Tambah gambar").set_input_files(list(files.values()))

    expect(results(page)).to_have_text(
        ["foto.png: sudah tersimpan.", "pelat.dxf: sudah tersimpan.", re.compile("jahat.svg: berkas ini bukan gambar")]
    )
    order = site.newest_order()
    assert page.url == f"{site.url}/pesanan/{order}/permohonan/"
    expect(page.locator("[data-arrived] figure")).to_have_count(2)
    expect(page.get_by_label("Catatan")).to_have_value("Diketik sebelum gambar.")
    page.get_by_role("button", name="Simpan sebagai draf").click()
    page.wait_for_url(f"**/pesanan/{order}/")
    assert site.ask("SELECT note FROM orders_order WHERE id = ?", order) == [("Diketik sebelum gambar.",)]
    assert site.newest_order() == order


def test_on_a_phone_four_pictures_and_the_field_for_more_fit_one_screen(desk, tmp_path):
    page = desk("pelayanan", viewport=PHONE)
    page.goto("/pesanan/baru/")
    photos = [tmp_path / f"IMG_20261126_10151234{number}.png" for number in range(4)]
    for shade, photo in enumerate(photos):
        Image.new("RGB", (300, 400), (60 * shade, 90, 120)).save(photo)

    page.get_by_label("Tambah gambar").set_input_files(photos)

    expect(page.locator("[data-arrived] figure")).to_have_count(4)
    above = page.locator("[data-arrived]").bounding_box()["y"]
    field = page.get_by_label("Tambah gambar").bounding_box()
    assert field["y"] + field["height"] - above <= PHONE["height"] * 0.7  # the head of the page stands above them
    for button in page.get_by_role("button", name="Hapus gambar").all():
        assert button.bounding_box()["height"] >= 44
    assert measured(page).faults + axe(page) == []


def test_a_file_can_be_dropped_and_pasted(desk, site: Site):
    page = desk("pelayanan")
    page.goto("/pesanan/baru/")
    content = hostile_files.dxf().decode()

    page.evaluate(DROP, [".drop", "jatuh.dxf", "", content])
    expect(results(page)).to_have_text(["jatuh.dxf: sudah tersimpan."])
    page.evaluate(DROP, ["document", "tempel.dxf", "", content.replace("CONTOH", "TEMPEL")])

    expect(results(page)).to_have_text(["jatuh.dxf: sudah tersimpan.", "tempel.dxf: sudah tersimpan."])
    names = site.ask("SELECT original_name FROM orders_drawing WHERE order_id = ?", site.newest_order())
    assert sorted(names) == [("jatuh.dxf",), ("tempel.dxf",)]


def test_a_lost_network_is_told_and_the_file_sent_again_once(desk, site: Site, files):
    page = desk("pelayanan")
    page.goto("/pesanan/baru/")
    page.context.set_offline(True)
    page.get_by_label("Tambah gambar").set_input_files(files["foto.png"])
    expect(results(page)).to_contain_text(["foto.png: sambungan terputus, belum terkirim."])

    page.context.set_offline(False)
    page.get_by_role("button", name="Coba lagi").click()

    expect(results(page)).to_have_text(["foto.png: sudah tersimpan."])
    assert site.ask("SELECT count(*) FROM orders_drawing WHERE order_id = ?", site.newest_order()) == [(1,)]


def test_without_scripts_one_button_sends_them_all(desk, site: Site, files):
    page = desk("pelayanan", java_script_enabled=False)
    page.goto("/pesanan/baru/")
    page.get_by_label("Catatan").fill("Tetap ada.")
    page.get_by_label("Tambah gambar").set_input_files(list(files.values()))
    page.get_by_role("button", name="Unggah gambar").click()

    expect(page.get_by_text("Sudah tersimpan di draf: foto.png, pelat.dxf.")).to_be_visible()
    expect(page.locator(".error-summary")).to_contain_text("jahat.svg: berkas ini bukan gambar")
    expect(page.get_by_label("Catatan")).to_have_value("Tetap ada.")
    assert site.ask("SELECT count(*) FROM orders_drawing WHERE order_id = ?", site.newest_order()) == [(2,)]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_sends_photos_to_the_order_on_the_clerks_screen(desk, site: Site, files, scripts):
    clerk = desk("pelayanan", java_script_enabled=scripts)
    clerk.goto("/pesanan/baru/")
    clerk.get_by_label("Catatan").fill("Diketik sebelum HP.")
    clerk.get_by_role("button", name="Tambah dari HP").click()
    clerk.get_by_role("button", name="Buat tautan").click()
    expect(clerk.get_by_role("img", name="Kode QR")).to_be_visible()
    address = clerk.locator("p strong", has_text="/unggah/").inner_text()

    phone = desk(
        "", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, java_script_enabled=scripts
    )
    phone.goto("/unggah/" + address.rpartition("/unggah/")[2])
    phone.get_by_label("Foto dengan kamera").set_input_files(files["foto.png"])
    if not scripts:
        phone.get_by_role("button", name="Kirim gambar").click()

    expect(results(phone)).to_have_text(["foto.png: sudah tersimpan."])
    expect(phone.get_by_text("1 gambar sudah diterima.")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    if not scripts:
        clerk.reload()
    expect(clerk.locator("#sudah-tiba figcaption")).to_contain_text("foto.png")
    clerk.get_by_role("link", name="Selesai, kembali").click()
    expect(clerk.get_by_label("Catatan")).to_have_value("Diketik sebelum HP.")


def test_a_drawing_is_enlarged_moved_and_turned(desk, site: Site):
    page = desk("bengkel")
    key = drawing_of("estimasi")(site)
    order = site.ask("SELECT order_id FROM orders_drawing WHERE id = ?", key.hex)[0][0]
    page.goto(f"/pesanan/{order}/")
    link = page.locator(f"#gambar-{key}")
    link.click()
    svg, scale = page.locator("[data-viewer] svg"), page.locator("output")
    whole = svg.get_attribute("viewBox")

    page.keyboard.press("+")
    expect(scale).to_have_text("150%")
    page.keyboard.press("ArrowRight")
    moved = svg.get_attribute("viewBox")
    page.get_by_role("button", name="Kiri").click()
    assert svg.get_attribute("viewBox") != moved
    page.keyboard.press("-")
    expect(svg).to_have_attribute("viewBox", whole)
    page.keyboard.press("r")
    width, height = whole.split()[2:]
    expect(svg).to_have_attribute("viewBox", f"0 0 {height} {width}")
    page.get_by_role("button", name="Seluruh gambar").click()
    expect(svg).to_have_attribute("viewBox", whole)
    page.locator("[data-viewer]").hover()
    page.mouse.wheel(0, -100)
    expect(scale).to_have_text("120%")

    page.keyboard.press("Escape")
    page.wait_for_url(f"**/pesanan/{order}/*")
    expect(link).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False])
def test_pages_are_turned(desk, site: Site, drawings, scripts):
    page = desk("pelayanan", java_script_enabled=scripts)
    page.goto("/pesanan/baru/")
    page.get_by_label("Tambah gambar").set_input_files(drawings["pdf"])
    if not scripts:
        page.get_by_role("button", name="Unggah gambar").click()
    expect(page.locator("[data-arrived] figure")).to_have_count(1)
    page.goto(page.locator("[data-arrived] a").get_attribute("href"))

    page.get_by_role("link", name="Halaman berikutnya").click()

    expect(page.get_by_text("Halaman 2 dari 2")).to_be_visible()
    expect(page.locator("[data-viewer]").get_by_role("img")).to_be_visible()
    page.get_by_role("link", name="Halaman sebelumnya").click()
    expect(page.get_by_text("Halaman 1 dari 2")).to_be_visible()
