"""Every page of the site with who opens it: the one list behind the tests of all pages and the screenshots."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.urls import reverse

from balai import clock
from balai.months import Month
from balai.officesections import SECTIONS
from tests.browser.site import Site

NOBODY = ""
P, B, K, L, ADMIN = "pelayanan", "bengkel", "keuangan", "pimpinan", "admin"
CLERKS = (P, B, K, L)
EVERYBODY = (*CLERKS, ADMIN)
LAST_MONTH = f"?bulan={Month.of(clock.today()).previous}"  # the sample's is closed

# Addresses that answer with no page of their own: they lead on, or send a file or figures.
NO_PAGE = {
    "beranda",
    "keluar",
    "sehat",
    "isian-hapus",
    "pelanggan-cari",
    "pelanggan-mirip",
    "dokumen",
    "dokumen-salinan",
    "dokumen-dengan-gambar",
    "dokumen-hari-ini-cetak",
    "kantor-lambang",
    "gambar",
    "serah-terima-foto",
    "gambar-kecil",
    "foto",
    "foto-kecil",
    "gambar-halaman",
    "permohonan-gambar",
    "permohonan-baru-gambar",
    "unggah-gambar",
    "gambar-dilihat",
    "setoran-slip",
    "keputusan-pindaian",
    "buku-pesanan-excel",
    "buku-penerimaan-excel",
    "buku-penerimaan-csv",
    "piutang-excel",
    "tarif-excel",
    "piutang-teguran",
    "buku-pesanan-pdf",
    "buku-penerimaan-pdf",
    "laporan-tutup-excel",
    *(
        f"{book}-{way}"
        for book in ("buku-pembantu", "buku-harian", "buku-setoran", "laporan-lpj")
        for way in ("pdf", "excel", "csv")
    ),
}


@dataclass(frozen=True)
class Shown:
    """A page: its URL name, what tells it from others of that name, who opens it, and its key in the database.

    `refuses`: its form is refused when its first button is pressed with nothing filled in.
    """

    url: str
    users: tuple[str, ...]
    label: str = ""
    key: Callable[[Site], object] | None = None
    query: str = ""
    status: int = 200
    refuses: bool = False

    @property
    def name(self) -> str:
        return "-".join(filter(None, (self.url, self.label)))

    def address(self, site: Site) -> str:
        return reverse(self.url, args=[self.key(site)] if self.key else []) + self.query


def order(stage: str, **state: bool) -> Callable[[Site], int]:
    """The oldest sample order in this state."""
    return lambda site: site.orders(stage, **state)[0]


def code(condition: str) -> Callable[[Site], str]:
    """The verification code of a sample paper."""
    return lambda site: site.ask(f"SELECT code FROM balai_document WHERE {condition} ORDER BY issued_at LIMIT 1")[0][0]


def token(stage: str, **state: bool) -> Callable[[Site], str]:
    """The token of the tracking page of a sample order in this state."""
    query = "SELECT token FROM orders_trackinglink WHERE order_id = ? AND revoked_at IS NULL"
    return lambda site: site.ask(query, site.orders(stage, **state)[0])[0][0]


def paper(kind: str, condition: str = "voided_at IS NULL") -> Callable[[Site], UUID]:
    """A sample paper of this kind."""
    query = f"SELECT id FROM balai_document WHERE kind = ? AND {condition} ORDER BY issued_at DESC LIMIT 1"
    return lambda site: UUID(site.ask(query, kind)[0][0])


def drawing_of(stage: str, condition: str = "1") -> Callable[[Site], UUID]:
    """A drawing of an order in this stage."""
    return lambda site: UUID(
        site.ask(
            f"""SELECT d.id FROM orders_drawing d JOIN orders_order o ON o.id = d.order_id
           WHERE o.stage = ? AND {condition}
           AND NOT EXISTS (SELECT 1 FROM orders_drawing WHERE replaces_id = d.id) LIMIT 1""",
            stage,
        )[0][0]
    )


def tariff(code: str) -> Callable[[Site], int]:
    """The last version of a sample tariff."""
    return lambda site: site.ask("SELECT id FROM orders_tariff WHERE code = ? ORDER BY valid_from DESC", code)[0][0]


def tariff_import(name: str) -> Callable[[Site], int]:
    """A sample file of tariffs that waits for a decision."""
    return lambda site: site.ask("SELECT id FROM orders_tariffimport WHERE name = ?", name)[0][0]


def _customer(site: Site) -> int:
    return site.ask("SELECT customer_id FROM orders_order WHERE stage = 'selesai' LIMIT 1")[0][0]


def _statement(site: Site) -> int:
    """The bank's file of which the sample has confirmed what matches."""
    return site.ask("SELECT statement_id FROM finance_reconciliation")[0][0]


def _new_statement(site: Site) -> int:
    """The bank's file whose columns are not chosen yet."""
    return site.ask("SELECT id FROM finance_statement WHERE bank_format_id IS NULL")[0][0]


def _step(site: Site) -> int:
    """The current step of an order that is worked on."""
    query = "SELECT id FROM orders_jobstep WHERE order_id = ? AND done_at IS NULL ORDER BY position LIMIT 1"
    return next(found[0][0] for order in site.orders("produksi") if (found := site.ask(query, order)))


def _decision(site: Site) -> int:
    return site.ask("SELECT id FROM finance_decision WHERE kind = 'pengurangan' ORDER BY id")[0][0]


def _newest_deposit(site: Site) -> int:
    return site.ask("SELECT max(id) FROM finance_deposit")[0][0]


def _corrected_deposit(site: Site) -> int:
    return site.ask("SELECT deposit_id FROM finance_depositcorrection")[0][0]


@dataclass(frozen=True)
class State:
    """An order in a certain state, and whose page of a step it then has; `*` where that refuses an empty form."""

    label: str
    stage: str
    flags: dict[str, bool] = field(default_factory=dict)
    steps: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> Callable[[Site], int]:
        return order(self.stage, **self.flags)


STATES = (
    State("draf", "draf", steps={"permohonan*": P}),
    State("permohonan", "permohonan", steps={"permohonan": P, "identifikasi*": P}),
    State("estimasi", "estimasi", steps={"estimasi*": B}),
    State("konfirmasi", "konfirmasi", steps={"konfirmasi*": P, "pembicaraan*": P, "tautan-lacak*": P}),
    State("pesanan", "pesanan", steps={"produksi": B, "pembatalan*": L}),
    State("produksi", "produksi", steps={"produksi": B, "estimasi*": B, "pembatalan": L}),
    State("tertunda", "produksi", {"on_hold": True}, {"produksi": B}),
    State("perubahan", "produksi", {"open_change": True}, {"konfirmasi*": P}),
    State("pembayaran", "pembayaran", steps={"pembayaran*": K, "keputusan*": L}),
    State("dikurangi", "pembayaran", {"reduced": True}, {"pembayaran*": K, "keputusan*": L}),
    State("dibebaskan", "siap_diambil", {"exempt": True}, {"serah-terima*": P, "keputusan": L}),
    State("siap-diambil", "siap_diambil", steps={"serah-terima*": P, "pembatalan-pembayaran*": K, "pengembalian*": L}),
    State("pembatalan", "siap_diambil", {"reversal_asked": True}, {"pembatalan-pembayaran*": L}),
    State("selesai", "selesai"),
    State("dikembalikan", "dikembalikan"),
    State("dibatalkan", "dibatalkan"),
)


def _all() -> Iterator[Shown]:
    yield Shown("masuk", (NOBODY,))
    yield Shown("verifikasi", (NOBODY,), "berlaku", code("voided_at IS NULL"))
    yield Shown("verifikasi", (NOBODY,), "batal", code("voided_at IS NOT NULL"))
    yield Shown("verifikasi", (NOBODY,), "tidak-dikenal", lambda site: "AAAA-AAAA", status=404)
    yield Shown("verifikasi-periksa", (NOBODY,))
    yield Shown("verifikasi-periksa", (NOBODY,), "kosong", query="?kode=", status=422)
    for stage in ("permohonan", "konfirmasi", "produksi", "siap_diambil", "selesai", "dikembalikan"):
        yield Shown("lacak", (NOBODY,), stage, token(stage), refuses=stage == "konfirmasi")
    yield Shown("lacak", (NOBODY,), "perubahan", token("produksi", open_change=True))
    yield Shown("lacak", (NOBODY,), "tidak-berlaku", lambda site: "x", status=404)
    yield Shown("meja", (P, B, L, ADMIN))
    yield Shown("kasir", (K,))
    yield Shown("kasir", (K,), "sudah-dibayar", query="?q=contoh")
    yield Shown("cari", EVERYBODY)
    yield Shown("cari", (P,), "ketemu", query="?q=roda")
    yield Shown("cari", (P,), "tidak-ada", query="?q=tidakadaapaapa")
    yield Shown("pesanan", EVERYBODY)
    yield Shown("pesanan", (P,), "dicari", query="?q=roda&tahap=permohonan")
    yield Shown("pesanan", (P,), "tidak-ada", query="?q=tidakadaapaapa")
    yield Shown("permohonan-baru", (P,), refuses=True)
    for state in STATES:
        yield Shown("pesanan-satu", CLERKS, state.label, state.key)
        for url, user in state.steps.items():
            yield Shown(url.strip("*"), (user,), state.label, state.key, refuses="*" in url)
    yield Shown("bengkel", EVERYBODY)
    yield Shown("bengkel", (B,), "dinding", query="?layar=dinding")
    yield Shown("bengkel-tahap", (B,), "", _step, refuses=True)
    yield Shown("bengkel-sisa", (B,), "", _step, refuses=True)
    yield Shown("bengkel-tunda", (B,), "", order("produksi"), refuses=True)
    yield Shown("rencana-kerja", (B,), "", order("produksi"))
    yield Shown("foto-hasil", (B,), "", order("produksi"), refuses=True)
    yield Shown("gambar-lihat", (P, B), "", drawing_of("estimasi"))
    yield Shown("gambar-lihat", (B,), "pdf", drawing_of("produksi", "kind = 'pdf'"))
    yield Shown("gambar-hp", (P,), "", order("permohonan"))
    yield Shown("unggah", (NOBODY,), "tidak-berlaku", lambda site: "x", status=404)
    yield Shown("gambar-versi-baru", (P,), "", drawing_of("estimasi"), refuses=True)
    yield Shown("dokumen-lihat", (P, K), "bukti", paper("bukti_pembayaran"))
    yield Shown("dokumen-lihat", (B,), "perintah-kerja", paper("surat_perintah_kerja"))
    yield Shown("dokumen-lihat", (P,), "batal", paper("bukti_pembayaran", "voided_at IS NOT NULL"))
    yield Shown("dokumen-lihat", (K,), "tanda-setor-batal", paper("tanda_setor", "voided_at IS NOT NULL"))
    yield Shown("dokumen-lihat", (K,), "teguran", paper("surat_teguran"))
    yield Shown("dokumen-cetak-ulang", (P,), "", paper("surat_pesanan"), refuses=True)
    yield Shown("dokumen-hari-ini", (P, K))
    yield Shown("bengkel-beban", (P, B, L, ADMIN))
    yield Shown("bengkel-beban", (B,), "bagian", query="?bagian=1")
    yield Shown("bengkel-pengalaman", (B, L, ADMIN))
    yield Shown("bengkel-kapasitas", (B, ADMIN))
    for name, table in (("bagian-kerja", "workcentre"), ("gangguan", "outage"), ("jenis-pekerjaan", "jobkind")):
        yield Shown(f"{name}-baru", (B,), refuses=True)
        yield Shown(name, (B,), "", lambda site, table=table: site.ask(f"SELECT min(id) FROM orders_{table}")[0][0])
    yield Shown("pelanggan", (P,))
    yield Shown("pelanggan", (P,), "tidak-ada", query="?q=tidakadaapaapa")
    yield Shown("pelanggan-satu", (P,), "", _customer)
    yield Shown("pelanggan-gabung", (P,), "", _customer)
    yield Shown("pelanggan-gabung", (P,), "dicari", _customer, query="?q=tani", refuses=True)
    yield Shown("tarif", (B, L))
    yield Shown("tarif", (L,), "tidak-ada", query="?q=tidakadaapaapa")
    yield Shown("tarif-satu", (B, L), "", tariff("J-01"))
    yield Shown("tarif-impor", (L,), refuses=True)
    for name in ("salah", "benar"):
        yield Shown("tarif-impor-satu", (L,), name, tariff_import(f"tarif-{name}.xlsx"))
    yield Shown("tarif-baru", (L,), refuses=True)
    yield Shown("tarif-versi-baru", (L,), "", tariff("J-01"), refuses=True)
    yield Shown("tarif-perbaikan", (L,), "", tariff("J-08"))
    yield Shown("tarif-akhir", (L,), "", tariff("J-01"), refuses=True)
    yield Shown("tarif-penghapusan", (L,), "", tariff("J-08"))
    yield Shown("kantor", (ADMIN,))
    yield Shown("kantor-libur", (ADMIN,), refuses=True)
    yield Shown("kantor-libur", (ADMIN,), "tahun-depan", query="?tahun=2099")
    for section in SECTIONS:
        yield Shown("kantor-bagian", (ADMIN,), section, lambda site, section=section: section)
    yield Shown("kantor-penanda-tangan-baru", (ADMIN,), refuses=True)
    yield Shown("kantor-penanda-tangan", (ADMIN,), "", lambda site: site.ask("SELECT id FROM balai_signatory")[0][0])
    yield Shown("buku-pesanan", (P, L))
    yield Shown("buku-penerimaan", (K, L))
    yield Shown("buku-setoran", (K, L))
    yield Shown("buku-pembantu", (K, L))
    yield Shown("buku-harian", (K, L))
    yield Shown("laporan-lpj", (K, L))
    yield Shown("laporan-lpj", (K, L), "ditutup", query=LAST_MONTH)
    yield Shown("laporan-tutup", (K,))
    yield Shown("laporan-tutup", (K,), "sudah", query=LAST_MONTH)
    yield Shown("laporan-realisasi", (K, L))
    yield Shown("laporan-target", (L,))
    yield Shown("setoran", (K,), refuses=True)
    yield Shown("kasir-tutup", (K,), refuses=True)
    yield Shown("buku-kas", (K, L))
    yield Shown("piutang", (K, L))
    yield Shown("keputusan-cabut", (L,), "", _decision, refuses=True)
    yield Shown("setoran-satu", (K, L), "", _newest_deposit)
    yield Shown("setoran-satu", (K, L), "dibetulkan", _corrected_deposit)
    yield Shown("setoran-pembetulan", (K,), "", _newest_deposit)
    yield Shown("rekonsiliasi", (K, L), refuses=True)
    yield Shown("rekonsiliasi-satu", (K, L), "", _statement)
    yield Shown("rekonsiliasi-satu", (K,), "belum-cocok", _statement, "?daftar=buku")
    yield Shown("rekonsiliasi-kolom", (K,), "", _new_statement)
    yield Shown("pesanan-satu", (P,), "hilang", lambda site: 999_999, status=404)
    yield Shown("kasir", (P,), "dilarang", status=403)


PAGES = tuple(_all())
