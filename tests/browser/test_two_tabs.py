"""Two people on one order, one person who presses twice, a session that ended, a name that is a script."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser import walking
from tests.browser.walking import Item, sign_in


def _choose(page: Page, choice: str, note: str) -> None:
    page.locator(".next-card").get_by_label(choice, exact=True).check()
    page.get_by_label("Catatan").fill(note)


def _press_for_answer(page: Page, name: str) -> int:
    """The HTTP status of the page that the button leads to."""
    with page.expect_response(
        lambda response: response.request.method == "POST" and response.request.is_navigation_request()
    ) as answer:
        walking.press(page, name)
    return answer.value.status


def test_of_two_clerks_one_wins_and_the_other_is_told_who(desk, site):
    fast, slow = desk("pelayanan"), desk("pelayanan")
    order = site.orders("permohonan")[0]
    for page in (fast, slow):
        walking.open_order(page, order)
    _choose(fast, "Bisa dikerjakan", "")
    _choose(slow, "Tidak bisa, kembalikan", "Mesin bubut sedang rusak.")
    walking.press(fast, "Catat keputusan")
    expect(walking.said(fast)).to_contain_text("Bisa dikerjakan.")
    assert _press_for_answer(slow, "Catat keputusan") == 409
    expect(slow.locator("main")).to_contain_text(
        re.compile(r"Rina Contohwati sudah mengubah pesanan ini pada .+ \d\d\.\d\d\.")
    )
    expect(slow.locator("main")).to_contain_text("Mesin bubut sedang rusak.")
    assert site.stage(order) == "estimasi"


def test_a_stale_page_of_the_same_step_keeps_what_was_typed_and_can_be_sent_again(desk, site):
    fast, slow = desk("bengkel"), desk("bengkel")
    order = site.orders("estimasi")[0]
    for page in (fast, slow):
        page.goto(f"/pesanan/{order}/estimasi/")
        page.locator("[name=jasa-0-tariff]").select_option(label="CNC")
        page.locator("[name=jasa-0-quantity]").fill("3")
        page.get_by_label("Lama pengerjaan").fill("4")
    slow.get_by_label("Catatan untuk pelanggan").fill("Cat disediakan pelanggan.")
    walking.press(fast, "Simpan draf")
    expect(walking.said(fast)).to_have_text("Draf estimasi disimpan.")
    assert _press_for_answer(slow, "Kirim estimasi ke pelayanan") == 409
    expect(slow.get_by_role("alert")).to_contain_text("Agus Contohadi sudah mengubah pesanan ini pada")
    expect(slow.get_by_label("Catatan untuk pelanggan")).to_have_value("Cat disediakan pelanggan.")
    walking.press(slow, "Kirim estimasi ke pelayanan")
    expect(walking.said(slow)).to_contain_text("Estimasi dikirim")
    assert site.stage(order) == "konfirmasi"


def press_twice(page: Page, name: str) -> None:
    """The form is sent by the first press, whose answer is never seen, and again by a double click.

    The answer to the double click waits until both presses have fallen on the page.
    """
    button = page.get_by_role("button", name=name, exact=True)
    action, fields = button.evaluate(
        """button => [button.form.action,
            [...new FormData(button.form, button)].filter(([name, value]) => typeof value === "string")]"""
    )
    first = page.context.request.post(action, form=dict(fields), headers={"Referer": page.url})
    assert first.status == 200
    waiting: list[Route] = []
    page.route(action, lambda route: waiting.append(route))
    with page.expect_request(action):
        button.dblclick(delay=100, no_wait_after=True)
    for route in waiting:
        route.continue_()
    page.unroute(action)  # what comes later is not held


def _papers(site, order: int, kind: str) -> int:
    return site.ask(
        """SELECT count(*) FROM orders_orderpaper p JOIN balai_document d ON d.id = p.document_id
           WHERE p.order_id = ? AND d.kind = ?""",
        order,
        kind,
    )[0][0]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_pressing_twice_issues_one_receipt(desk, site, scripts):
    page = desk("keuangan", java_script_enabled=scripts)
    order = next(order for order in site.orders("pembayaran") if _papers(site, order, "bukti_pembayaran") == 0)
    walking.check_cash(page, order, "90.000.000")
    press_twice(page, "Terbitkan bukti pembayaran")
    expect(walking.said(page)).to_contain_text("Pembayaran diterima")
    assert _papers(site, order, "bukti_pembayaran") == 1
    assert site.ask("SELECT count(*) FROM finance_payment WHERE order_id = ?", order) == [(1,)]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_pressing_twice_gives_one_number(desk, site, scripts):
    page = desk("pelayanan", java_script_enabled=scripts)
    before = site.newest_order()
    page.goto("/pesanan/baru/")
    walking.write_request(
        page, _customer("Tono Contohadi", "Desa Lor" if scripts else "Dusun Kidul"), [Item("Poros", "1")]
    )
    page.get_by_label("Alasan tanpa gambar").fill("Barang dibawa sendiri.")
    page.get_by_label("Pelanggan menyetujui data pribadinya").check()
    press_twice(page, "Simpan dan cetak")
    expect(walking.said(page)).to_contain_text("Permohonan disimpan.")
    assert site.newest_order() == before + 1
    assert _papers(site, before + 1, "formulir_permohonan") == 1


def _customer(name: str, village: str) -> dict[str, str]:
    """Somebody who is like nobody else: the same person twice would be asked about."""
    number = f"0812{sum(map(ord, name + village)):07}"
    return {"Nama orang": name, "Jenis pelanggan": "Perorangan", "Nomor HP": number, "Alamat": village}


def test_a_session_that_ended_leads_back_to_the_page(desk, site):
    page = desk("pelayanan")
    address = f"{site.url}/pesanan/{site.orders('konfirmasi')[0]}/"
    page.goto(address)
    page.context.clear_cookies()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk")
    sign_in(page, "pelayanan")
    page.wait_for_url(address)


def test_a_session_that_ended_takes_nothing_typed_with_it(desk, site):
    page = desk("pelayanan")
    order = site.orders("permohonan")[0]
    walking.open_order(page, order)
    _choose(page, "Tidak bisa, kembalikan", "Perlu gambar yang lebih jelas.")
    page.context.clear_cookies(name="sessionid")
    walking.press(page, "Catat keputusan")
    sign_in(page, "pelayanan")
    expect(page.get_by_role("heading", name="Bisa dikerjakan?")).to_be_visible()
    assert site.stage(order) == "permohonan"
    expect(page.get_by_label("Tidak bisa, kembalikan", exact=True)).to_be_checked()
    expect(page.get_by_label("Catatan")).to_have_value("Perlu gambar yang lebih jelas.")


def test_a_script_in_a_name_is_only_a_name(desk, site, drawings):
    page = desk("pelayanan")
    name = "<script>document.title='kena'</script> O'Brien =cmd"
    page.goto("/pesanan/baru/")
    walking.write_request(page, _customer(name, "Kampung Wetan"), [Item("<img src=x onerror=alert(1)>", "1")])
    page.on("dialog", lambda dialog: dialog.dismiss())
    walking.submit_request(page, [drawings["pdf"]])
    order = site.newest_order()
    form = walking.paper(page, order, "Formulir permohonan")
    for address in (f"/pesanan/{order}/", "/meja/", "/pesanan/", "/pelanggan/", "/pesanan/?q=<script>"):
        page.goto(address)
        assert "kena" not in page.title()
    page.goto("/pesanan/")
    expect(page.locator("main")).to_contain_text(name)
    assert name in walking.text_of(page, form)
