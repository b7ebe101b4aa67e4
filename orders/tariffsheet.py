"""The price list as a file: the columns that go out are those that come back."""

from balai.tables import Cell, Column
from orders.models import Tariff

SAMPLE = "CONTOH"
COLUMNS = (
    Column("Kode", 12),
    Column("Jenis", 8),
    Column("Bengkel", 10),
    Column("Layanan", 36),
    Column("Satuan", 10),
    Column("Tarif (Rp)", 14, number=True),
    Column("Kode rekening", 22),
    Column("Dasar hukum", 40),
    Column("Berlaku mulai", 14),
    Column("Berlaku sampai", 14),
    Column("Bagian kerja", 20),
    Column("Menit per satuan", 10, number=True),
    Column("Tanda", 10),
)


def cells_of(tariff: Tariff) -> tuple[Cell, ...]:
    """One version as a row of the file."""
    return (
        tariff.code,
        tariff.get_kind_display(),
        tariff.get_service_display(),
        tariff.name,
        tariff.unit,
        tariff.price,
        tariff.account_code,
        tariff.legal_basis,
        tariff.valid_from,
        tariff.valid_until,
        tariff.work_centre.name if tariff.work_centre else None,
        tariff.minutes_per_unit,
        SAMPLE if tariff.is_sample else None,
    )
