"""The stages of an order, in the SOP's words. No models, no rules: labels, tones and groups only."""

from dataclasses import dataclass
from enum import StrEnum

from balai.roles import Role


class Stage(StrEnum):
    DRAF = "draf"
    PERMOHONAN = "permohonan"
    ESTIMASI = "estimasi"
    KONFIRMASI = "konfirmasi"
    PESANAN = "pesanan"
    PRODUKSI = "produksi"
    PEMBAYARAN = "pembayaran"
    SIAP_DIAMBIL = "siap_diambil"
    SELESAI = "selesai"
    DIKEMBALIKAN = "dikembalikan"
    DIBATALKAN = "dibatalkan"


@dataclass(frozen=True)
class StageInfo:
    label: str
    sop: int
    waits_for: Role | None
    duty: str = ""


STAGES: dict[Stage, StageInfo] = {
    Stage.DRAF: StageInfo("Draf permohonan", 1, Role.PELAYANAN, "Lanjutkan permohonan"),
    Stage.PERMOHONAN: StageInfo("Permohonan", 2, Role.PELAYANAN, "Identifikasi"),
    Stage.ESTIMASI: StageInfo("Estimasi", 3, Role.BENGKEL, "Buat estimasi"),
    Stage.KONFIRMASI: StageInfo("Konfirmasi", 4, Role.PELAYANAN, "Catat jawaban"),
    Stage.PESANAN: StageInfo("Antre produksi", 5, Role.BENGKEL, "Mulai kerjakan"),
    Stage.PRODUKSI: StageInfo("Produksi", 5, Role.BENGKEL, "Catat kemajuan"),
    Stage.PEMBAYARAN: StageInfo("Pembayaran", 6, Role.KEUANGAN, "Terima bayar"),
    Stage.SIAP_DIAMBIL: StageInfo("Siap diambil", 7, Role.PELAYANAN, "Serahkan barang"),
    Stage.SELESAI: StageInfo("Selesai", 7, None),
    Stage.DIKEMBALIKAN: StageInfo("Dikembalikan", 4, None),
    Stage.DIBATALKAN: StageInfo("Dibatalkan", 5, None),
}

# The seven steps of the SOP as the stepper names them.
SOP_STEPS = ("Permohonan", "Identifikasi", "Estimasi", "Konfirmasi", "Produksi", "Pembayaran", "Pengambilan")

FINAL = frozenset({Stage.SELESAI, Stage.DIKEMBALIKAN, Stage.DIBATALKAN})
OPEN = frozenset(Stage) - FINAL
EDITABLE = (Stage.DRAF, Stage.PERMOHONAN)
ORDERED = frozenset({Stage.PESANAN, Stage.PRODUKSI, Stage.PEMBAYARAN, Stage.SIAP_DIAMBIL, Stage.SELESAI})

CHOICES = [(stage.value, info.label) for stage, info in STAGES.items()]
