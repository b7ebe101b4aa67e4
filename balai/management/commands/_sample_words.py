"""Invented customers, jobs and reasons for the sample orders. Nobody and nothing here is real."""

from dataclasses import dataclass
from decimal import Decimal

# (name, kind, business, phone, address)
CUSTOMERS = (
    ("Suparno Contoh", "ikm", "CV Karya Tani Contoh", "6281200001122", "Jalan Contoh Raya 45, Demak"),
    ("Wahyudi Contoh", "ikm", "Kelompok Tani Sumber Contoh", "6285700003344", "Dusun Contoh RT 02 RW 01, Kendal"),
    ("Nurlaila Contoh", "perorangan", "", "6281300002201", "Jalan Kauman Contoh 8, Semarang"),
    (
        "Bambang Contoh",
        "perusahaan",
        "PT Sinar Boga Contoh",
        "6281100004410",
        "Kawasan Industri Contoh Blok C2, Semarang",
    ),
    ("Sekar Contoh", "ikm", "Mebel Ukir Sekar Contoh", "6282200005521", "Desa Contoh RT 03 RW 02, Jepara"),
    ("Joko Contoh", "ikm", "Bengkel Las Joko Contoh", "6281500006632", "Jalan Pasar Contoh 12, Ungaran"),
    ("Kepala Sarana Contoh", "sekolah", "SMK Bina Karya Contoh", "6281900007743", "Jalan Pendidikan Contoh 1, Demak"),
    ("Siti Contoh", "ikm", "Kelompok Wanita Tani Asri Contoh", "6285200008854", "Desa Asri Contoh, Boyolali"),
    ("Hadi Contoh", "perorangan", "", "6281700009965", "Kampung Contoh Gang 4, Salatiga"),
    ("Ratna Contoh", "perusahaan", "PT Anugerah Teknik Contoh", "6281400001076", "Jalan Industri Contoh 77, Kudus"),
    ("Pengurus Contoh", "ikm", "Koperasi Tani Rejo Contoh", "6287800002187", "Desa Rejo Contoh, Grobogan"),
    ("Yulianti Contoh", "instansi", "Dinas Pertamanan Contoh", "6281600003298", "Jalan Taman Contoh 3, Kota Contoh"),
    ("Endro Contoh", "perorangan", "", "6283100004309", "Jalan Melati Contoh 21, Klaten"),
    ("Tutik Contoh", "ikm", "Mebel Jati Lestari Contoh", "6282300005410", "Desa Jati Contoh RT 05 RW 03, Blora"),
)


@dataclass(frozen=True)
class Job:
    """A kind of work: items (name, quantity, unit, material, size), services (tariff, what, quantity), materials.

    `job_kind` is one of `_sample_office.JOB_KINDS`; some work is of no kind.
    """

    service: str
    items: tuple
    services: tuple
    materials: tuple = ()
    note: str = ""
    drawn: bool = True
    job_kind: str = ""


JOBS = (
    Job(
        "logam",
        (
            ("Poros utama", Decimal(4), "buah", "Baja S45C", "Ø38 × 620 mm, alur pasak 10"),
            ("Pisau pencacah", Decimal(24), "buah", "Baja pegas", "6 × 50 × 180 mm, 2 × Ø10"),
        ),
        (
            ("Bubut", "poros utama 4 buah", Decimal(14)),
            ("Frais", "alur pasak", Decimal(6)),
            ("Gerinda", "pisau 24 buah", Decimal(9)),
            ("Potong dan tekuk plat", "plat rangka", Decimal("2.5")),
        ),
        (("Baja S45C Ø40", Decimal(24), "kg", 22_000), ("Baja pegas 6 mm", Decimal(18), "kg", 0)),
        note="Untuk mesin pencacah rumput 7 PK.",
        job_kind="Poros dan komponen mesin",
    ),
    Job(
        "logam",
        (("Rumah bantalan mesin serut", Decimal(2), "buah", "Besi cor", "sesuai contoh"),),
        (("Bubut", "rumah bantalan 2 buah", Decimal(5)), ("Frais", "dudukan", Decimal(3))),
        (("Besi cor FC25", Decimal(12), "kg", 18_000),),
        drawn=False,
        job_kind="Poros dan komponen mesin",
    ),
    Job(
        "kayu",
        (("Bangku kerja kayu jati", Decimal(12), "unit", "Kayu jati", "120 × 60 × 75 cm"),),
        (
            ("Serut", "papan bangku", Decimal(10)),
            ("Oven kayu", "papan jati", Decimal("1.44")),
            ("Gergaji pita", "balok", Decimal("1.6")),
        ),
        (("Kayu jati", Decimal("1.6"), "m³", 0),),
        job_kind="Mebel",
    ),
    Job(
        "logam",
        (("Cetakan paving", Decimal(6), "set", "Plat 5 mm", "20 × 10 × 6 cm"),),
        (("Laser cutting", "plat cetakan", Decimal(85)), ("Las listrik", "rangka cetakan", Decimal(12))),
        (("Plat besi 5 mm", Decimal(3), "lembar", 385_000),),
        job_kind="Cetakan dan alat bantu",
    ),
    Job(
        "logam",
        (("Roda gigi z=36", Decimal(4), "buah", "Baja S45C", "modul 3, tebal 30 mm"),),
        (("Bubut", "bakal roda gigi", Decimal(6)), ("Frais", "gigi z=36", Decimal(16))),
        (("Baja S45C Ø120", Decimal(18), "kg", 24_000),),
        job_kind="Roda gigi",
    ),
    Job(
        "kayu",
        (("Kaki meja bubut kayu", Decimal(16), "buah", "Kayu mahoni", "Ø70 × 720 mm"),),
        (("Bubut", "kaki meja 16 buah", Decimal(12)), ("Gergaji pita", "balok mahoni", Decimal("0.8"))),
        (("Balok mahoni", Decimal("0.8"), "m³", 0),),
        job_kind="Bubut kayu",
    ),
    Job(
        "logam",
        (
            ("Palung pakan plat", Decimal(8), "unit", "Plat galvanis 1,2 mm", "200 × 40 × 25 cm"),
            ("Penyangga palung", Decimal(16), "buah", "Besi siku 40", "tinggi 45 cm"),
        ),
        (("Potong dan tekuk plat", "palung", Decimal(14)), ("Las listrik", "penyangga", Decimal(9))),
        (
            ("Plat galvanis 1,2 mm", Decimal(9), "lembar", 265_000),
            ("Besi siku 40 × 40 × 4", Decimal(6), "batang", 168_000),
        ),
        job_kind="Pekerjaan plat",
    ),
    Job(
        "logam",
        (("Braket mesin", Decimal(30), "buah", "Plat 6 mm", "80 × 120 mm, 4 × Ø9"),),
        (("CNC", "braket 30 buah", Decimal(11)), ("Gerinda", "tepi braket", Decimal(6))),
        (("Plat besi 6 mm", Decimal(2), "lembar", 460_000),),
    ),
    Job(
        "kayu",
        (("Pengeringan papan jati", Decimal("3.2"), "m³", "Kayu jati", "papan 3 × 20 × 200 cm"),),
        (("Oven kayu", "papan jati", Decimal("3.2")),),
        (("Papan jati", Decimal("3.2"), "m³", 0),),
        drawn=False,
        job_kind="Pengeringan kayu",
    ),
    Job(
        "logam",
        (("Pagar halaman", Decimal(14), "m²", "Besi hollow 40", "tinggi 120 cm"),),
        (("Las listrik", "rangka pagar", Decimal(26)), ("Gerinda", "sambungan", Decimal(8))),
        (("Hollow 40 × 40", Decimal(18), "batang", 142_000),),
        note="Ukuran lapangan sudah diperiksa pelanggan.",
        job_kind="Pagar dan rangka",
    ),
)

LEFT = (
    ("Contoh pisau lama", Decimal(1), "buah", "aus di ujung"),
    ("Papan jati kering", Decimal(24), "lembar", "baik, dua lembar retak rambut"),
    ("Poros rusak sebagai contoh", Decimal(1), "batang", "bengkok"),
)

REASONS = {
    "return_to_customer": "Bengkel tidak memiliki mesin tuang logam. Disarankan ke bengkel cor.",
    "decline": "Ukuran melebihi meja mesin frais. Mohon tanyakan apakah boleh dibuat dua bagian.",
    "revise": "Bahan dibawa sendiri oleh pelanggan. Mohon selesai sebelum musim panen.",
    "disagree": "Biaya melebihi anggaran pelanggan tahun ini.",
    "offer_change": "Pelanggan menambah jumlah barang setelah contoh pertama jadi.",
    "refuse_change": "Tambahan ditunda sampai tahun depan.",
    "cancel": "Pelanggan menutup usahanya dan menarik pesanan dengan surat.",
    "ask_reversal": "Salah memilih cara pembayaran; pelanggan ternyata membayar dengan QRIS.",
}

# Why work stops, and in which words.
HOLDS = (
    ("bahan", "datang dari pemasok minggu ini"),
    ("mesin", "mesin frais menunggu suku cadang"),
    ("pelanggan", "ukuran dudukan belum dipastikan"),
)
