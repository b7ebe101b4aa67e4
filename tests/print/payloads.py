"""Sample payloads of every paper: short, long (40 rows) and worst (60 rows, names of 200 characters).

Everything here is invented; the NIP are zeros with a running number.
"""

from itertools import cycle, islice
from typing import Any

OFFICE = {
    "government": "PEMERINTAH PROVINSI JAWA TENGAH",
    "department": "DINAS PERINDUSTRIAN DAN PERDAGANGAN",
    "unit": "BALAI PENGEMBANGAN TEKNOLOGI LOGAM DAN KAYU",
    "address": "Jalan Contoh Nomor 00, Kota Contoh 00000",
    "phone": "(000) 000000",
    "website": "balai.example",
    "email": "layanan@balai.example",
    "city": "Kota Contoh",
    "head": {
        "title": "Kepala Balai Pengembangan Teknologi Logam dan Kayu",
        "name": "Ir. Endah Puspitasari Contoh, M.T.",
        "rank": "Pembina Tingkat I",
        "nip": "000000000000000002",
    },
    "treasurer": {
        "title": "Bendahara Penerimaan Pembantu",
        "name": "Ratna Dewi Maharani, S.E.",
        "rank": "",
        "nip": "000000000000000007",
    },
    "order_terms": [
        "Tarif mengikuti peraturan daerah yang berlaku pada tanggal surat ini (CONTOH) dan tidak berubah sampai "
        "pesanan selesai.",
        "Pembayaran dilakukan sekaligus setelah barang selesai, paling lambat 30 hari sejak pemberitahuan, melalui "
        "cara bayar resmi Balai.",
        "Barang diserahkan setelah lunas, dengan menunjukkan Bukti Pembayaran. Wakil membawa surat kuasa dan tanda "
        "pengenal.",
        "Keluhan mutu diterima paling lambat 7 hari kerja sejak barang diserahkan.",
    ],
}
CUSTOMER = {
    "name": "Siti Rahmawati Kusumaningrum",
    "business": "Mebel Jati Lestari Contoh",
    "address": "Dukuh Contoh RT 02 RW 05, Desa Contoh, Kecamatan Contoh, Kabupaten Contoh 00000",
}
CONTACT = CUSTOMER | {"phone": "6280000000143"}
CLERK = {"name": "Bagas Wicaksono, A.Md.", "jabatan": "Pengelola Layanan", "nip": "000000000000000001"}
GOODS = [
    {
        "name": "Braket siku rangka meja",
        "size": "Plat 4 mm, GT-0143-01",
        "quantity": "24",
        "unit": "buah",
        "material": "Plat baja, dari pemohon",
    },
    {
        "name": "Poros roda troli, bubut rata dan bertingkat",
        "size": "Ø 20 × 180 mm, GT-0143-02",
        "quantity": "8",
        "unit": "batang",
        "material": "Baja ST 41",
    },
    {
        "name": "Pengeringan papan jati sampai kadar air 14 persen",
        "size": "3 × 20 × 200 cm",
        "quantity": "1.44",
        "unit": "m³",
        "material": "Jati, dari pemohon",
    },
    {
        "name": "Serut papan jati dua muka",
        "size": "3 × 20 × 200 cm",
        "quantity": "120",
        "unit": "lembar",
        "material": "Jati, dari pemohon",
    },
]
LINES = [
    {
        "description": "Potong dan tekuk plat, braket siku 24 buah",
        "quantity": "6.5",
        "unit": "jam",
        "price": 30000,
        "amount": 195000,
    },
    {
        "description": "Las listrik, braket siku 24 buah",
        "quantity": "9",
        "unit": "jam",
        "price": 40000,
        "amount": 360000,
    },
    {
        "description": "Bubut, poros roda troli 8 batang",
        "quantity": "10",
        "unit": "jam",
        "price": 45000,
        "amount": 450000,
    },
    {
        "description": "Baja ST 41, Ø 25 × 200 mm (bahan dari balai)",
        "quantity": "8",
        "unit": "batang",
        "price": 38000,
        "amount": 304000,
    },
    {
        "description": "Oven kayu, papan jati 120 lembar",
        "quantity": "1.44",
        "unit": "m³",
        "price": 450000,
        "amount": 648000,
    },
    {"description": "Serut, papan jati dua muka", "quantity": "6", "unit": "jam", "price": 50000, "amount": 300000},
]


def choices(labels: str, chosen: str) -> list[dict[str, Any]]:
    """Tick boxes; `labels` are parted by a bar."""
    return [{"label": label, "chosen": label == chosen} for label in labels.split("|")]


BODIES: dict[str, dict[str, Any]] = {
    "formulir_permohonan": {
        "title": "Braket siku, poros roda troli, oven dan serut papan jati",
        "received_at": "2026-10-05T09:14+07:00",
        "needed_on": "2026-10-26",
        "service": choices("Logam|Kayu", "Logam"),
        "customer": CONTACT
        | {
            "nik_masked": "************0143",
            "nib": "0000000000143",
            "email": "siti@mebel.example",
            "kind": choices("IKM|Perusahaan|Instansi|Sekolah|Perorangan", "IKM"),
        },
        "goods": GOODS,
        "note": "",
        "drawings": [
            {"name": "GT-0143-01_braket-siku.png", "kind": "Gambar", "pages": 1},
            {"name": "GT-0143-02_poros-roda.pdf", "kind": "PDF", "pages": 2},
        ],
        "no_drawing_reason": "",
        "left_goods": [
            {
                "name": "Papan jati gergajian 3 × 20 × 200 cm",
                "quantity": "120",
                "unit": "lembar",
                "condition": "Basah, 4 lembar retak ujung",
            },
            {"name": "Contoh braket lama", "quantity": "1", "unit": "buah", "condition": "Berkarat, untuk pembanding"},
        ],
        "clerk": CLERK,
    },
    "surat_pesanan": {
        "customer": CONTACT,
        "application_number": "0143/X/2026",
        "estimate": {"version": 2, "offered_on": "2026-10-07", "starts_on": "2026-10-12", "finish_on": "2026-10-22"},
        "agreed_on": "2026-10-08",
        "agreed_via": "langsung di loket",
        "drawings": ["GT-0143-01_braket-siku.png", "GT-0143-02_poros-roda.pdf (versi 2)"],
        "goods": [
            {
                "name": g["name"],
                "specification": f"{g['material']}; {g['size']}",
                "quantity": g["quantity"],
                "unit": g["unit"],
            }
            for g in GOODS
        ],
        "lines": LINES,
        "total": 2257000,
        "change": None,
    },
    "bukti_pembayaran": {
        "amount": 2257000,
        "payer": CUSTOMER,
        "order_letter_number": "0118/SP/X/2026",
        "order_letter_date": "2026-10-08",
        "title": "braket siku, poros roda troli, oven dan serut papan jati",
        "method": choices("Tunai|QRIS|Transfer bank", "QRIS"),
        "reference": "CONTOH-000143",
        "received": None,
        "change_given": None,
        "lines": [
            {
                "account_code": "4.1.02.02.11.0004",
                "description": "Penjualan hasil produksi usaha daerah, bahan baja ST 41",
                "amount": 304000,
            },
            {"account_code": "4.1.02.02.01.0003", "description": "Pemakaian mesin dan oven", "amount": 1953000},
        ],
    },
    "surat_jalan": {
        "customer": CUSTOMER,
        "order_letter_number": "0118/SP/X/2026",
        "receipt_number": "0109/TBP/X/2026",
        "lines": [
            {"name": "Braket siku rangka meja", "quantity": "24", "unit": "buah", "ordered": "24", "remaining": None},
            {
                "name": "Poros roda troli, bubut rata dan bertingkat",
                "quantity": "5",
                "unit": "batang",
                "ordered": "8",
                "remaining": "3",
            },
            {
                "name": "Serut papan jati dua muka",
                "quantity": "120",
                "unit": "lembar",
                "ordered": "120",
                "remaining": None,
            },
        ],
        "note": "Papan 4 lembar retak ujung, sama seperti saat diterima.",
        "collector": {
            "name": "Muhammad Ilham Nugroho",
            "role": choices("Pemesan sendiri|Wakil pemesan", "Wakil pemesan"),
            "relation": "Karyawan, membawa surat kuasa 22 Oktober 2026",
        },
        "clerk": CLERK,
    },
}
NUMBERS = {
    "formulir_permohonan": "0143/X/2026",
    "surat_pesanan": "0118/SP/X/2026",
    "bukti_pembayaran": "0109/TBP/X/2026",
    "surat_jalan": "0107/SJ/X/2026",
}


LONG_ROWS, WORST_ROWS = 40, 60
LONG_NAME = "Pengrajin Logam dan Mebel Ukir Sejahtera Bersama Nusantara "
WORST_NAME = "Nama<b>&amp;\u202etanpa" + "spasi" * 36 + "!"  # 200 characters, one word, markup and a bidi override
# The rows of each paper that may be many.
ROWS = {
    "formulir_permohonan": ("goods", "drawings", "left_goods"),
    "surat_pesanan": ("goods", "lines"),
    "bukti_pembayaran": ("lines",),
    "surat_jalan": ("lines",),
}


def long(kind: str) -> dict[str, Any]:
    """The sample with 40 rows in each table (3 on the receipt) and long ordinary names."""
    rows = 3 if kind == "bukti_pembayaran" else LONG_ROWS
    return _stretched(kind, rows, LONG_NAME)


def worst(kind: str) -> dict[str, Any]:
    """The sample with 60 rows in each table and names of 200 characters that nothing can break."""
    return _stretched(kind, WORST_ROWS, WORST_NAME)


def _stretched(kind: str, rows: int, name: str) -> dict[str, Any]:
    body = BODIES[kind]
    many = {table: [_renamed(row, name) for row in islice(cycle(body[table]), rows)] for table in ROWS[kind]}
    who = {key: _renamed(body[key], name) for key in ("customer", "payer", "collector", "clerk") if key in body}
    return payload(kind, many | who)


def _renamed(row: dict[str, Any], name: str) -> dict[str, Any]:
    named = {"name", "business", "address", "description", "specification", "size", "material", "condition"}
    return {key: f"{value} {name}"[:200] if key in named else value for key, value in row.items()}


def payload(kind: str, body: dict[str, Any] | None = None, **envelope: Any) -> dict[str, Any]:
    """The short sample of `kind`; `body` and `envelope` replace single fields of it."""
    return {
        "schema": 1,
        "kind": kind,
        "number": NUMBERS[kind],
        "date": "2026-10-08",
        "code": "S3GX-7PLE",
        "verify_url": "https://pesanan.balai.example/verifikasi/S3GX-7PLE/",
        "page": "f4",
        "sample": True,
        "office": OFFICE,
        "body": BODIES[kind] | (body or {}),
    } | envelope
