"""What one sample order says on each of its papers. Everything is invented; the NIP are zeros with a running number."""

import io
from base64 import b64encode
from typing import Any

from PIL import Image, ImageDraw

from balai.uploads import smaller

HEAD = {
    "title": "Kepala Balai Pengembangan Teknologi Logam dan Kayu",
    "name": "Ir. Endah Puspitasari Contoh, M.T.",
    "rank": "Pembina Tingkat I",
    "nip": "000000000000000002",
}
TREASURER = {
    "title": "Bendahara Penerimaan Pembantu",
    "name": "Ratna Dewi Maharani, S.E.",
    "rank": "",
    "nip": "000000000000000007",
}
TERMS = [
    "Tarif mengikuti peraturan daerah yang berlaku pada tanggal surat ini (CONTOH) dan tidak berubah sampai "
    "pesanan selesai.",
    "Pembayaran dilakukan sekaligus setelah barang selesai, paling lambat 30 hari sejak pemberitahuan, melalui "
    "cara bayar resmi Balai.",
    "Barang diserahkan setelah lunas, dengan menunjukkan Bukti Pembayaran. Wakil membawa surat kuasa dan tanda "
    "pengenal.",
    "Keluhan mutu diterima paling lambat 7 hari kerja sejak barang diserahkan.",
]
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


def _picture() -> str:
    """A drawing of a plate with two holes, small and in base64, as the application form freezes it."""
    image = Image.new("RGB", (480, 300), "white")
    pen = ImageDraw.Draw(image)
    pen.rectangle((60, 50, 420, 210), outline="black", width=4)
    for centre in (150, 330):
        pen.ellipse((centre - 30, 100, centre + 30, 160), outline="black", width=4)
    pen.line((60, 250, 420, 250), fill="black", width=2)
    file = io.BytesIO()
    image.save(file, "JPEG")
    return b64encode(smaller(file.getvalue(), 240)).decode()


PICTURE = _picture()


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
            {"name": "GT-0143-01_braket-siku.png", "kind": "Gambar", "pages": 1, "picture": PICTURE},
            {"name": "GT-0143-02_poros-roda.pdf", "kind": "PDF", "pages": 2, "picture": PICTURE},
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
        "tracking_url": "https://pesanan.balai.example/lacak/k7mq2xw9rtb4hn6vzc3dpyfajs/",
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
        "terms": TERMS,
        "head": HEAD,
    },
    "bukti_pembayaran": {
        "amount": 2257000,
        "payer": CUSTOMER,
        "order_letter_number": "0118/SP/X/2026",
        "order_letter_date": "2026-10-08",
        "title": "braket siku, poros roda troli, oven dan serut papan jati",
        "method": choices("Tunai|QRIS|Transfer bank|Virtual account", "QRIS"),
        "reference": "CONTOH-000143",
        "received": None,
        "change_given": None,
        "value": 2257000,
        "reductions": [],
        "lines": [
            {
                "account_code": "4.1.02.02.11.0004",
                "description": "Penjualan hasil produksi usaha daerah, bahan baja ST 41",
                "amount": 304000,
            },
            {"account_code": "4.1.02.02.01.0003", "description": "Pemakaian mesin dan oven", "amount": 1953000},
        ],
        "treasurer": TREASURER,
    },
    "surat_jalan": {
        "customer": CUSTOMER,
        "order_letter_number": "0118/SP/X/2026",
        "receipt_number": "0109/TBP/X/2026",
        "lines": [
            {"name": "Braket siku rangka meja", "quantity": "24", "unit": "buah", "ordered": "24", "remaining": "0"},
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
                "remaining": "0",
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
    "surat_pengembalian": {
        "customer": CUSTOMER,
        "application_number": "0143/X/2026",
        "application_date": "2026-10-05",
        "title": "braket siku, poros roda troli, oven dan serut papan jati",
        "estimate_number": "0121/EST/X/2026",
        "estimate_date": "2026-10-07",
        "reasons": [
            "Gambar kerja belum memuat toleransi, sehingga biaya dan waktu belum dapat dihitung.",
            "Diameter luar 640 mm melebihi kemampuan mesin frais Balai, yaitu paling besar 450 mm.",
        ],
        "left_goods": [
            {
                "name": "Papan jati gergajian 3 × 20 × 200 cm",
                "quantity": "120",
                "unit": "lembar",
                "given_back": True,
                "became": "kering, utuh",
            },
            {
                "name": "Contoh braket lama",
                "quantity": "1",
                "unit": "buah",
                "given_back": False,
                "became": "patah saat diuji",
            },
        ],
        "head": HEAD,
    },
    "lembar_estimasi": {
        "customer": CUSTOMER,
        "application_number": "0143/X/2026",
        "version": 2,
        "valid_until": "2026-10-21",
        "change_of": "",
        "change_reason": "",
        "lines": LINES,
        "total": 2257000,
        "starts_on": "2026-10-12",
        "days": 9,
        "finish_on": "2026-10-22",
        "note": "Bahan jati lengkap di bengkel sebelum tanggal mulai.",
        "legal_bases": ["peraturan daerah tentang retribusi yang berlaku (CONTOH)"],
        "clerk": {"name": "Dimas Anggoro Saputro, S.T.", "jabatan": "Penyusun Estimasi", "nip": "000000000000000003"},
    },
    "surat_perintah_kerja": {
        "order_letter_number": "0118/SP/X/2026",
        "order_letter_date": "2026-10-08",
        "customer": "Mebel Jati Lestari Contoh",
        "starts_on": "2026-10-12",
        "finish_on": "2026-10-22",
        "goods": [
            {
                "name": thing["name"],
                "specification": f"{thing['material']}; {thing['size']}",
                "quantity": thing["quantity"],
                "unit": thing["unit"],
            }
            for thing in GOODS
        ],
        "steps": [
            {"name": line["description"], "planned": line["quantity"], "unit": line["unit"]}
            for line in LINES
            if "bahan" not in line["description"]
        ],
        "materials": [
            {"name": "Baja ST 41, Ø 25 × 200 mm", "quantity": "8", "unit": "batang", "source": "Balai"},
            {"name": "Plat baja 4 mm", "quantity": "2", "unit": "lembar", "source": "Pemesan"},
        ],
        "drawings": ["GT-0143-01_braket-siku.png", "GT-0143-02_poros-roda.pdf (versi 2)"],
        "change": None,
        "head": HEAD,
    },
    "tanda_setor": {
        "sts_number": "00044/STS/X/2026",
        "bank": "Bank Contoh, kas daerah",
        "deposited_on": "2026-10-08",
        "depositor": "Ratna Dewi Maharani, S.E.",
        "amount": 2877000,
        "lines": [
            {"account_code": "4.1.02.02.01.0003", "amount": 2573000},
            {"account_code": "4.1.02.02.11.0004", "amount": 304000},
        ],
        "receipts": [
            {"number": "0107/TBP/X/2026", "date": "2026-10-07", "amount": 620000},
            {"number": "0109/TBP/X/2026", "date": "2026-10-07", "amount": 2257000},
        ],
        "treasurer": TREASURER,
    },
    "lembar_tutup_kas": {
        "since": "2026-10-07",
        "opening": 620000,
        "ways": [
            {"label": "Tunai", "issued": 2, "reversed": 1, "amount": 450000},
            {"label": "QRIS", "issued": 3, "reversed": 0, "amount": 2257000},
        ],
        "received": 450000,
        "deposited": 620000,
        "expected": 450000,
        "notes": [
            {"value": 100000, "count": 4, "amount": 400000},
            {"value": 20000, "count": 2, "amount": 40000},
            {"value": 1000, "count": 9, "amount": 9000},
        ],
        "counted": 449000,
        "surplus": 0,
        "shortage": 1000,
        "explanation": "Kembalian Rp1.000 terlalu banyak, belum kembali.",
        "closed_by": "Ratna Dewi Maharani, S.E.",
        "head": HEAD,
        "treasurer": TREASURER,
    },
    "surat_teguran": {
        "ordinal": 2,
        "customer": CUSTOMER,
        "order_letter_number": "0098/SP/VIII/2026",
        "order_letter_date": "2026-08-10",
        "title": "braket siku, poros roda troli, oven dan serut papan jati",
        "amount": 2257000,
        "finished_on": "2026-08-24",
        "due_on": "2026-09-23",
        "overdue_days": 15,
        "previous_number": "0009/STG/IX/2026",
        "previous_date": "2026-09-30",
        "head": HEAD,
    },
}
