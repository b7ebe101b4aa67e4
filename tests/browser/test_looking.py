"""The measures of all pages find what they are for: each planted fault is named, a plain page has none."""

import pytest

from tests.browser.looking import CONTRAST, axe, faults_everywhere, measured

PLAIN = """<!doctype html><html lang="id"><title>Meja</title><meta name="viewport" content="width=device-width">
    <main><h1>Meja</h1><p>Tidak ada yang menunggu.</p>{}</main>"""


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("<h1>Lagi</h1>", "2 h1"),
        ('<button style="height: 43px">Cari</button>', "lower than 44 px: Cari: 43 px"),
        ('<label><input type="checkbox"> Setuju</label>', "lower than 44 px"),
        ('<a class="btn-primary" href="/">A</a> <a class="btn-primary" href="/">B</a>', "several timber buttons"),
        (
            '<div style="width: 90px"><table style="width: 95px"><tr><td>1</td></tr></table></div>',
            "wider than its card",
        ),
        (
            '<div class="next-card"><p style="height: 700px">Panjang</p><a class="btn-primary" href="/">A</a></div>',
            "the next step is below the screen: A",
        ),
        ('<p style="width: 800px">Panjang</p>', "px wider than the window of 390"),
        ("<p>Isian ini required.</p>", "English: "),
        ('<img alt="Choose file" src="data:,">', "English: "),
        ("<p>None</p>", "English: "),
        ('<details><summary style="height: 44px">Lain</summary><p>Please wait</p></details>', "English: "),
        ('<img src="data:,">', "axe image-alt"),
        ('<p style="color: #999; background: #fff">Pucat</p>', "dark: axe color-contrast"),
    ],
)
def test_a_planted_fault_is_found(page, planted, fault):
    page.set_content(PLAIN.format(planted))
    assert any(fault in found for found in faults_everywhere(page))


def test_a_plain_page_has_no_fault(page):
    page.set_content(PLAIN.format('<button style="height: 44px">Cari</button>'))
    assert faults_everywhere(page) == []


def test_what_needs_scripts_is_found(page):
    page.set_content(PLAIN.format('<button type="button" style="height: 44px">Tambah</button>'))
    assert measured(page).faults == []
    assert measured(page, scripts=False).faults == ["does nothing without scripts: Tambah"]


def test_contrast_is_all_that_is_looked_at_in_the_dark(page):
    page.set_content(PLAIN.format('<img src="data:,">'))
    assert axe(page, CONTRAST) == []
