"""Every way off the main road of the SOP, and what the papers and the two books say of it afterwards."""

import re

from playwright.sync_api import expect

from tests.browser import walking
from tests.browser.walking import Clerks, Service


def test_returned_at_identification(desk, site):
    page = desk("pelayanan")
    order = site.orders("permohonan")[0]
    walking.answer(page, order, "Tidak bisa, kembalikan", press_on="Catat keputusan")
    expect(page.get_by_role("alert")).to_contain_text("tulis alasan mengapa permohonan dikembalikan.")
    assert site.stage(order) == "permohonan"
    walking.answer(page, order, "Tidak bisa, kembalikan", "Mesin tidak ada.", press_on="Catat keputusan")
    assert site.stage(order) == "dikembalikan"
    walking.open_order(page, order)
    expect(page.locator(".stepper [aria-current]")).to_contain_text("Dikembalikan")
    expect(walking.history(page)).to_contain_text("Mesin tidak ada.")
    expect(page.locator(".btn-primary")).to_have_count(0)


def test_declined_by_the_workshop(desk, site):
    clerks = Clerks(desk)
    order = site.orders("estimasi")[0]
    page = clerks.bengkel
    page.goto(f"/pesanan/{order}/estimasi/")
    page.get_by_role("heading", name="Tidak sanggup mengerjakan?").click()
    page.get_by_label("Alasan tidak sanggup").fill("Bahan tidak ada di pasar.")
    walking.press(page, "Tidak sanggup, kembalikan ke pelayanan")
    assert site.stage(order) == "permohonan"
    walking.open_order(clerks.pelayanan, order)
    expect(walking.history(clerks.pelayanan)).to_contain_text("Bahan tidak ada di pasar.")
    expect(clerks.pelayanan.get_by_role("heading", name="Bisa dikerjakan?")).to_be_visible()


def test_revised_then_agreed(desk, site):
    clerks = Clerks(desk)
    order = site.orders("konfirmasi")[0]
    confirm = {"press_on": "Catat jawaban pelanggan", "via": "WhatsApp"}
    walking.answer(clerks.pelayanan, order, "Minta revisi", "Tanpa pengecatan.", **confirm)
    assert site.stage(order) == "estimasi"
    walking.write_estimate(clerks.bengkel, order, [Service("CNC", "2,5")], [], "7")
    expect(clerks.bengkel.get_by_role("region", name="Permintaan revisi pelanggan")).to_contain_text(
        "Tanpa pengecatan."
    )
    sent = clerks.bengkel.locator(".amount").inner_text()
    walking.press(clerks.bengkel, "Kirim estimasi ke pelayanan")
    walking.answer(clerks.pelayanan, order, "Sepakat", **confirm)
    assert site.stage(order) == "pesanan"
    letter = walking.text_of(clerks.pelayanan, walking.paper(clerks.pelayanan, order, "Surat pesanan"))
    assert walking.total(clerks.pelayanan) == sent
    assert f"JUMLAH {sent.removeprefix('Rp')}" in letter
    assert "Versi 2" in letter


def test_disagreed(desk, site):
    page = desk("pelayanan")
    order = site.orders("konfirmasi")[0]
    walking.answer(page, order, "Tidak sepakat", "Terlalu mahal.", press_on="Catat jawaban pelanggan", via="Telepon")
    assert site.stage(order) == "dikembalikan"
    names = {paper.name for paper in walking.papers(page, order)}
    assert names == {"Surat pengembalian", "Lembar estimasi", "Formulir permohonan"}


def test_cancelled_by_pimpinan(desk, site):
    page = desk("pimpinan")
    order = site.orders("pesanan")[0]
    letter = walking.paper(page, order, "Surat pesanan")
    page.get_by_text("Tindakan lain").click()
    page.get_by_role("link", name="Batalkan pesanan").click()
    page.get_by_label("Alasan pembatalan").fill("Pelanggan mundur.")
    for left_here in page.locator("[type=checkbox][name^=titipan]").all():
        left_here.check()
    walking.press(page, "Batalkan pesanan")
    expect(walking.said(page)).to_contain_text("Pesanan dibatalkan.")
    assert site.stage(order) == "dibatalkan"
    after = walking.paper(page, order, "Surat pesanan")
    assert after.number == letter.number
    assert "BATAL" in after.detail
    text = walking.text_of(page, after)
    assert "BATAL" in text
    assert "Pelanggan mundur." in text
    [row] = walking.book_rows(page, "pesanan", letter.number)
    assert row[11].startswith("BATAL")
    assert row[9] == ""


def _offer_change(page, order) -> str:
    """The workshop offers two hours of CNC for the first service, in days that break no promise; returns the total."""
    walking.write_estimate(page, order, [Service("CNC", "2")], [], "40")
    page.get_by_label("Alasan perubahan").fill("Ukuran lubang berubah.")
    walking.press(page, "Kirim perubahan ke pelayanan")
    expect(walking.said(page)).to_contain_text("Estimasi dikirim")
    return page.locator("table:has-text('Ditawarkan') strong").first.inner_text()


def test_changed_during_production_and_agreed(desk, site):
    clerks = Clerks(desk)
    order = site.orders("produksi")[0]
    former = walking.paper(clerks.pelayanan, order, "Surat pesanan")
    offered = _offer_change(clerks.bengkel, order)
    expect(clerks.bengkel.locator(".btn-primary")).to_have_count(0)
    walking.answer(
        clerks.pelayanan,
        order,
        "Sepakat dengan perubahan",
        press_on="Catat jawaban pelanggan",
        via="Telepon",
    )
    letter = walking.paper(clerks.pelayanan, order, "Surat pesanan, perubahan ke-1")
    text = walking.text_of(clerks.pelayanan, letter)
    assert f"Perubahan ke-1 menggantikan Nomor {former.number}" in text
    assert f"JUMLAH {offered.removeprefix('Rp')}" in text
    assert walking.total(clerks.pelayanan) == offered
    [old, new] = walking.book_rows(clerks.pelayanan, "pesanan", letter.number)
    assert [old[2], new[2]] == [former.number, letter.number]
    assert f"Diganti perubahan ke-1, {letter.number}" in old[11]
    assert new[5] == offered.removeprefix("Rp")
    walking.finish(clerks.bengkel, order)


def test_changed_during_production_and_refused(desk, site):
    clerks = Clerks(desk)
    order = site.orders("produksi")[0]
    walking.open_order(clerks.pelayanan, order)
    agreed = walking.total(clerks.pelayanan)
    assert _offer_change(clerks.bengkel, order) != agreed
    walking.answer(
        clerks.pelayanan,
        order,
        "Tolak perubahan",
        "Tetap ukuran lama.",
        press_on="Catat jawaban pelanggan",
        via="Telepon",
    )
    assert walking.total(clerks.pelayanan) == agreed
    assert not [paper for paper in walking.papers(clerks.pelayanan, order) if "perubahan" in paper.name]
    walking.finish(clerks.bengkel, order)


def test_payment_reversed_and_paid_again(desk, site):
    clerks = Clerks(desk)
    order = site.orders("pembayaran")[0]
    walking.open_order(clerks.keuangan, order)
    bill = walking.total(clerks.keuangan)
    walking.check_cash(clerks.keuangan, order, "99.000.000")
    walking.issue_receipt(clerks.keuangan)
    first = walking.paper(clerks.keuangan, order, "Bukti pembayaran")
    page = clerks.pimpinan
    walking.ask_reversal(clerks.keuangan, order, "Salah pesanan.")
    walking.approve_reversal(page, order)
    assert site.stage(order) == "pembayaran"
    void = walking.paper(page, order, "Bukti pembayaran")
    assert void.number == first.number
    text = walking.text_of(page, void)
    assert "BATAL" in text
    assert "Salah pesanan." in text
    walking.check_transfer(clerks.keuangan, order, "QRIS", "QR-CONTOH-771")
    walking.issue_receipt(clerks.keuangan)
    second = walking.paper(clerks.keuangan, order, "Bukti pembayaran")
    assert second.number != first.number
    assert "QR-CONTOH-771" in walking.text_of(clerks.keuangan, second)
    rows = walking.book_rows(clerks.pimpinan, "penerimaan", "")
    struck, counter, paid = (
        [row for row in rows if row[1] == number and row[5].startswith("Pembatalan") == is_counter]
        for number, is_counter in ((first.number, False), (first.number, True), (second.number, False))
    )
    assert struck[0][10].startswith("BATAL")
    assert _rupiah(paid[0][6]) == _rupiah(struck[0][6]) == -_rupiah(counter[0][6])
    assert bill in walking.text_of(clerks.keuangan, second)


def _rupiah(text: str) -> int:
    """`1.500.000`, `−1.500.000` or `(1.500.000)` -> rupiah."""
    digits = int(re.sub(r"\D", "", text))
    return -digits if re.search(r"[-−(]", text) else digits


def test_a_paper_is_verified_by_everybody(desk, site):
    pelayanan, anybody = desk("pelayanan"), desk("")
    order = site.orders("selesai")[0]
    receipt = walking.paper(pelayanan, order, "Bukti pembayaran")
    code = re.search(r"Kode verifikasi (\S{4}-\S{4})", walking.text_of(pelayanan, receipt))[1]
    anybody.goto(f"/verifikasi/{code}/")
    expect(anybody.locator("main")).to_contain_text(receipt.number)
    anybody.goto("/verifikasi/AAAA-AAAA/")
    expect(anybody.locator("main")).not_to_contain_text(receipt.number)
