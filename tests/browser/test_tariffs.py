"""A price list is brought by a browser: checked with progress, safe to leave, taken over; also without scripts."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.looking import faults_everywhere
from tests.browser.walking import press
from tests.sheet_files import xlsx

HEADS = ("Kode", "Jenis", "Bengkel", "Layanan", "Satuan", "Tarif (Rp)", "Kode rekening", "Dasar hukum", "Berlaku mulai")
HEADS += ("Berlaku sampai", "Bagian kerja", "Menit per satuan", "Tanda")
LATER = date.today() + timedelta(days=900)  # noqa: DTZ011  no page of another test comes to it


def price_list(count: int, first: str) -> bytes:
    """New services that begin long after all else."""
    rest = ("jam", 45_000, "4.1.02.02.01.CONTOH", "Perda CONTOH", LATER, None, "Bubut", 60, "CONTOH")
    return xlsx([HEADS, *((f"{first}-{n:04}", "Jasa", "Logam", f"Layanan CONTOH {n}", *rest) for n in range(count))])


def upload(page, path) -> None:
    page.goto("/tarif/impor/")
    page.get_by_label("Berkas daftar tarif").set_input_files(path)
    press(page, "Unggah dan periksa")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_long_list_is_checked_with_progress_and_may_be_left(desk, tmp_path, scripts):
    file = tmp_path / "daftar-panjang.xlsx"
    file.write_bytes(price_list(4000, "P"))
    page = desk("pimpinan", java_script_enabled=scripts)

    upload(page, file)
    expect(page.get_by_role("progressbar", name="Sedang diperiksa")).to_be_visible()
    page.goto("/tarif/")
    page.goto("/tarif/impor/")
    page.get_by_role("link", name="daftar-panjang.xlsx").click()

    expect(page.get_by_role("button", name="Terapkan 4.000 perubahan")).to_be_visible()
    assert not scripts or faults_everywhere(page) == []
    press(page, "Batalkan impor")
    expect(page.get_by_text("Impor dibatalkan. Tidak ada tarif yang berubah.")).to_be_visible()


def test_a_list_is_taken_over(desk, tmp_path):
    file = tmp_path / "daftar-pendek.xlsx"
    file.write_bytes(price_list(3, "Q"))
    page = desk("pimpinan")

    upload(page, file)
    press(page, "Terapkan 3 perubahan")

    expect(page.get_by_text("Semua perubahan diterapkan.")).to_be_visible()
    expect(page.get_by_role("navigation", name="Menu utama").get_by_role("link", name="Tarif")).to_be_in_viewport()
    page.get_by_text("Tarif yang belum berlaku").click()
    expect(page.get_by_role("link", name="Q-0002 Layanan CONTOH 2")).to_be_visible()
