"""The number that a template would print next, shown while the template is typed."""

import pytest
from playwright.sync_api import Locator, Page, expect


def line_of(page: Page) -> Locator:
    page.goto("/kantor/nomor/")
    return page.locator("[data-number]").filter(has=page.locator("[name=surat_pesanan]"))


@pytest.mark.parametrize("template", ["SP-{urut:05}.{bulan:02}.{tahun}", "{tahun}/{bulan_romawi}/{urut}"])
def test_the_script_writes_the_number_that_the_server_writes(desk, template):
    page = desk("admin")
    line = line_of(page)
    line.locator("input").fill(template)
    while_typing = line.locator("output").inner_text()
    page.get_by_role("button", name="Lihat contoh nomor").click()
    expect(page.locator("output", has_text=while_typing)).to_have_count(1)


def test_a_template_that_is_not_finished_shows_no_number(desk):
    line = line_of(desk("admin"))
    line.locator("input").fill("SP/{urut:0")
    expect(line.locator("output")).to_have_text("Pola belum benar")
