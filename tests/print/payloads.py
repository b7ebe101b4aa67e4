"""Sample payloads of every paper and register: short, long (40 rows) and worst (60 rows, names of 200 characters)."""

from itertools import cycle, islice
from typing import Any

from balai.payloads import SCHEMA
from tests.print import bodies
from tests.print.books import BOOKS, CLOSED_BOOKS

OFFICE = {
    "government": "PEMERINTAH PROVINSI JAWA TENGAH",
    "department": "DINAS PERINDUSTRIAN DAN PERDAGANGAN",
    "unit": "BALAI PENGEMBANGAN TEKNOLOGI LOGAM DAN KAYU",
    "address": "Jalan Contoh Nomor 00, Kota Contoh 00000",
    "phone": "(000) 000000",
    "website": "balai.example",
    "email": "layanan@balai.example",
    "city": "Kota Contoh",
}
NUMBERS = {
    "formulir_permohonan": "0143/X/2026",
    "surat_pengembalian": "0031/SPG/X/2026",
    "lembar_estimasi": "0121/EST/X/2026",
    "surat_pesanan": "0118/SP/X/2026",
    "surat_perintah_kerja": "0118/SPK/X/2026",
    "bukti_pembayaran": "0109/TBP/X/2026",
    "surat_jalan": "0107/SJ/X/2026",
    "tanda_setor": "0044/TS/X/2026",
    "lembar_tutup_kas": "0061/TK/X/2026",
    "surat_teguran": "0012/STG/X/2026",
    "buku_bulanan": "0010/BPP/XI/2026",
    "lpj_bulanan": "0010/LPJ/XI/2026",
}


SHORT_ROWS, LONG_ROWS, WORST_ROWS = 6, 40, 60
LONG_NAME = "Pengrajin Logam dan Mebel Ukir Sejahtera Bersama Nusantara "
WORST_NAME = "Nama<b>&amp;\u202etanpa" + "spasi" * 36 + "!"  # 200 characters, one word, markup and a bidi override
LONG_NOTE, WORST_NOTE = "Mohon dikerjakan rapi dan kuat. " * 12, "catatanpanjang" * 357  # the latter of 5,000 letters
PICTURES = 6
NAMES = {"name", "business", "address", "description", "specification", "size", "material", "condition"}


# Short texts: the sheets of a register cut what is longer than two lines.
BODIES = bodies.BODIES | {kind: body(SHORT_ROWS, "Nama") for kind, body in CLOSED_BOOKS.items()}
OF_ROWS = BOOKS | CLOSED_BOOKS
EVERYTHING = [*NUMBERS, *BOOKS]
CASES = ("short", "long", "worst")


def sample(kind: str, case: str) -> dict[str, Any]:
    """The payload of a kind or register in one of the CASES."""
    return {"short": payload, "long": long, "worst": worst}[case](kind)


def long(kind: str) -> dict[str, Any]:
    """The sample with 40 rows in each table (3 on the receipt) and long ordinary names and notes."""
    if kind in OF_ROWS:
        return payload(kind, OF_ROWS[kind](LONG_ROWS, LONG_NAME.strip()))
    return _stretched(kind, 3 if kind == "bukti_pembayaran" else LONG_ROWS, LONG_NAME, LONG_NOTE)


def worst(kind: str) -> dict[str, Any]:
    """The sample with 60 rows in each table, names of 200 characters and notes of 5,000 that nothing can break."""
    if kind in OF_ROWS:
        return payload(kind, OF_ROWS[kind](WORST_ROWS, WORST_NAME))
    return _stretched(kind, WORST_ROWS, WORST_NAME, WORST_NOTE)


def _stretched(kind: str, rows: int, name: str, note: str) -> dict[str, Any]:
    body = {key: _stretch(value, rows, name) for key, value in BODIES[kind].items()}
    body |= {key: note for key in ("note", "change_reason") if key in body}
    for drawing in body.get("drawings", [])[PICTURES:]:
        if isinstance(drawing, dict):
            drawing["picture"] = ""
    return payload(kind, body)


def _stretch(value: Any, rows: int, name: str) -> Any:
    """Tables to `rows` rows, names to 200 characters; tick boxes and texts as they are."""
    if isinstance(value, dict):
        return {key: f"{text} {name}"[:200] if key in NAMES else text for key, text in value.items()}
    if isinstance(value, list) and value and isinstance(value[0], dict) and "chosen" not in value[0]:
        return [_stretch(row, rows, name) for row in islice(cycle(value), rows)]
    return value


def payload(kind: str, body: dict[str, Any] | None = None, **envelope: Any) -> dict[str, Any]:
    """The short sample of `kind`; `body` and `envelope` replace single fields of it."""
    issued = (
        {
            "number": NUMBERS[kind],
            "code": "S3GX-7PLE",
            "verify_url": "https://pesanan.balai.example/verifikasi/S3GX-7PLE/",
            "body": BODIES[kind] | (body or {}),
        }
        if kind in NUMBERS
        else {
            "number": "Oktober 2026",
            "code": "",
            "verify_url": "",
            "body": BOOKS[kind](SHORT_ROWS) | (body or {}),
        }
    )
    return (
        {
            "schema": SCHEMA,
            "kind": kind,
            "date": "2026-10-08",
            "page": "f4",
            "footer": "",
            "sample": True,
            "office": OFFICE,
        }
        | issued
        | envelope
    )
