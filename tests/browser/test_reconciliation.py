"""Rekonsiliasi on screen, from the bank's file to the confirmation; a file that takes long; without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import faults_everywhere
from tests.browser.site import Site
from tests.browser.walking import press

HEADS = "Tgl;No Ref;Uraian;Nominal"


def open_payment(site: Site) -> tuple[str, str, int]:
    """Day (DD/MM/YYYY), reference and rupiah of the sample payment that no file of the bank has."""
    return site.ask(
        """SELECT strftime('%d/%m/%Y', settled_on), reference, amount FROM finance_payment p
           WHERE kind = 'bayar' AND method != 'tunai'
           AND NOT EXISTS (SELECT 1 FROM finance_payment WHERE reverses_id = p.id)
           AND NOT EXISTS (SELECT 1 FROM finance_reconciledpayment WHERE payment_id = p.id)"""
    )[0]


def bring(page: Page, folder: Path, name: str, lines: list[str]) -> None:
    file = folder / name
    file.write_text("\n".join([HEADS, *lines]), encoding="cp1252")
    page.goto("/rekonsiliasi/")
    page.get_by_label("Berkas rekening koran").set_input_files(file)
    press(page, "Unggah dan pilih kolom")


def test_from_the_banks_file_to_the_confirmation(desk, site, tmp_path):
    page, (day, reference, amount) = desk("keuangan"), open_payment(site)
    written = f"{amount:,}".replace(",", ".") + ",00"
    bring(page, tmp_path, "juli.csv", [f"{day};;QRIS {reference} CAFÉ;{written}", f"{day};X-1;LAIN;75.000,00"])

    expect(page.get_by_label("Bentuk jumlah")).to_have_value("titik")
    expect(page.locator(".next-card")).to_contain_text("Rp75.000")
    page.get_by_label("Nama bank atau layanan").fill("Bank Contoh Juli")
    press(page, "Simpan dan cocokkan")

    expect(page.get_by_role("heading", name="Bank Contoh Juli")).to_be_visible()
    assert faults_everywhere(page) == []
    page.get_by_role("link", name="Ada di bank, tidak ada di buku").click()
    expect(page.get_by_role("row", name="X-1")).to_contain_text("Tidak ada pembayaran dengan referensi")
    press(page, "Periksa rekonsiliasi")
    expect(page.locator(".amount")).to_contain_text(f"{amount:,}".replace(",", "."))
    assert faults_everywhere(page) == []
    press(page, "Konfirmasi rekonsiliasi")
    expect(page.get_by_text("1 pembayaran tercatat cocok dengan Bank Contoh Juli")).to_be_visible()
    assert site.ask("SELECT count(*) FROM finance_reconciliation") == [(2,)]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_large_file_is_waited_for_and_taken_back(desk, site, tmp_path, scripts):
    page = desk("keuangan", java_script_enabled=scripts)
    rows = [f"22/11/2026;BESAR{n};QRIS;{n + 1}" for n in range(20_000 + scripts)]
    bring(page, tmp_path, "besar.csv", rows)
    page.get_by_label("Nama bank atau layanan").fill("Bank Contoh Besar")
    press(page, "Simpan dan cocokkan")

    expect(page.get_by_role("heading", name="Berkas sedang dibaca dan dicocokkan")).to_be_visible()
    expect(page.get_by_role("heading", name="Hasil pencocokan")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("row", name="Ada di bank, tidak ada di buku")).to_contain_text(
        f"{len(rows):,}".replace(",", ".")
    )
    press(page, "Hapus berkas ini")
    expect(page.get_by_text("Berkas besar.csv dihapus.")).to_be_visible()
