"""A desk that stays open keeps itself up to date and takes nothing from whoever sits at it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import walking

REFRESH = 21_000  # milliseconds on the page's clock, which the test moves


@pytest.fixture
def open_desk(desk) -> Page:
    """The front desk with a clock of its own, low enough to be scrolled."""
    page = desk("pelayanan", viewport={"width": 1366, "height": 400})
    page.clock.install()
    page.goto("/meja/")
    expect(page.locator("[data-live-word]")).to_contain_text("Diperbarui")
    return page


def refreshed(page: Page) -> int:
    """Move the clock until the desk asks; the status of the answer."""
    with page.expect_response(lambda response: "x-balai-polling" in response.request.headers) as answer:
        page.clock.fast_forward(REFRESH)
    return answer.value.status


def test_what_others_do_appears_and_what_i_do_stays(open_desk, desk, site):
    page = open_desk
    order = site.orders("permohonan")[0]
    row = page.locator(f'#meja .queue a.plate[href="/pesanan/{order}/"]')
    page.get_by_label("Nomor, nama, HP, atau pekerjaan").fill("setengah ket")
    page.locator("details.disclosure summary").click()
    last = page.locator(".queue .btn").last
    last.focus()
    last.scroll_into_view_if_needed()
    place = last.bounding_box()["y"]
    expect(row).to_have_count(1)

    walking.answer(desk("pelayanan"), order, "Bisa dikerjakan", "", press_on="Catat keputusan")
    assert refreshed(page) == 200

    expect(row).to_have_count(0)
    expect(page.get_by_label("Nomor, nama, HP, atau pekerjaan")).to_have_value("setengah ket")
    expect(page.locator("details.disclosure")).to_have_attribute("open", "")
    expect(page.locator(".queue .btn").last).to_be_focused()
    assert abs(page.locator(".queue .btn").last.bounding_box()["y"] - place) < 2


def test_the_focus_stays_on_its_row_when_the_row_is_drawn_anew(open_desk, desk, site):
    page = open_desk
    first, second = site.orders("permohonan")[:2]
    kept = page.locator(f'.queue a.plate[href="/pesanan/{second}/"]')
    kept.focus()

    walking.answer(desk("pelayanan"), first, "Bisa dikerjakan", "", press_on="Catat keputusan")
    refreshed(page)

    expect(page.locator(f'#meja .queue a.plate[href="/pesanan/{first}/"]')).to_have_count(0)
    expect(kept).to_be_focused()


def test_nothing_new_costs_nothing_and_a_hidden_desk_asks_nothing(open_desk):
    page = open_desk
    assert refreshed(page) in (200, 304)  # the time for a version may just have run out
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })")
    page.clock.fast_forward(5 * REFRESH)
    assert asked == []
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => false })")
    assert refreshed(page) in (200, 304)


def test_a_lost_connection_is_said_and_found_again(open_desk, watch):
    page = open_desk
    word = page.locator("[data-live-word]")
    page.context.set_offline(True)
    page.clock.fast_forward(REFRESH)
    expect(word).to_have_text("Sambungan terputus, mencoba lagi")
    page.context.set_offline(False)
    refreshed(page)
    expect(word).to_contain_text("Diperbarui")
    assert all("htmx:sendError" in fault or "htmx:afterRequest" in fault for fault in watch.taken())


def test_an_ended_session_is_said_and_the_desk_stays(open_desk, watch):
    page = open_desk
    page.context.clear_cookies()
    assert refreshed(page) == 401
    expect(page.locator("[data-live-word]")).to_contain_text("Sesi berakhir")
    expect(page.locator(".queue").first).to_be_visible()
    assert all("401" in fault for fault in watch.taken())
