"""Papers are drawn from the payload alone, say exactly what it says, and are the same bytes everywhere."""

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.template import engines

from balai import pdf
from balai.documents import KINDS, PAYLOAD_VERSION
from balai.formats import angka, hari_tanggal, rupiah, tanggal_panjang
from balai.money import terbilang
from tests.print.payloads import BODIES, NUMBERS, OFFICE, WORST_ROWS, choices, long, payload, worst
from tests.print.reading import embedded_fonts, ink_box, page_sizes, pages, reader, text

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates" / "print").glob("*.html"))
F4, A4, A5_LANDSCAPE = (215, 330), (210, 297), (210, 148)


@cache
def short(kind: str) -> bytes:
    return pdf.render(payload(kind))


@cache
def worst_order_letter() -> bytes:
    return pdf.render(worst("surat_pesanan"))


def squeezed(words: str) -> str:
    """Without spaces: where a line is broken is no part of what the paper says."""
    return "".join(words.split())


def assert_says(paper: bytes, *sayings: str) -> None:
    found = squeezed(text(paper))
    assert [saying for saying in sayings if squeezed(saying) not in found] == []


# What it says


@pytest.mark.parametrize("kind", NUMBERS)
def test_every_paper_says_what_it_is_and_how_to_check_it(kind):
    assert_says(
        short(kind),
        pdf.TITLES[kind].upper(),
        f"Nomor {NUMBERS[kind]}",
        "Kode verifikasi S3GX-7PLE",
        "Verifikasi data: pesanan.balai.example/verifikasi/S3GX-7PLE",
        "Kode QR bukan tanda tangan elektronik",
        pdf.SAMPLE_MARK,
        OFFICE["unit"],
        OFFICE["address"],
        f"{OFFICE['city']}, 8 Oktober 2026",
    )


def test_a_real_paper_does_not_call_itself_a_sample():
    assert pdf.SAMPLE_MARK not in text(pdf.render(payload("bukti_pembayaran", sample=False)))


def test_the_application_form_lists_goods_drawings_and_goods_left():
    body = BODIES["formulir_permohonan"]
    assert_says(
        short("formulir_permohonan"),
        "8 Oktober 2026, pukul 09.14 WIB",
        "************0143",
        "0800 0000 0143",
        *(f"{g['name']} {g['size']} {angka(g['quantity'])} {g['unit']} {g['material']}" for g in body["goods"]),
        *(f"{d['name']} {d['kind']} {d['pages']}" for d in body["drawings"]),
        *(f"{g['name']} {angka(g['quantity'])} {g['unit']} {g['condition']}" for g in body["left_goods"]),
        "NIP 00000000 000000 0 001",
    )


def test_the_order_letter_repeats_every_figure_of_the_estimate():
    body = BODIES["surat_pesanan"]
    assert_says(
        short("surat_pesanan"),
        *(
            f"{line['description']} {angka(line['quantity'])} {line['unit']}"
            f" {angka(line['price'])} {angka(line['amount'])}"
            for line in body["lines"]
        ),
        *(f"{g['name']} {g['specification']} {angka(g['quantity'])} {g['unit']}" for g in body["goods"]),
        f"JUMLAH {angka(body['total'])}",
        f"# {terbilang(body['total'])} #",
        hari_tanggal(body["estimate"]["starts_on"]),
        hari_tanggal(body["estimate"]["finish_on"]),
        "8 Oktober 2026, langsung di loket",
        *body["drawings"],
        *OFFICE["order_terms"],
        f"{OFFICE['head']['title']}, {BODIES['surat_pesanan']['customer']['name']} {OFFICE['head']['name']}",
        "NIP 00000000 000000 0 002",
    )


def test_a_changed_order_letter_names_the_paper_it_replaces():
    change = {"ordinal": 1, "replaces_number": "0117/SP/IX/2026", "replaces_date": "2026-09-30"}
    paper = pdf.render(payload("surat_pesanan", {"change": change}))
    assert_says(paper, "Perubahan ke-1 menggantikan Nomor 0117/SP/IX/2026 tanggal 30 September 2026")
    assert "Perubahan ke-" not in text(short("surat_pesanan"))


def test_the_receipt_says_the_amount_in_figures_and_in_words():
    body = BODIES["bukti_pembayaran"]
    assert_says(
        short("bukti_pembayaran"),
        rupiah(body["amount"]),
        f"# {terbilang(body['amount'])} #",
        *(f"{line['account_code']} {line['description']} {angka(line['amount'])}" for line in body["lines"]),
        f"JUMLAH {angka(body['amount'])}",
        f"Surat Pesanan Nomor {body['order_letter_number']} tanggal {tanggal_panjang(body['order_letter_date'])}",
        "×QRIS",
        "Referensi :CONTOH-000143",
    )


def test_a_cash_receipt_says_what_was_received_and_given_back():
    cash = {
        "method": choices("Tunai|QRIS|Transfer bank", "Tunai"),
        "reference": "",
        "received": 2_300_000,
        "change_given": 43_000,
    }
    assert_says(pdf.render(payload("bukti_pembayaran", cash)), "×Tunai", "Rp2.300.000, kembali Rp43.000")


def test_the_delivery_note_says_what_remains():
    assert_says(
        short("surat_jalan"),
        "Braket siku rangka meja 24 buah Lengkap",
        "5 batang Sisa 3 dari 8 batang",
        "0109/TBP/X/2026, lunas",
        "×Wakil pemesan",
        BODIES["surat_jalan"]["note"],
    )


# Markings


def test_a_voided_paper_says_so_and_stays_readable():
    void = pdf.Void(
        by="Ratna Dewi, S.E.", on=date(2026, 10, 23), reason="salah cara bayar.", replaced_by="0110/TBP/X/2026"
    )
    paper = pdf.render(payload("bukti_pembayaran"), void)
    assert_says(
        paper,
        "BATAL Dibatalkan 23 Oktober 2026 oleh Ratna Dewi, S.E. Alasan: salah cara bayar.",
        "Pengganti: Nomor 0110/TBP/X/2026.",
        rupiah(2_257_000),
    )
    assert len(pages(paper)) == 1
    assert page_sizes(paper) == {A5_LANDSCAPE}


def test_a_copy_says_so():
    paper = pdf.render(payload("surat_jalan"), pdf.Copy(2, date(2026, 10, 26), "Ratna Dewi"))
    assert_says(paper, "SALINAN Cetak ulang ke-2, 26 Oktober 2026 oleh Ratna Dewi. Isi sama dengan lembar asli.")
    assert_says(paper, "SALINAN | DATA CONTOH")


# Pages


@pytest.mark.parametrize(
    ("kind", "size"),
    [("formulir_permohonan", F4), ("surat_pesanan", F4), ("surat_jalan", F4), ("bukti_pembayaran", A5_LANDSCAPE)],
)
def test_an_ordinary_paper_is_one_page_of_its_size(kind, size):
    assert page_sizes(short(kind)) == {size}
    assert len(pages(short(kind))) == 1


def test_the_office_may_print_on_a4():
    assert page_sizes(pdf.render(payload("surat_jalan", page="a4"))) == {A4}


def test_a_receipt_too_long_for_a5_is_printed_on_one_full_page():
    paper = pdf.render(long("bukti_pembayaran"))
    assert page_sizes(paper) == {F4}
    assert len(pages(paper)) == 1
    assert_says(paper, "Halaman 1 dari 1", f"# {terbilang(2_257_000)} #")


def test_a_long_order_letter_names_itself_and_its_page_on_every_page():
    first, *middle, last = pages(worst_order_letter())
    assert "(lanjutan)" not in first
    assert all("Surat Pesanan 0118/SP/X/2026 (lanjutan)" in page for page in [*middle, last])
    assert f"Halaman {len(middle) + 2} dari {len(middle) + 2}" in last


def test_amount_in_words_terms_and_signatures_stay_together():
    lines = BODIES["surat_pesanan"]["lines"]
    *_, last = pages(pdf.render(payload("surat_pesanan", {"lines": lines + lines[:3]})))
    together = (f"# {terbilang(2_257_000)} #", OFFICE["order_terms"][0], OFFICE["head"]["name"])
    assert [part for part in together if squeezed(part) not in squeezed(last)] == []


def test_the_worst_order_letter_stays_inside_its_margins():
    paper = worst_order_letter()
    left, bottom, right, top = ink_box(paper)
    assert (left >= 29.5, right <= 195.5) == (True, True)  # 30 mm left and 20 mm right of 215 mm
    assert (bottom >= 5, top <= 325) == (True, True)  # what a printer cannot reach
    assert squeezed(text(paper)).count("Serut,papanjatiduamuka") == WORST_ROWS // len(BODIES["surat_pesanan"]["lines"])


# The file


@pytest.mark.parametrize("kind", NUMBERS)
def test_the_file_is_fit_for_the_archive(kind):
    paper = reader(short(kind))
    assert paper.metadata.title == f"{pdf.TITLES[kind]} {NUMBERS[kind]}"
    assert paper.root_object["/Lang"] == "id"
    xmp = paper.root_object["/Metadata"].get_data()
    assert b'pdfaid:part="3"' in xmp
    assert b'pdfaid:conformance="B"' in xmp
    assert set(embedded_fonts(short(kind)).values()) == {True}
    assert not paper.attachments


def test_the_same_payload_gives_the_same_bytes_in_another_process():
    script = (
        "import django, hashlib, json, sys; django.setup()\n"
        "from balai import pdf\n"
        "print(json.dumps([hashlib.sha256(pdf.render(p)).hexdigest() for p in json.load(sys.stdin)]))"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", script],
        input=json.dumps([payload(kind) for kind in NUMBERS]),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "C"},
    )
    assert json.loads(elsewhere.stdout) == [hashlib.sha256(short(kind)).hexdigest() for kind in NUMBERS]


def test_papers_drawn_at_once_are_the_same_papers():
    with ThreadPoolExecutor(3) as pool:
        drawn = list(pool.map(pdf.render, [payload("bukti_pembayaran")] * 3))
    assert set(drawn) == {short("bukti_pembayaran")}


# Hostile payloads


ATTACK = (
    "<script>alert(1)</script><img src=\"file:///etc/passwd\"><style>@import 'http://127.0.0.1/'</style>"
    "</td></table>{{ office.unit }}{% include 'x' %}&lt;b&gt;"
)


@pytest.mark.parametrize("kind", NUMBERS)
def test_markup_in_any_field_stays_text(kind, monkeypatch):
    fetched = []
    fetch = pdf.AssetFetcher.fetch
    monkeypatch.setattr(
        pdf.AssetFetcher, "fetch", lambda self, url, headers=None: fetched.append(url) or fetch(self, url)
    )
    attacked = _with_every_text(payload(kind)["body"], ATTACK)
    paper = pdf.render(payload(kind, attacked, office=_with_every_text(OFFICE, ATTACK), number=ATTACK))
    assert_says(paper, ATTACK)
    assert set(fetched) <= {f"asset:{name}" for name in pdf.ASSETS}
    catalogue = reader(paper).root_object
    assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & set(catalogue)
    assert all("/Annots" not in page for page in reader(paper).pages)


def _with_every_text(value, text):
    """`value` with every text replaced that is no date and no number."""
    if isinstance(value, dict):
        return {key: _with_every_text(item, text) for key, item in value.items()}
    if isinstance(value, list):
        return [_with_every_text(item, text) for item in value]
    is_free = isinstance(value, str) and not re.fullmatch(r"\d{4}-\d\d-\d\d.*|[\d.]+", value)
    return text if is_free else value


def test_controls_and_bidirectional_overrides_are_left_out():
    name = "Siti\x00\x1b[31m \u202egnp.exe\u2066 \ud800\ufffe\u200bAli\u2028Baba"
    customer = BODIES["surat_jalan"]["customer"] | {"name": name}
    assert_says(pdf.render(payload("surat_jalan", {"customer": customer})), "Siti[31m gnp.exe Ali Baba")


def test_right_to_left_letters_are_drawn():
    customer = BODIES["surat_jalan"]["customer"] | {"name": "سيتي 123 רחמה"}
    assert "123" in text(pdf.render(payload("surat_jalan", {"customer": customer})))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://balai.example/a.png",
        "ftp://127.0.0.1/a",
        "data:text/html,<b>x</b>",
        "data:image/png;base64,AAAA",
        "print.css",
        "../print.css",
        "asset:../print.css",
        "asset:../../balai/settings.py",
        "asset:/etc/passwd",
        "asset:print.css?x",
        "asset://print.css",
        "asset:",
    ],
)
def test_the_fetcher_serves_packaged_assets_only(url):
    with pytest.raises(ValueError, match="not a packaged asset"):
        pdf.AssetFetcher().fetch(url)


@pytest.mark.parametrize("name", pdf.ASSETS)
def test_every_asset_is_packaged(name):
    assert pdf.AssetFetcher().fetch(f"asset:{name}").read()


def test_a_template_that_asks_for_anything_else_fails_loudly(monkeypatch):
    template = engines["django"].from_string('<img src="file:///etc/passwd">')
    monkeypatch.setattr(pdf, "get_template", lambda name: template)
    with pytest.raises(pdf.RenderError, match="file:///etc/passwd"):
        pdf.render(payload("surat_jalan"))


def test_whatever_fails_is_a_render_error():
    with pytest.raises(pdf.RenderError, match="0107/SJ/X/2026"):
        pdf.render(payload("surat_jalan", date="kapan-kapan"))


@pytest.mark.parametrize("envelope", [{"kind": "surat_cinta"}, {"schema": 2}])
def test_an_unknown_kind_or_schema_is_refused(envelope):
    with pytest.raises(pdf.RenderError, match="no template"):
        pdf.render(payload("surat_jalan") | envelope)


# The templates


def test_every_kind_that_is_issued_can_be_drawn():
    assert set(pdf.TITLES) == set(KINDS)
    assert pdf.SCHEMA == PAYLOAD_VERSION


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_trust_no_data_and_name_no_address(template):
    source = template.read_text()
    assert re.findall(r"\|\s*safe|autoescape|<script|url\(|\bload\b", source) == []
    assert set(re.findall(r'(?:src|href)="([^"{]*)', source)) <= {"asset:", *(f"asset:{name}" for name in pdf.ASSETS)}
