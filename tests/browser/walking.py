"""What each clerk does at a desk, one function per step of the SOP, by the labels that a person reads."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.site import PASSWORD
from tests.print import reading

_PAPER_ID = re.compile(r"/dokumen/([0-9a-f-]{36})/")


@dataclass(frozen=True)
class Item:
    name: str
    quantity: str
    unit: str = "buah"
    material: str = ""
    size: str = ""


@dataclass(frozen=True)
class Service:
    tariff: str
    quantity: str
    description: str = ""


@dataclass(frozen=True)
class Material:
    """`price` and `source` are for material from the office only."""

    name: str
    quantity: str
    unit: str
    price: str = ""
    source: str = ""


@dataclass(frozen=True)
class Paper:
    """A paper as the order page lists it; `url` is its PDF."""

    name: str
    number: str
    detail: str
    url: str


class Clerks:
    """The four desks of the office, each in a browser of its own."""

    def __init__(self, desk: Callable[..., Page], **options) -> None:
        self.pelayanan, self.bengkel, self.keuangan, self.pimpinan = (
            desk(role, **options) for role in ("pelayanan", "bengkel", "keuangan", "pimpinan")
        )


def sign_in(page: Page, user: str) -> None:
    """Fill in the sign-in page that is open."""
    page.get_by_label("Nama pengguna").fill(user)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()


def open_order(page: Page, order: int) -> None:
    page.goto(f"/pesanan/{order}/")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def said(page: Page) -> Locator:
    """The message under the head of the page."""
    return page.get_by_role("status")


def history(page: Page) -> Locator:
    """What was done with the order, on its page."""
    return page.get_by_role("region", name="Riwayat")


def write_request(page: Page, customer: dict[str, str], items: list[Item]) -> None:
    """SOP 1: a new customer and what is ordered, on the open page of a new request."""
    page.get_by_text("Isi pelanggan baru", exact=True).click()
    page.get_by_label("Jenis pelanggan").select_option(customer["Jenis pelanggan"])
    for label in customer.keys() - {"Jenis pelanggan"}:
        page.get_by_role("main").get_by_label(label).fill(customer[label])
    page.get_by_label("Logam").check()
    for place, item in enumerate(items):
        if place:
            press(page, "Tambah barang")
        for column in ("name", "quantity", "unit", "material", "size"):
            page.locator(f"[name=items-{place}-{column}]").fill(getattr(item, column))


def submit_request(page: Page, drawings: list[Path]) -> None:
    """SOP 1: the drawings and the consent, then the number."""
    page.get_by_label("Tambah gambar").set_input_files(drawings)
    page.get_by_label("Pelanggan menyetujui data pribadinya").check()
    press(page, "Simpan dan cetak")
    expect(said(page)).to_contain_text("Permohonan disimpan.")


def answer(page: Page, order: int, choice: str, note: str = "", *, press_on: str, via: str = "") -> None:
    """A choice and words about it in the card of the order page, with the card's own button."""
    open_order(page, order)
    card = page.locator(".next-card")
    card.get_by_label(choice, exact=True).check()
    if via:
        card.get_by_label("Dijawab lewat").select_option(via)
    card.get_by_label("Catatan").fill(note)
    for left_here in card.locator("[type=checkbox][name^=titipan]").all():
        left_here.check()
    press(page, press_on)


def write_estimate(page: Page, order: int, services: list[Service], materials: list[Material], days: str) -> None:
    """SOP 3: the worksheet, filled in and recomputed, not sent yet. Rows that are there already are overwritten."""
    page.goto(f"/pesanan/{order}/estimasi/")
    for place, service in enumerate(services):
        row = _row(page, "jasa", place)
        row("tariff").select_option(label=service.tariff)
        row("description").fill(service.description)
        row("quantity").fill(service.quantity)
    for place, material in enumerate(materials):
        row = _row(page, "bahan", place)
        row("description").fill(material.name)
        row("origin").select_option(label="dari balai" if material.price else "dari pelanggan")
        row("quantity").fill(material.quantity)
        row("unit").fill(material.unit)
        if material.price:
            row("price").fill(material.price)
            row("price_source").fill(material.source)
    page.get_by_label("Lama pengerjaan").fill(days)
    press(page, "Hitung ulang")


def _row(page: Page, kind: str, place: int) -> Callable[[str], Locator]:
    if page.locator(f"[name={kind}-{place}-description]").count() == 0:
        press(page, f"Tambah {kind}")
        expect(page.locator(f"[name={kind}-{place}-description]")).to_be_attached()
    return lambda column: page.locator(f"[name={kind}-{place}-{column}]")


def start(page: Page, order: int) -> None:
    """SOP 5."""
    open_order(page, order)
    press(page, "Mulai kerjakan")
    expect(said(page)).to_have_text("Pekerjaan dimulai.")


def hold(page: Page, order: int, kind: str, words: str = "") -> None:
    """SOP 5, from the board."""
    page.goto("/bengkel/")
    page.locator(f'a[href="/bengkel/tunda/{order}/"]').click()
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("Keterangan").fill(words)
    press(page, "Tunda pekerjaan")
    expect(said(page)).to_contain_text(["Pekerjaan ditunda."])


def card(page: Page, order: int) -> Locator:
    """The order on the board that is open."""
    return page.locator(".job", has=page.locator(f'a.plate[href="/pesanan/{order}/"]'))


def finish_step(page: Page, order: int, hours: str, photo: Path | None = None) -> None:
    """SOP 5, from the board: the current step."""
    page.goto("/bengkel/")
    card(page, order).get_by_role("link", name="Selesai tahap").click()
    page.get_by_label("Jam yang terpakai").fill(hours)
    if photo:
        page.get_by_label("Foto hasil").set_input_files(photo)
    page.get_by_role("button", name="Selesai tahap").click()
    page.wait_for_url("**/bengkel/")


def finish(page: Page, order: int, photo: Path | None = None, left: str = "") -> None:
    """SOP 5: all of the work, an hour for each step that was not told yet; `left` of the customer's first material."""
    page.goto(f"/pesanan/{order}/produksi/")
    if not page.get_by_label("Sesuai gambar").is_visible():
        page.get_by_text("Catat seluruh pekerjaan selesai").click()
    for hours in page.locator("[name^=jam-]").all():
        hours.fill("1")
    for check in ("Sesuai gambar", "Ukuran diperiksa", "Jumlah lengkap"):
        page.get_by_label(check).check()
    if photo:
        page.get_by_label("Foto hasil").set_input_files(photo)
    if left:
        page.locator("[name^=sisa-]").first.fill(left)
    press(page, "Selesai dikerjakan")
    expect(said(page)).to_contain_text("Pekerjaan selesai")


def check_cash(page: Page, order: int, received: str) -> None:
    """SOP 6: from the payment page to the page that is read before the receipt is issued."""
    page.goto(f"/pesanan/{order}/pembayaran/")
    page.get_by_label("Tunai", exact=True).check()
    page.get_by_label("Uang diterima").fill(received)
    press(page, "Periksa pembayaran")
    expect(page.get_by_role("heading", level=1)).to_have_text("Periksa sebelum bukti terbit")


def check_transfer(page: Page, order: int, way: str, reference: str) -> None:
    """SOP 6, without cash."""
    page.goto(f"/pesanan/{order}/pembayaran/")
    page.get_by_label(way, exact=True).check()
    page.get_by_label("Nomor referensi").fill(reference)
    press(page, "Periksa pembayaran")


def issue_receipt(page: Page) -> None:
    press(page, "Terbitkan bukti pembayaran")
    expect(said(page)).to_contain_text("Pembayaran diterima")


def ask_reversal(page: Page, order: int, reason: str) -> None:
    """Keuangan asks to take the payment back."""
    open_order(page, order)
    page.get_by_text("Tindakan lain").click()
    page.get_by_role("link", name="Minta pembatalan pembayaran").click()
    page.get_by_label("Alasan pembatalan").fill(reason)
    press(page, "Kirim permintaan ke pimpinan")
    expect(said(page)).to_contain_text("Permintaan terkirim")


def approve_reversal(page: Page, order: int) -> None:
    """Pimpinan, led there by the order page, enters the password once more."""
    open_order(page, order)
    page.get_by_role("link", name="Periksa permintaan").click()
    page.get_by_label("Kata sandi Anda").fill(PASSWORD)
    press(page, "Setujui, batalkan pembayaran")
    expect(said(page)).to_contain_text("Pembayaran dibatalkan")


def hand_over(page: Page, order: int, receipt: str, pieces: dict[str, str]) -> None:
    """SOP 7: these pieces to the customer, who shows the receipt; all that is left of things not named.

    What the customer left here goes back too.
    """
    open_order(page, order)
    for name, quantity in pieces.items():
        page.get_by_label(f"{name}: diserahkan sekarang").fill(quantity)
    page.get_by_label("Pemesan sendiri").check()
    page.get_by_label("Bukti pembayaran").fill(receipt)
    for left_here in page.locator(".next-card [type=checkbox][name^=titipan]").all():
        left_here.check()
    press(page, "Serahkan dan cetak surat jalan")
    expect(said(page)).to_contain_text("Barang diserahkan")


def papers(page: Page, order: int) -> list[Paper]:
    """The issued papers on the order page, newest first."""
    open_order(page, order)
    issued = []
    for line in page.locator(".documents li:has(a)").all():
        name, detail = line.locator("a").first.inner_text(), line.locator("small").first.inner_text()
        paper_id = _PAPER_ID.search(line.locator("a").first.get_attribute("href"))[1]
        issued.append(Paper(name, detail.split(" · ")[0], detail, f"/dokumen/{paper_id}/"))
    return issued


def paper(page: Page, order: int, name: str) -> Paper:
    """The newest paper of this name."""
    return next(found for found in papers(page, order) if found.name == name)


def downloaded(page: Page, url: str) -> bytes:
    """What the signed-in browser gets from there."""
    response = page.context.request.get(url)
    assert response.status == 200, f"{url}: {response.status}"
    return response.body()


def text_of(page: Page, paper: Paper) -> str:
    """What the paper says, in one line."""
    return reading.text(downloaded(page, paper.url))


def total(page: Page) -> str:
    """The amount in the foot of the estimate on the open order page, as `Rp1.500.000`."""
    return page.locator(".bill .grand .money").first.inner_text()


def in_words(page: Page) -> str:
    """The same amount in words."""
    return page.locator(".bill .in-words").first.inner_text()


def book_rows(page: Page, book: str, words: str) -> list[list[str]]:
    """The rows of this month's `pesanan` or `penerimaan` book that contain these words, cell by cell."""
    page.goto(f"/buku/{book}/")
    rows = page.locator(".ledger tbody tr").all()
    cells = [[" ".join(cell.split()) for cell in row.locator("td").all_inner_texts()] for row in rows]
    return [row for row in cells if any(words in cell for cell in row)]
