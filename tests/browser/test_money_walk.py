"""A day of money in a browser, on a site of its own, for it closes the day: pay, take back, waive, deposit, correct,
close."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import walking
from tests.browser.conftest import Watch
from tests.browser.looking import faults_everywhere
from tests.browser.site import Site, running_site
from tests.print import reading

DESKTOP = {"width": 1366, "height": 768}


@pytest.fixture
def office(browser: Browser, tmp_path: Path, watch: Watch) -> Iterator[tuple[Site, Callable[[str], Page]]]:
    """The site, and `desk("keuangan")`: a page of that user."""
    with running_site(tmp_path) as site:

        def desk(user: str) -> Page:
            context = browser.new_context(base_url=site.url, locale="id-ID", timezone_id="Asia/Jakarta")
            context.set_default_timeout(10_000)
            watch.over(context)
            page = context.new_page()
            page.goto("/masuk/")
            walking.sign_in(page, user)
            page.wait_for_url(lambda url: "/masuk/" not in url)
            return page

        yield site, desk
        assert watch.taken() == []
        assert " ERROR " not in site.log, site.log


def looked_at(page: Page) -> None:
    """The page is right on a desktop and on a phone; then goes on as it was, what is folded away opened."""
    assert faults_everywhere(page) == [], page.url
    page.set_viewport_size(DESKTOP)


def put_the_number_right(page: Page, wrong: str, right: str, *, used: str) -> None:
    """On the page of a deposit: its number is corrected, at first to one that another deposit has."""
    former = page.get_by_role("link", name="/TS/").inner_text()
    page.get_by_role("link", name="Betulkan nomor, bank, atau tanggal").click()
    expect(page.get_by_label("Nomor STS")).to_have_value(wrong)
    page.get_by_label("Nomor STS").fill(used)
    page.get_by_label("Alasan pembetulan").fill("Angka tertukar.")
    walking.press(page, "Simpan pembetulan")
    expect(page.get_by_role("alert")).to_contain_text("sudah tercatat pada setoran lain")
    looked_at(page)
    expect(page.get_by_label("Nomor STS")).to_have_value(used)
    expect(page.get_by_label("Alasan pembetulan")).to_have_value("Angka tertukar.")
    page.get_by_label("Nomor STS").fill(right)
    walking.press(page, "Simpan pembetulan")

    expect(walking.said(page)).to_contain_text(f"{former} menjadi BATAL")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Setoran {right}")
    looked_at(page)
    history = page.get_by_role("region", name="Pembetulan")
    expect(history).to_contain_text("Angka tertukar.")
    expect(history.locator("del")).to_contain_text(wrong)
    _from_the_former_paper_to_the_new(page, history.get_by_role("link", name=former))


def _from_the_former_paper_to_the_new(page: Page, former: Locator) -> None:
    number = former.inner_text()
    former.click()
    expect(page.locator("h1 .plate")).to_have_text(number)
    expect(page.get_by_text("BATAL, tidak berlaku lagi")).to_be_visible()
    page.locator(".next-card").get_by_role("link", name="/TS/").click()
    expect(page.locator("h1 .plate")).not_to_have_text(number)
    expect(page.get_by_text("Berlaku", exact=True)).to_be_visible()


def test_a_day_of_money(office: tuple[Site, Callable[[str], Page]], drawings: dict[str, Path]) -> None:
    site, desk = office
    keuangan, pimpinan = desk("keuangan"), desk("pimpinan")
    first, second = site.orders("pembayaran")[:2]

    # a payment, taken back by a second person
    walking.check_cash(keuangan, first, "99.000.000")
    looked_at(keuangan)
    walking.issue_receipt(keuangan)
    wrong = walking.paper(keuangan, first, "Bukti pembayaran")
    walking.ask_reversal(keuangan, first, "Salah pesanan.")
    pimpinan.goto("/meja/")
    expect(pimpinan.get_by_role("heading", name="Pembatalan pembayaran menunggu keputusan")).to_be_visible()
    pimpinan.goto(f"/pesanan/{first}/pembatalan-pembayaran/")
    looked_at(pimpinan)
    pimpinan.get_by_label("Kata sandi Anda").fill("bukan-kata-sandi")
    walking.press(pimpinan, "Setujui, batalkan pembayaran")
    expect(pimpinan.get_by_role("alert")).to_contain_text("kata sandi tidak cocok")
    looked_at(pimpinan)
    walking.approve_reversal(pimpinan, first)
    assert site.stage(first) == "pembayaran"

    # a reduced bill, paid as it is
    pimpinan.goto(f"/pesanan/{second}/keputusan/")
    pimpinan.get_by_label("Pengurangan", exact=True).check()
    pimpinan.get_by_label("Jumlah pengurangan").fill("10.000")
    pimpinan.get_by_label("Nomor keputusan").fill("900/CONTOH/1")
    pimpinan.get_by_label("Ditetapkan oleh").fill("Gubernur Contoh")
    pimpinan.locator("[name=reason]").fill("Usaha mikro.")
    looked_at(pimpinan)
    pimpinan.get_by_label("Foto atau pindaian keputusan").set_input_files(drawings["foto"])
    walking.press(pimpinan, "Catat keputusan")
    expect(walking.said(pimpinan)).to_contain_text("Keputusan tercatat")
    walking.check_cash(keuangan, second, "99.000.000")
    expect(keuangan.get_by_text("keputusan 900/CONTOH/1")).to_be_visible()
    walking.issue_receipt(keuangan)
    receipt = walking.paper(keuangan, second, "Bukti pembayaran")
    assert "Keputusan Nomor 900/CONTOH/1" in walking.text_of(keuangan, receipt)

    # all cash to the bank
    keuangan.goto("/setoran/")
    for box in keuangan.locator("[name=bukti]").all():
        box.check()
    keuangan.get_by_label("Nomor STS").fill("7710/STS/CONTOH")
    walking.press(keuangan, "Periksa setoran")
    looked_at(keuangan)
    walking.press(keuangan, "Catat setoran")
    expect(walking.said(keuangan)).to_contain_text("Setoran tercatat")
    used = site.ask("SELECT min(sts_number) FROM finance_depositinforce")[0][0]
    put_the_number_right(keuangan, "7710/STS/CONTOH", "7701/STS/CONTOH", used=used)
    keuangan.goto("/buku/setoran/")
    row = keuangan.get_by_role("row").filter(has=keuangan.get_by_role("link", name="7701/STS/CONTOH"))
    expect(row).to_contain_text("Dibetulkan, semula 7710/STS/CONTOH")
    assert walking.book_rows(keuangan, "penerimaan", "7701/STS/CONTOH")
    assert not walking.book_rows(keuangan, "penerimaan", "7710/STS/CONTOH")

    # the till counted, with a note too many
    keuangan.goto("/kasir/tutup/")
    keuangan.locator("[name=pecahan_100000]").fill("1")
    walking.press(keuangan, "Periksa hitungan")
    expect(keuangan.get_by_role("alert")).to_contain_text("Jelaskan selisihnya")
    keuangan.get_by_label("Penjelasan selisih").fill("Uang kembalian dari kantor.")
    walking.press(keuangan, "Periksa hitungan")
    looked_at(keuangan)
    walking.press(keuangan, "Tutup kas")
    expect(walking.said(keuangan)).to_contain_text("Kas hari ini ditutup")

    # the month's book, printed
    pimpinan.goto("/buku/penerimaan/")
    looked_at(pimpinan)
    book = "".join(reading.text(walking.downloaded(pimpinan, "/buku/penerimaan.pdf")).split())  # narrow columns break
    assert wrong.number in book
    assert receipt.number in book
    assert "7701/STS/CONTOH" in book
    assert "7710/STS/CONTOH" not in book
