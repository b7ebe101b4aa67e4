"""The whole SOP in the browser, as the four roles, with and without scripts.

Numbers and totals are read back out of the papers as the signed-in browser downloads them.
"""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from balai.formats import MONTHS
from tests.browser import walking
from tests.browser.files import PHOTO_SIZE
from tests.browser.walking import Clerks, Item, Material, Service

# Both walks are in one database: the second customer is not like the first one.
CUSTOMERS = {
    True: {
        "Nama orang": "Sri Contohwati",
        "Nama usaha": "CV Contoh Maju",
        "Jenis pelanggan": "IKM",
        "Nomor HP": "0812-0000-1199",
        "Alamat": "Desa Contoh RT 03 RW 01",
    },
    False: {
        "Nama orang": "Wahyu Misaladi",
        "Nama usaha": "UD Misal Tekun",
        "Jenis pelanggan": "IKM",
        "Nomor HP": "0857-0000-3377",
        "Alamat": "Desa Misal RT 01 RW 05",
    },
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
    order = _apply(clerks.pelayanan, site, drawings, CUSTOMERS[scripts])
    _identify_and_estimate(clerks, order)
    letter = _confirm(clerks.pelayanan, order, CUSTOMERS[scripts])
    _produce(clerks.bengkel, order)
    receipt = _pay(clerks, order, letter)
    _collect(clerks, site, order, letter, receipt)


def _apply(page, site, drawings, customer) -> int:
    page.goto("/meja/")
    page.get_by_role("link", name="Permohonan baru").click()
    walking.write_request(page, customer, ITEMS)
    walking.submit_request(page, list(drawings.values()))
    order = site.newest_order()
    form = walking.paper(page, order, "Formulir permohonan")
    number = page.locator("h1 .plate").inner_text()
    assert form.number == number
    text = walking.text_of(page, form)
    for words in (
        number,
        customer["Nama orang"],
        customer["Nama usaha"],
        customer["Nomor HP"].replace("-", " "),
        *(path.name for path in drawings.values()),
    ):
        assert words in text
    for item in ITEMS:
        assert f"{item.name} {item.size} {item.quantity}".replace("  ", " ") in text
    _drawings_are_kept(page, drawings)
    return order


def _drawings_are_kept(page, drawings) -> None:
    links = page.locator(".thumbs a[href*='/gambar/']:has(img)")
    files = [link.get_attribute("href").replace("lihat/", "?unduh=1") for link in links.all()]
    stored = [walking.downloaded(page, file) for file in files]
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


def _confirm(page, order, customer) -> str:
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
    assert row[3] == customer["Nama usaha"]
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
    walking.hold(page, order, "Menunggu bahan", "jati")
    walking.open_order(page, order)
    expect(page.locator(".next-card")).to_contain_text("Menunggu bahan: jati")
    walking.press(page, "Lanjutkan pekerjaan")
    expect(walking.said(page)).to_have_text("Pekerjaan dilanjutkan.")
    walking.finish(page, order)


def _pay(clerks, order, letter) -> str:
    page = clerks.keuangan
    walking.check_cash(page, order, "900.000")
    facts = page.locator("main .check-answers").inner_text()
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
    assert "Braket siku buah 24 10 14" in " ".join(part.split())
    assert "Papan meja" not in part
    walking.hand_over(page, order, receipt.lower(), {})
    assert site.stage(order) == "selesai"
    notes = [found for found in walking.papers(page, order) if found.name == "Surat jalan"]
    assert len({note.number for note in notes}) == 2
    whole = walking.text_of(page, notes[0])
    for words in (notes[0].number, letter, f"{receipt}, lunas", "Braket siku buah 24 14 0", "Papan meja"):
        assert words in whole
    expect(walking.history(page)).to_contain_text(f"surat jalan {notes[0].number}")
    [row] = walking.book_rows(page, "pesanan", letter)
    assert row[11] == "Diserahkan"
