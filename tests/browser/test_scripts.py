"""The small scripts on pages of a few lines each, without a server: what they add to forms that work without them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

STATIC = Path(__file__).resolve().parents[2] / "static"
SITE = "http://halaman.invalid"


@pytest.fixture
def show(page: Page):
    """`show(html)` opens that body with the scripts of the site; the address answers every form with "terkirim"."""
    sent: list[str] = []

    def show(body: str) -> list[str]:
        def answer(route: Route) -> None:
            path = route.request.url.removeprefix(SITE)
            if path.startswith("/static/"):
                route.fulfill(path=STATIC / path.removeprefix("/static/"))
            elif path == "/":
                script = '<script type="module" src="/static/js/main.js"></script>'
                route.fulfill(content_type="text/html", body=f"<!doctype html>{script}{body}")
            else:
                sent.append(f"{path} {route.request.post_data or ''}".strip())
                route.fulfill(status=204)

        page.route(f"{SITE}/**", answer)
        page.goto(SITE, wait_until="networkidle")
        return sent

    return show


RUPIAH = '<label>Uang <input id="uang" data-rupiah value="700000"></label>'


def test_rupiah_is_grouped_while_it_is_typed(page, show):
    show(RUPIAH)
    field = page.get_by_label("Uang")
    expect(field).to_have_value("700.000")
    field.fill("")
    field.press_sequentially("1500000")
    expect(field).to_have_value("1.500.000")


def test_the_caret_keeps_its_digit(page, show):
    show(RUPIAH)
    field = page.get_by_label("Uang")
    field.evaluate("e => { e.value = '1.500.000'; e.focus(); e.setSelectionRange(3, 3); }")
    page.keyboard.type("7")
    expect(field).to_have_value("15.700.000")
    page.keyboard.press("Backspace")
    page.keyboard.type("8")
    expect(field).to_have_value("15.800.000")
    assert field.evaluate("e => e.selectionStart") == 4


@pytest.mark.parametrize(
    ("pasted", "shown"),
    [("1500000", "1.500.000"), ("1.50", "1.50"), ("1,500", "1,500"), ("Rp 1.500,00", "Rp 1.500,00"), ("-5", "-5")],
)
def test_what_is_pasted_reaches_the_server_unless_it_surely_is_rupiah(page, show, pasted, shown):
    show(RUPIAH)
    field = page.get_by_label("Uang")
    field.evaluate(
        """(e, text) => { e.value = text;
            e.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste", bubbles: true })); }""",
        pasted,
    )
    expect(field).to_have_value(shown)


def test_the_change_for_cash_follows_the_money(page, show):
    show(f'{RUPIAH}<output for="uang" data-due="640000"></output>')
    field, change = page.get_by_label("Uang"), page.locator("output")
    expect(change).to_have_text("Rp60.000")
    field.fill("600000")
    expect(change).to_have_text("Kurang Rp40.000")
    field.fill("abc")
    expect(change).to_have_text("")


def test_a_date_is_told_in_words(page, show):
    show('<label>Tanggal <input type="date" value="2026-12-11"></label>')
    expect(page.locator(".echo")).to_have_text("Jumat, 11 Des 2026")
    page.get_by_label("Tanggal").fill("2026-11-23")
    expect(page.locator(".echo")).to_have_text("Senin, 23 Nov 2026")


ROW = """<div class="item-row" data-row><label>Nama <input name="items-{n}-name" id="id_items-{n}-name"></label>
    <button name="hapus" value="{n}" data-row-remove>Hapus</button></div>"""
ROWS = f"""<form method="post" action="/kirim"><div data-rows="barang" data-prefix="items">
    <input type="hidden" name="items-TOTAL_FORMS" value="2">{ROW.format(n=0)}{ROW.format(n=1)}
    <template data-row-template>{ROW.format(n="__prefix__")}</template>
    <button name="tambah" value="1" data-row-add>Tambah barang</button></div></form>"""


def test_rows_come_and_go_and_stay_numbered(page, show):
    sent = show(ROWS)
    for index, name in enumerate(("Poros", "Pisau")):
        page.locator(f"#id_items-{index}-name").fill(name)
    page.get_by_role("button", name="Tambah barang").click()
    expect(page.locator("#id_items-2-name")).to_be_focused()
    expect(page.locator("[name=items-TOTAL_FORMS]")).to_have_value("3")
    page.get_by_role("button", name="Hapus barang 3").click()
    page.locator("[data-row-remove]").first.click()
    expect(page.locator("[name=items-TOTAL_FORMS]")).to_have_value("1")
    expect(page.locator("#id_items-0-name")).to_have_value("Pisau")
    assert sent == []


SHORTCUTS = """<ul><li hidden><button data-shortcuts-switch>x</button></li></ul>
    <input type="search" aria-keyshortcuts="/"><a href="/baru" aria-keyshortcuts="n">Permohonan baru</a>"""


def test_shortcuts_work_outside_fields_and_can_be_switched_off(page, show):
    sent = show(SHORTCUTS)
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("n")
    expect(page.get_by_role("searchbox")).to_have_value("n")
    page.get_by_role("button", name="Matikan pintasan papan ketik").click()
    page.keyboard.press("n")
    assert sent == []
    page.get_by_role("button", name="Nyalakan pintasan papan ketik").click()
    with page.expect_request("**/baru"):
        page.keyboard.press("n")


def test_what_is_ticked_is_added_up(page, show):
    show("""<label><input type="checkbox" name="bukti" value="1" data-amount="1250000" checked> A</label>
        <label><input type="checkbox" name="bukti" value="2" data-amount="600500"> B</label>
        <div data-sum="bukti" data-all="1850500" data-count="2" hidden><b data-sum-amount></b><i data-sum-count></i>
        <u data-sum-rest></u></div><p>Dihitung kemudian.</p>""")
    figures = [page.locator(f"[data-sum-{name}]") for name in ("amount", "count", "rest")]
    for tick, expected in (
        (None, ("Rp1.250.000", "1 dari 2", "Rp600.500")),
        ("B", ("Rp1.850.500", "2 dari 2", "Rp0")),
        ("A", ("Rp600.500", "1 dari 2", "Rp1.250.000")),
    ):
        if tick:
            page.get_by_label(tick).click()
        for figure, text in zip(figures, expected, strict=True):
            expect(figure).to_have_text(text)
    expect(page.get_by_text("Dihitung kemudian.")).to_be_hidden()


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(page, show):
    show("""<div class="error-summary" tabindex="-1"><a href="#id_hp">Nomor HP</a></div>
        <div class="mb-3"><input id="id_hp"></div>""")
    expect(page.locator(".error-summary")).to_be_focused()
    page.get_by_role("link", name="Nomor HP").click()
    expect(page.locator("#id_hp")).to_be_focused()


def test_menus_close_by_escape_and_by_a_click_elsewhere(page, show):
    show('<details class="menu"><summary>Rina</summary><p>Keluar</p></details><h1>Meja</h1>')
    menu = page.locator("details")
    for close in (lambda: page.keyboard.press("Escape"), lambda: page.locator("h1").click()):
        page.locator("summary").click()
        expect(menu).to_have_attribute("open", "")
        close()
        expect(menu).not_to_have_attribute("open", "")


def test_a_double_click_sends_a_form_once(page, show):
    sent = show('<form method="post" action="/kirim"><button name="aksi" value="a">Simpan</button></form>')
    with page.expect_response("**/kirim"):
        page.get_by_role("button", name="Simpan").dblclick()
    page.get_by_role("button", name="Simpan").click()
    assert sent == ["/kirim aksi=a"]
    expect(page.locator("form")).to_have_attribute("aria-busy", "true")


def test_the_second_press_of_a_double_click_does_nothing_on_the_page_that_came_meanwhile(page, show):
    sent = show('<form method="post" action="/kirim"><button name="aksi" value="a">Simpan</button></form>')
    box = page.get_by_role("button", name="Simpan").bounding_box()
    page.mouse.move(box["x"] + 5, box["y"] + 5)
    for nth in (2, 3):
        page.mouse.down(click_count=nth)
        page.mouse.up(click_count=nth)
        expect(page.locator("form")).not_to_have_attribute("aria-busy", "true")
    with page.expect_response("**/kirim"):
        page.get_by_role("button", name="Simpan").click()
    assert sent == ["/kirim aksi=a"]


def test_a_worksheet_takes_its_figures_from_the_server_and_nothing_else(page, show):
    show(
        """<form data-recompute method="post" action="/hitung"><input name="jumlah" value="1">
           <b data-figure="total">Rp1</b><i data-figure="lain">tetap</i></form>"""
    )
    page.route(
        f"{SITE}/hitung",
        lambda route: route.fulfill(
            content_type="text/html", body='<input name="jumlah" value="9"><b data-figure="total">Rp2</b>'
        ),
    )

    with page.expect_request(f"{SITE}/hitung") as request:
        page.locator("[name=jumlah]").fill("2")
        page.locator("[name=jumlah]").blur()

    assert 'name="langkah"\r\n\r\nhitung' in request.value.post_data
    expect(page.locator("[data-figure=total]")).to_have_text("Rp2")
    expect(page.locator("[data-figure=lain]")).to_have_text("tetap")
    expect(page.locator("[name=jumlah]")).to_have_value("2")


HELP = """<input aria-label="Catatan"><ul><li hidden><button data-help>Pintasan papan ketik</button></li></ul>
    <dialog id="bantuan-pintasan"><a href="/baru" aria-keyshortcuts="n">Permohonan baru</a>
    <form method="dialog"><button>Tutup</button></form></dialog>"""


def test_the_question_mark_explains_the_shortcuts_outside_fields(page, show):
    sent = show(HELP)
    dialog = page.get_by_role("dialog")
    page.get_by_label("Catatan").press("?")
    expect(dialog).to_have_count(0)
    page.get_by_label("Catatan").blur()
    page.keyboard.press("?")
    expect(dialog).to_be_visible()
    page.keyboard.press("n")  # the page behind the dialog rests
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.get_by_role("button", name="Pintasan papan ketik").click()
    page.get_by_role("button", name="Tutup").click()
    expect(dialog).to_have_count(0)
    assert sent == []
    with page.expect_request("**/baru"):
        page.keyboard.press("n")


LIST = """<input aria-label="Catatan"><table class="queue"><tbody>
    <tr><td><a href="#a1">0001</a></td><td><a href="#a2">Kerjakan 1</a></td></tr>
    <tr><td>tanpa tautan</td></tr>
    <tr><td><a href="#b1">0002</a></td><td><a href="#b2">Kerjakan 2</a></td></tr></tbody></table>
    <ul><li hidden><button data-shortcuts-switch>x</button></li></ul>"""


def test_the_arrows_lead_along_the_rows_of_a_list(page, show):
    show(LIST)
    page.get_by_role("link", name="Kerjakan 1").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Kerjakan 2")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Kerjakan 2")).to_be_focused()
    page.get_by_role("link", name="0002").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_role("link", name="0001")).to_be_focused()
    page.get_by_role("button", name="Matikan pintasan papan ketik").click()
    page.get_by_role("link", name="0001").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="0001")).to_be_focused()
