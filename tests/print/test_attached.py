"""The file carries its payload as data, and nothing in it that the paper does not print."""

import json

import pytest

from balai import renderer
from balai.formats import angka, hari_tanggal, jam, nip, rupiah, tanggal, tanggal_panjang
from balai.money import terbilang
from balai.phone import telepon
from tests.print.books import BOOKS
from tests.print.drawn import draw, short, squeezed
from tests.print.payloads import NUMBERS, payload
from tests.print.reading import reader, text

# What the sheet is, rather than what it says; the address is printed without its protocol and in the QR code.
OF_THE_SHEET = {"schema", "kind", "page", "sample", "verify_url", "picture", "percent", "lead", "right", "count"}
WAYS_TO_PRINT = (str, angka, rupiah, terbilang, tanggal, tanggal_panjang, hari_tanggal, jam, nip, telepon)


def leaves(value, name: str = ""):
    """Every single value with the name it stands under."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, name)
    else:
        yield name, value


def printed_forms(value) -> set[str]:
    forms = set()
    for way in WAYS_TO_PRINT:
        try:
            forms.add(squeezed(way(value)))
        except (ValueError, TypeError, AttributeError):
            continue  # no value of the kind that is written so
    return forms - {""}


def attached(paper: bytes) -> dict:
    [data] = reader(paper).attachments[renderer.ATTACHMENT]
    return json.loads(data)


def unprinted(content: dict, paper: bytes) -> list:
    """What of the content cannot be read on the paper."""
    seen = squeezed(text(paper))
    return [
        (name, value)
        for name, value in leaves(content)
        if name not in OF_THE_SHEET and value not in ("", None) and not isinstance(value, bool)
        if not any(form in seen for form in printed_forms(value))
    ]


@pytest.mark.parametrize("kind", NUMBERS)
def test_everything_attached_is_printed(kind):
    assert unprinted(attached(short(kind)), short(kind)) == []


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("surat_pesanan", {"change": {"ordinal": 1, "replaces_number": "0117/SP", "replaces_date": "2026-09-30"}}),
        ("lembar_estimasi", {"change_of": "0118/SP/X/2026", "change_reason": "Ukuran berubah."}),
        ("surat_pengembalian", {"estimate_number": "", "estimate_date": "", "left_goods": []}),
        ("formulir_permohonan", {"drawings": [], "no_drawing_reason": "Contoh barang dibawa.", "note": "Catatan."}),
    ],
)
def test_everything_attached_is_printed_in_the_other_case_too(kind, body):
    paper = draw(payload(kind, body))
    assert unprinted(attached(paper), paper) == []


@pytest.mark.parametrize("kind", BOOKS)
def test_every_figure_of_a_register_is_printed(kind):
    book = payload(kind, BOOKS[kind](12, "Nama"))
    paper = draw(book)
    if kind == "laporan_lpj":
        book["body"].pop("columns")  # told in two rows of heads
    assert unprinted(book["body"], paper) == []


def test_something_not_printed_would_be_seen():
    paper = draw(payload("surat_jalan", {"secret": "tidak tercetak"}))
    assert unprinted(attached(paper), paper) == [("secret", "tidak tercetak")]
