"""The kinds of issued papers: their registers, their names, and what may be said of them."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    APPLICATION_FORM = "formulir_permohonan"
    ORDER_LETTER = "surat_pesanan"
    RECEIPT = "bukti_pembayaran"
    DELIVERY_NOTE = "surat_jalan"


@dataclass(frozen=True)
class KindInfo:
    """A kind of paper. `correction` is the sentence that says how a wrong paper of this kind is put right.

    `amount` names the field of its body with the rupiah, `items` that with the list of goods: what a verification
    tells of it.
    """

    register: str
    title: str
    correction: str = "Kesalahan diperbaiki dengan surat baru."
    amount: str = ""
    items: str = ""


KINDS = {
    Kind.APPLICATION_FORM: KindInfo(
        "permohonan",
        "Formulir permohonan",
        "Ubah permohonannya di halaman pesanan; formulir ini tetap menjadi catatan saat diajukan.",
        items="goods",
    ),
    Kind.ORDER_LETTER: KindInfo(
        "surat_pesanan",
        "Surat pesanan",
        "Bengkel menawarkan perubahan, dan sesudah pelanggan sepakat terbit surat pengganti; atau pimpinan "
        "membatalkan pesanannya.",
        amount="total",
    ),
    Kind.RECEIPT: KindInfo(
        "bukti_pembayaran",
        "Bukti pembayaran",
        "Pimpinan membatalkan pembayarannya di halaman pesanan. Bukti ini lalu BATAL, dan pembayaran yang benar "
        "mendapat nomor baru.",
        amount="amount",
    ),
    Kind.DELIVERY_NOTE: KindInfo(
        "surat_jalan",
        "Surat jalan",
        "Surat jalan tidak dapat ditarik, sebab barangnya sudah diserahkan. Hubungi pelanggan.",
        items="lines",
    ),
}
