"""The kinds of issued papers: their registers, their names, and what may be said of them."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    APPLICATION_FORM = "formulir_permohonan"
    RETURN_LETTER = "surat_pengembalian"
    ESTIMATE_SHEET = "lembar_estimasi"
    ORDER_LETTER = "surat_pesanan"
    WORK_ORDER = "surat_perintah_kerja"
    RECEIPT = "bukti_pembayaran"
    DELIVERY_NOTE = "surat_jalan"
    DEPOSIT_NOTE = "tanda_setor"
    CASH_SHEET = "lembar_tutup_kas"
    REMINDER = "surat_teguran"
    CLOSED_BOOK = "buku_bulanan"
    CLOSED_REPORT = "lpj_bulanan"


class Register(StrEnum):
    """What is printed from live data, without a number of its own."""

    ORDERS = "buku_pesanan"
    RECEIPTS = "buku_penerimaan"
    SUBSIDIARY = "buku_pembantu"
    DAILY = "buku_harian"
    DEPOSITS = "buku_setoran"
    REPORT = "laporan_lpj"


CASH_READERS = ("keuangan", "pimpinan")
CLOSED_STAYS = "Bulan yang sudah ditutup tidak berubah. Pembetulan dicatat pada bulan yang masih terbuka."


@dataclass(frozen=True)
class KindInfo:
    """A kind of paper. `correction` is the sentence that says how a wrong paper of this kind is put right.

    `amount` names the field of its body with the rupiah, `items` that with the list of goods: what a verification
    tells of it. `readers` are the roles that may open it, where these are not all; `seconds` how long it may be
    drawn, where that is unusually long.
    """

    register: str
    title: str
    correction: str = "Kesalahan diperbaiki dengan surat baru."
    amount: str = ""
    items: str = ""
    readers: tuple[str, ...] = ()
    seconds: float | None = None


KINDS = {
    Kind.APPLICATION_FORM: KindInfo(
        "permohonan",
        "Formulir permohonan",
        "Ubah permohonannya sebelum diidentifikasi; formulir ini lalu BATAL, dan formulir baru terbit menggantikannya.",
        items="goods",
    ),
    Kind.RETURN_LETTER: KindInfo(
        "surat_pengembalian",
        "Surat pengembalian",
        "Permohonan yang sudah dikembalikan diajukan lagi sebagai permohonan baru.",
        items="left_goods",
    ),
    Kind.ESTIMATE_SHEET: KindInfo(
        "estimasi",
        "Lembar estimasi",
        "Catat revisi di halaman konfirmasi; bengkel lalu mengirim estimasi baru dengan lembar pengganti.",
        amount="total",
    ),
    Kind.ORDER_LETTER: KindInfo(
        "surat_pesanan",
        "Surat pesanan",
        "Bengkel menawarkan perubahan, dan sesudah pelanggan sepakat terbit surat pengganti; atau pimpinan "
        "membatalkan pesanannya.",
        amount="total",
    ),
    Kind.WORK_ORDER: KindInfo(
        "surat_perintah_kerja",
        "Surat perintah kerja",
        "Surat ini mengikuti surat pesanannya: terbit pengganti bila pelanggan menyepakati perubahan.",
        items="goods",
    ),
    Kind.RECEIPT: KindInfo(
        "bukti_pembayaran",
        "Bukti pembayaran",
        "Keuangan meminta pembatalan pembayarannya di halaman pesanan, dan pimpinan menyetujuinya. Bukti ini lalu "
        "BATAL, dan pembayaran yang benar mendapat nomor baru.",
        amount="amount",
    ),
    Kind.DELIVERY_NOTE: KindInfo(
        "surat_jalan",
        "Surat jalan",
        "Surat jalan tidak dapat ditarik, sebab barangnya sudah diserahkan. Hubungi pelanggan.",
        items="lines",
    ),
    Kind.DEPOSIT_NOTE: KindInfo(
        "tanda_setor",
        "Tanda setor",
        "Nomor STS, bank, atau tanggal yang salah dibetulkan di halaman setorannya; tanda setor ini lalu BATAL, "
        "dan yang baru menggantikannya.",
        amount="amount",
        readers=CASH_READERS,
    ),
    Kind.CASH_SHEET: KindInfo(
        "tutup_kas",
        "Lembar tutup kas",
        "Hari yang sudah ditutup tidak diubah. Pembetulan dicatat pada hari berikutnya.",
        amount="counted",
        readers=CASH_READERS,
    ),
    Kind.REMINDER: KindInfo(
        "surat_teguran",
        "Surat teguran",
        "Teguran yang sudah terbit tidak ditarik. Beri tahu pelanggan; teguran berikutnya mendapat nomor baru.",
        amount="amount",
    ),
    Kind.CLOSED_BOOK: KindInfo(
        "buku_bulanan",
        "Buku penerimaan sebulan",
        CLOSED_STAYS,
        amount="received",
        readers=CASH_READERS,
        seconds=60,
    ),
    Kind.CLOSED_REPORT: KindInfo(
        "lpj",
        "Laporan pertanggungjawaban penerimaan",
        CLOSED_STAYS,
        amount="received",
        readers=CASH_READERS,
    ),
}
