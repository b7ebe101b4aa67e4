"""The whole SOP in the browser, as the four roles: the main road with and without scripts, and every side exit.

Numbers and totals are read back out of the papers as the signed-in browser downloads them.
"""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from balai.formats import MONTHS
from tests.browser import walking
from tests.browser.files import PHOTO_SIZE
from tests.browser.walking import Clerks, Item, Material, Service

CUSTOMER = {
    "Nama orang": "Sri Contohwati",
    "Nama usaha": "CV Contoh Maju",
    "Jenis pelanggan": "IKM",
    "Nomor HP": "0812-0000-1199",
    "Alamat": "Desa Contoh RT 03 RW 01",
}
ITEMS = [
    Item("Poros utama", "4", material="Baja ST 41", size="Ø 20 × 180 mm"),
    Item("Braket siku", "24"),
    Item("Papan meja", "2,5", unit="m", material="Jati"),
]
# 10 × 45.000 + 4,25 × 40.000 + 3 × 85.500; what the customer brings costs nothing
SERVICES = [Service("Bubut", "10", "poros utama"), Service("Las listrik", "4,25", "braket siku")]
MATERIALS = [Material("Plat 4 mm", "3", "lembar", "85.500", "nota pembelian"), Material("Baja ST 41", "2", "batang")]
TOTAL = "876.500"
IN_WORDS = "delapan ratus tujuh puluh enam ribu lima ratus rupiah"
LONG_MONTHS = {month[:3]: month for month in MONTHS}
PARTS = {"Jasa": "620.000", "Bahan": "256.500"}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_whole_sop(desk, site, drawings, scripts):
    clerks = Clerks(desk, java_script_enabled=scripts)
    order = _apply(clerks.pelayanan, site, drawings)
    _identify_and_estimate(clerks, order)
    letter = _confirm(clerks.pelayanan, order)
    _produce(clerks.bengkel, order)
    receipt = _pay(clerks, order, letter)
    _collect(clerks, site, order, letter, receipt)


def _apply(page, site, drawings) -> int:
    page.goto("/meja/")
    page.get_by_role("link", name="Permohonan baru").click()
    walking.write_request(page, CUSTOMER, ITEMS)
    walking.submit_request(page, list(drawings.values()))
    order = site.newest_order()
    form = walking.paper(page, order, "Formulir permohonan")
    number = page.locator("h1 .plate").inner_text()
    assert form.number == number
    text = walking.text_of(page, form)
    for words in (
        number,
        CUSTOMER["Nama orang"],
        CUSTOMER["Nama usaha"],
        "0812 0000 1199",
        *(path.name for path in drawings.values()),
    ):
        assert words in text
    for item in ITEMS:
        assert f"{item.name} {item.size} {item.quantity}".replace("  ", " ") in text
    _drawings_are_kept(page, drawings)
    return order


def _drawings_are_kept(page, drawings) -> None:
    links = page.locator(".thumbs a[href*='/gambar/']:has(img)")
    stored = [walking.downloaded(page, link.get_attribute("href")) for link in links.all()]
    photo, pdf = sorted(stored, key=lambda data: data[:4] == b"%PDF")
    assert pdf == drawings["pdf"].read_bytes()
    with Image.open(io.BytesIO(photo)) as image:
        assert image.size == PHOTO_SIZE[::-1]
        assert not image.getexif()
        assert image.getpixel((image.width // 2, 40))[1] < 90, "the red edge is on top"


def _identify_and_estimate(clerks, order) -> None:
    walking.answer(clerks.pelayanan, order, "Bisa dikerjakan", "Cek ukuran poros.", press_on="Catat keputusan")
    page = clerks.bengkel
    walking.write_estimate(page, order, SERVICES, MATERIALS, "5")
    expect(page.get_by_text("Cek ukuran poros.")).to_be_visible()
    expect(page.locator(".amount")).to_have_text(f"Rp{TOTAL}")
    walking.press(page, "Kirim estimasi ke pelayanan")
    expect(walking.said(page)).to_contain_text("Estimasi dikirim")


def _confirm(page, order) -> str:
    walking.answer(page, order, "Sepakat", "Sepakat semua.", press_on="Catat jawaban pelanggan", via="Datang ke loket")
    letter = walking.paper(page, order, "Surat pesanan")
    assert walking.total(page) == f"Rp{TOTAL}"
    assert walking.in_words(page).lower() == IN_WORDS
    text = walking.text_of(page, letter)
    assert letter.number in text
    assert f"JUMLAH {TOTAL}" in text
    assert f"# {IN_WORDS} #" in text.lower()
    promise = page.locator("dt:text-is('Janji selesai') + dd").inner_text()
    assert _long_date(promise) in text
    [row] = walking.book_rows(page, "pesanan", letter.number)
    assert row[3] == CUSTOMER["Nama usaha"]
    assert row[5] == TOTAL
    assert row[8:11] == ["", "0", TOTAL]
    return letter.number


def _long_date(short: str) -> str:
    """`4 Des 2026` -> `4 Desember 2026`, as papers write it."""
    months = [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ]
    day, month, year = short.split(",")[0].split()
    return f"{day} {next(full for full in months if full.startswith(month))} {year}"


def _produce(page, order) -> None:
    walking.start(page, order)
    walking.answer(page, order, "Tunda", "Menunggu bahan jati.", press_on="Catat kemajuan")
    expect(page.locator(".next-card")).to_contain_text("Menunggu bahan jati.")
    walking.press(page, "Lanjutkan pekerjaan")
    expect(walking.said(page)).to_have_text("Pekerjaan dilanjutkan.")
    walking.finish(page, order)


def _pay(clerks, order, letter) -> str:
    page = clerks.keuangan
    walking.check_cash(page, order, "900.000")
    facts = page.locator(".check-answers").inner_text()
    assert letter in facts
    assert "Rp23.500" in facts
    announced = page.locator(".next-card strong").first.inner_text()
    expect(page.locator(".amount")).to_have_text(f"Rp{TOTAL}")
    walking.issue_receipt(page)
    receipt = walking.paper(page, order, "Bukti pembayaran")
    assert receipt.number == announced
    text = walking.text_of(page, receipt)
    for words in (receipt.number, letter, f"Rp{TOTAL}", "Rp900.000, kembali Rp23.500", f"JUMLAH {TOTAL}"):
        assert words in text
    assert f"# {IN_WORDS} #" in text.lower()
    rows = _rows_of_payment(page, receipt.number)
    assert sorted(row[6] for row in rows) == sorted(PARTS.values())
    assert all(amount in text for amount in PARTS.values())
    [row] = walking.book_rows(clerks.pelayanan, "pesanan", letter)
    assert row[8:11] == [receipt.number, TOTAL, "0"]
    return receipt.number


def _rows_of_payment(page, number) -> list[list[str]]:
    """The rows of one transaction: only the first bears its number."""
    rows = walking.book_rows(page, "penerimaan", "")
    first = next(place for place, row in enumerate(rows) if number in row)
    rest = next((place for place, row in enumerate(rows) if place > first and row[0]), len(rows))
    return rows[first:rest]


def _collect(clerks, site, order, letter, receipt) -> None:
    page = clerks.pelayanan
    walking.hand_over(page, order, receipt, {"Poros utama": "4", "Braket siku": "10", "Papan meja": "0"})
    assert site.stage(order) == "siap_diambil"
    part = walking.text_of(page, walking.paper(page, order, "Surat jalan"))
    assert "Sisa 14 dari 24 buah" in part
    assert "Papan meja" not in part
    walking.hand_over(page, order, receipt.lower(), {})
    assert site.stage(order) == "selesai"
    notes = [found for found in walking.papers(page, order) if found.name == "Surat jalan"]
    assert len({note.number for note in notes}) == 2
    whole = walking.text_of(page, notes[0])
    for words in (notes[0].number, letter, f"{receipt}, lunas", "Braket siku 14 buah Lengkap", "Papan meja 2,5 m"):
        assert words in whole
    expect(page.locator(".timeline")).to_contain_text(f"surat jalan {notes[0].number}")
    [row] = walking.book_rows(page, "pesanan", letter)
    assert row[11] == "Diserahkan"


def test_returned_at_identification(desk, site):
    page = desk("pelayanan")
    order = site.orders("permohonan")[0]
    walking.answer(page, order, "Tidak bisa, kembalikan", press_on="Catat keputusan")
    expect(page.get_by_role("alert")).to_contain_text("tulis alasan mengapa permohonan dikembalikan.")
    assert site.stage(order) == "permohonan"
    walking.answer(page, order, "Tidak bisa, kembalikan", "Mesin tidak ada.", press_on="Catat keputusan")
    assert site.stage(order) == "dikembalikan"
    expect(page.locator(".stepper [aria-current]")).to_contain_text("Dikembalikan")
    expect(page.locator(".timeline")).to_contain_text("Mesin tidak ada.")
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
    expect(clerks.pelayanan.locator(".timeline")).to_contain_text("Bahan tidak ada di pasar.")
    expect(clerks.pelayanan.get_by_role("heading", name="Bisa dikerjakan?")).to_be_visible()


def test_revised_then_agreed(desk, site):
    clerks = Clerks(desk)
    order = site.orders("konfirmasi")[0]
    confirm = {"press_on": "Catat jawaban pelanggan", "via": "WhatsApp"}
    walking.answer(clerks.pelayanan, order, "Minta revisi", "Tanpa pengecatan.", **confirm)
    assert site.stage(order) == "estimasi"
    walking.write_estimate(clerks.bengkel, order, [Service("CNC", "2,5")], [], "7")
    expect(clerks.bengkel.get_by_text("Tanpa pengecatan.")).to_be_visible()
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
    assert [paper.name for paper in walking.papers(page, order)] == ["Formulir permohonan"]


def test_cancelled_by_pimpinan(desk, site):
    page = desk("pimpinan")
    order = site.orders("pesanan")[0]
    letter = walking.paper(page, order, "Surat pesanan")
    page.get_by_text("Tindakan lain").click()
    page.get_by_role("link", name="Batalkan pesanan").click()
    page.get_by_label("Alasan pembatalan").fill("Pelanggan mundur.")
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
    """The workshop offers two hours of CNC for the first service; returns the new total."""
    walking.write_estimate(page, order, [Service("CNC", "2")], [], "9")
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
    walking.open_order(page, order)
    page.get_by_text("Tindakan lain").click()
    page.get_by_role("link", name="Batalkan pembayaran").click()
    page.get_by_label("Alasan pembatalan").fill("Salah pesanan.")
    walking.press(page, "Batalkan pembayaran")
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
