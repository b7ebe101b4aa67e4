"""The kepala bengkel with a phone: an estimate, a hold, steps, the end with a photo; taps without a network."""

import io
import json
import re

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.browser import walking
from tests.browser.files import PHOTO_SIZE
from tests.browser.looking import axe
from tests.browser.walking import Clerks, Item, Material, Service
from tests.print import reading

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
TABLET = {"viewport": {"width": 1024, "height": 900}}
NAME = "Bengkel Contoh HP"
AGAIN = 20_000  # milliseconds; a tap that was not answered is sent again after five seconds


def _agreed(clerks: Clerks, site, drawings, page: Page) -> int:
    """An order that the workshop estimated on the phone `page`, and that its customer agreed to."""
    clerks.pelayanan.goto("/pesanan/baru/")
    customer = {"Nama orang": NAME, "Jenis pelanggan": "IKM", "Nomor HP": "081200007788", "Alamat": "Desa Contoh"}
    walking.write_request(clerks.pelayanan, customer, [Item("Poros contoh", "2")])
    walking.submit_request(clerks.pelayanan, [drawings["foto"]])
    order = site.newest_order()
    walking.answer(clerks.pelayanan, order, "Bisa dikerjakan", press_on="Catat keputusan")
    services = [Service("Bubut", "2", "poros"), Service("Frais", "1,5", "alur")]
    walking.write_estimate(page, order, services, [Material("Baja milik pelanggan", "4", "kg")], "3")
    walking.press(page, "Kirim estimasi ke pelayanan")
    walking.answer(clerks.pelayanan, order, "Sepakat", press_on="Catat jawaban pelanggan", via="Telepon")
    return order


def test_the_work_on_a_phone(desk, site, drawings):
    clerks, page = Clerks(desk), desk("bengkel", **PHONE)
    order = _agreed(clerks, site, drawings, page)

    page.goto("/bengkel/")
    page.get_by_role("button", name="Mulai", exact=False).and_(page.locator(f"[value^='start-{order}-']")).click()
    expect(walking.said(page)).to_contain_text(["Pekerjaan dimulai."])
    walking.hold(page, order, "Menunggu bahan", "baja datang besok")
    card = walking.card(page, order)
    expect(card).to_contain_text("Menunggu bahan: baja datang besok")
    card.get_by_role("button", name="Lanjutkan").click()
    expect(walking.card(page, order).get_by_role("link", name="Tunda")).to_be_visible()
    walking.finish_step(page, order, "2,5", drawings["foto"])
    walking.finish_step(page, order, "1,25")
    expect(walking.card(page, order)).to_contain_text("siap dicatat selesai")
    walking.finish(page, order, drawings["foto"], left="1,5")

    assert site.stage(order) == "pembayaran"
    times = site.ask("SELECT actual_minutes FROM orders_jobstep WHERE order_id = ? ORDER BY position", order)
    assert times == [(150,), (75,)]
    photos = page.locator("section[aria-labelledby=pekerjaan] .thumbs a")
    expect(photos).to_have_count(2)
    kept = walking.downloaded(page, photos.first.get_attribute("href"))
    with Image.open(io.BytesIO(kept)) as image:
        assert (image.size, dict(image.getexif())) == (PHOTO_SIZE[::-1], {})
    expect(page.locator("body")).to_contain_text("Sisa bahan: Baja milik pelanggan, 1,5 kg")
    page.goto("/bengkel/")
    expect(page.locator("#selesai")).to_contain_text(
        site.ask("SELECT number FROM orders_order WHERE id = ?", order)[0][0]
    )


def test_a_surat_perintah_kerja_prints_with_its_drawings(desk, site):
    page, order = desk("bengkel"), site.orders("produksi")[0]
    walking.open_order(page, order)
    url = page.get_by_role("link", name="Cetak beserta gambar").get_attribute("href")
    text = reading.text(walking.downloaded(page, url))
    assert walking.paper(page, order, "Surat perintah kerja").number in text
    assert "Rp" not in text


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_thumbs_find_every_button_of_the_board(desk, size):
    page = desk("bengkel", **size)
    page.goto("/bengkel/")
    buttons = [box.bounding_box() for box in page.locator(".job .btn, .lane-jump .btn").all() if box.is_visible()]
    assert len(buttons) > 5
    assert min(min(box["height"], box["width"]) for box in buttons) >= 48
    assert axe(page) == []


def test_the_board_without_scripts(desk, held):
    page = desk("bengkel", java_script_enabled=False)
    page.goto("/bengkel/")
    walking.card(page, held).get_by_role("button", name="Lanjutkan").click()
    expect(walking.said(page)).to_contain_text(["Pekerjaan dilanjutkan."])
    expect(walking.card(page, held).get_by_role("link", name="Tunda")).to_be_visible()


# Taps without a network


@pytest.fixture
def held(desk, site) -> int:
    """An order that waits for one tap."""
    order = next(each for each in site.orders("produksi") if _open_steps(site, each))
    walking.hold(desk("bengkel"), order, "Mesin rusak")
    return order


def _open_steps(site, order: int) -> int:
    return site.ask("SELECT count(*) FROM orders_jobstep WHERE order_id = ? AND done_at IS NULL", order)[0][0]


def _resumed(site, order: int) -> int:
    """How often work on it went on."""
    query = "SELECT count(*) FROM balai_auditentry WHERE subject_kind = 'order' AND subject_id = ? AND verb = 'resume'"
    return site.ask(query, str(order))[0][0]


def _tap(page: Page, order: int) -> None:
    walking.card(page, order).get_by_role("button", name="Lanjutkan").click()


def _kept(page: Page) -> list[dict]:
    return json.loads(page.evaluate("localStorage.getItem('balai.ketukan')") or "[]")


def test_a_tap_without_a_network_is_kept_and_arrives_once(desk, site, held):
    page, before = desk("bengkel", **TABLET), _resumed(site, held)
    page.goto("/bengkel/")
    page.context.set_offline(True)
    _tap(page, held)
    _tap(page, held)  # nobody sees at once that the first one waits

    expect(page.locator("[data-taps=menunggu]")).to_have_text("Tidak ada sambungan. 1 ketukan menunggu dikirim.")
    (tap,) = _kept(page)
    assert re.fullmatch(rf"ketuk=resume-{held}-\d+", tap["body"])
    assert set(tap) == {"user", "key", "url", "body", "words"}
    assert _resumed(site, held) == before

    page.context.set_offline(False)
    expect(page.locator("[data-taps=tercatat]")).to_contain_text("Pekerjaan dilanjutkan.", timeout=AGAIN)
    expect(page.locator("[data-taps=menunggu]")).to_have_count(0, timeout=AGAIN)
    expect(walking.card(page, held).get_by_role("link", name="Tunda")).to_be_visible()
    assert (_resumed(site, held), _kept(page)) == (before + 1, [])


def test_a_tap_whose_answer_is_lost_is_sent_again_and_done_once(desk, site, held):
    page, before, sent = desk("bengkel", **TABLET), _resumed(site, held), []
    page.goto("/bengkel/")

    def lose_first_answer(route: Route) -> None:
        if route.request.method != "POST":
            return route.continue_()
        sent.append(route.fetch().status)
        return route.abort() if len(sent) == 1 else route.continue_()

    page.route("**/bengkel/", lose_first_answer)
    _tap(page, held)
    expect(page.locator("[data-taps=menunggu]")).to_be_visible()
    assert (sent, _resumed(site, held)) == ([200], before + 1)

    expect(page.locator("[data-taps=tercatat]")).to_contain_text("Pekerjaan dilanjutkan.", timeout=AGAIN)
    assert (len(sent), _resumed(site, held)) == (2, before + 1)


def test_a_tap_outlives_the_page_it_was_made_on(desk, site, held):
    page, before = desk("bengkel", **TABLET), _resumed(site, held)
    page.goto("/bengkel/")
    page.route("**/bengkel/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    _tap(page, held)
    expect(page.locator("[data-taps=menunggu]")).to_be_visible()

    page.unroute_all()
    page.goto("/pesanan/")

    expect(page.locator("[data-taps=tercatat]")).to_contain_text("Pekerjaan dilanjutkan.", timeout=AGAIN)
    assert _resumed(site, held) == before + 1


def test_hours_told_without_a_network_arrive_too(desk, site, held):
    page = desk("bengkel", **PHONE)
    page.goto("/bengkel/")
    _tap(page, held)
    left = _open_steps(site, held)
    walking.card(page, held).get_by_role("link", name="Selesai tahap").click()
    page.get_by_label("Jam yang terpakai").fill("3")
    page.context.set_offline(True)
    page.get_by_role("button", name="Selesai tahap").click()
    expect(page.locator("[data-taps=menunggu]")).to_contain_text("1 ketukan menunggu dikirim.")
    assert re.fullmatch(r"kunci=[0-9a-f-]{36}&versi=\d+&jam=3", _kept(page)[0]["body"])
    assert _open_steps(site, held) == left

    page.context.set_offline(False)
    page.wait_for_url("**/bengkel/", timeout=AGAIN)
    assert _open_steps(site, held) == left - 1


def test_a_tap_that_somebody_else_forestalled_says_who(desk, watch, held):
    page = desk("bengkel", **TABLET)
    page.goto("/bengkel/")
    other = desk("bengkel", **TABLET)
    walking.open_order(other, held)
    walking.press(other, "Lanjutkan pekerjaan")
    walking.hold(other, held, "Menunggu keputusan")

    _tap(page, held)

    said = page.locator("[data-taps=ditolak]")
    expect(said).to_contain_text("sudah mengubah pesanan ini pada")
    expect(said).to_have_attribute("role", "alert")
    expect(walking.card(page, held)).to_contain_text("Menunggu keputusan")
    assert all(fault.startswith("409") for fault in watch.taken())


def test_wrong_hours_are_said_at_their_field_also_with_scripts(desk, watch, held):
    page = desk("bengkel", **PHONE)
    page.goto("/bengkel/")
    _tap(page, held)
    walking.card(page, held).get_by_role("link", name="Selesai tahap").click()
    page.get_by_label("Jam yang terpakai").fill("1.500")
    page.get_by_role("button", name="Selesai tahap").click()
    expect(page.locator(".error-summary")).to_contain_text("1.500 bisa dibaca dua cara")
    expect(page.get_by_label("Jam yang terpakai")).to_have_value("1.500")
    assert all(fault.startswith("422") for fault in watch.taken())


def test_nothing_moves_under_a_finger(desk, site, held):
    page = desk("bengkel", **TABLET)
    page.clock.install()
    page.goto("/bengkel/")
    card = walking.card(page, held)
    card.get_by_role("button", name="Lanjutkan").hover()
    page.mouse.down()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.fast_forward(21_000)
    assert not asked
    page.mouse.up()
    expect(page.locator("[data-taps=tercatat]")).to_contain_text("Pekerjaan dilanjutkan.", timeout=AGAIN)
