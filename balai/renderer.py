"""Draws one paper: the canonical JSON of its payload in, the bytes of its PDF/A-3b out.

Nothing else goes in: no database, no settings, no request, no clock, no network, and of the disk only the assets
packaged with the program. The same payload gives the same bytes in every process that has the same fonts.
Runs in processes of its own (`render_worker`), one paper at a time: Pango's font maps do not survive threads.
"""

import json
import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from balai.payloads import SCHEMA
from balai.qr import qr_png

TITLES = {
    "formulir_permohonan": "Formulir Permohonan",
    "surat_pengembalian": "Surat Pengembalian",
    "lembar_estimasi": "Lembar Estimasi",
    "surat_pesanan": "Surat Pesanan",
    "surat_perintah_kerja": "Surat Perintah Kerja",
    "bukti_pembayaran": "Bukti Pembayaran",
    "surat_jalan": "Surat Jalan",
    "tanda_setor": "Tanda Setor",
    "lembar_tutup_kas": "Lembar Tutup Kas",
    "surat_teguran": "Surat Teguran",
    "buku_bulanan": "Buku Penerimaan dan Penyetoran",
    "lpj_bulanan": "Laporan Pertanggungjawaban Penerimaan",
    "buku_pesanan": "Buku Pesanan",
    "buku_penerimaan": "Buku Penerimaan dan Penyetoran",
    "buku_pembantu": "Buku Pembantu per Rekening",
    "buku_harian": "Rekapitulasi Penerimaan Harian",
    "buku_setoran": "Register STS",
    "laporan_lpj": "Laporan Pertanggungjawaban Penerimaan",
}
# Kinds on a form smaller than the office's paper; what does not fit on one such page is printed on a full one.
SMALL = ("bukti_pembayaran",)
# Printed from live data on the sheet laid on its side: they carry no number, no code, no payload.
REGISTERS = ("buku_pesanan", "buku_penerimaan", "buku_pembantu", "buku_harian", "buku_setoran", "laporan_lpj")
LANDSCAPE = (*REGISTERS, "buku_bulanan", "lpj_bulanan")
SAMPLE_MARK = "DATA CONTOH, BUKAN DOKUMEN RESMI"
ATTACHMENT = "isi-surat.json"

PDF_OPTIONS = {"pdf_variant": "pdf/a-3b", "pdf_tags": True}

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE_DIR = ROOT / "templates" / "print"
ASSET_DIR = ROOT / "static" / "print"
ASSETS = {
    "print.css": "text/css",
    "lambang-contoh.svg": "image/svg+xml",
    "cap-batal.svg": "image/svg+xml",
    "cap-salinan.svg": "image/svg+xml",
}


class DrawingError(Exception):
    """This payload cannot be drawn; trying again would not help."""


class PaperFetcher(URLFetcher):
    """Serves `asset:<name>` for the names in ASSETS and `gambar:<base64>` for pictures that a payload holds itself.

    Every other address stops the drawing.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(allowed_protocols=["asset", "gambar"], allow_redirects=False, fail_on_errors=True)
        self.folder = folder

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The asset or picture; raises ValueError for any address that is neither."""
        protocol, _, rest = url.partition(":")
        if protocol == "asset" and rest in ASSETS:
            return URLFetcherResponse(url, (self.folder / rest).read_bytes(), {"Content-Type": ASSETS[rest]})
        if protocol == "gambar":
            return URLFetcherResponse("gambar:", b64decode(rest, validate=True), {"Content-Type": "image/*"})
        raise ValueError(f"neither a packaged asset nor a picture of the payload: {url[:200]}")


@dataclass(frozen=True)
class Looks:
    """How papers of one schema look; made once per process."""

    templates: Engine
    fetcher: PaperFetcher
    stylesheet: CSS
    fonts: FontConfiguration = field(default_factory=FontConfiguration)
    pictures: dict[str, Any] = field(default_factory=dict)  # packaged ones, decoded once


@cache
def looks(schema: int) -> Looks:
    """Templates, stylesheet and pictures of a schema. Raises ValueError for one there never was.

    The present schema's lie in the two folders themselves, those of an older one in the subfolder of its number, which
    is never changed again (docs/surat.md).
    """
    if schema not in range(1, SCHEMA + 1):
        raise ValueError(f"no templates for schema {schema!r}")
    subfolder = "" if schema == SCHEMA else str(schema)
    fetcher = PaperFetcher(ASSET_DIR / subfolder)
    return Looks(
        Engine(dirs=[str(TEMPLATE_DIR / subfolder)], builtins=["balai.templatetags.balai_format"]),
        fetcher,
        CSS(url="asset:print.css", url_fetcher=fetcher),
    )


def draw(payload: str, mark: Mapping[str, str] | None = None) -> bytes:
    """The PDF of one paper, on the page size that the payload names, with the payload attached as it is.

    `mark` makes it a BATAL or a SALINAN: `word`, `notice` and `asset`. A small form (the receipt) whose text needs
    more than one page is printed on the full page instead. Raises DrawingError, whatever went wrong; an address
    that is no packaged asset is one such reason.
    """
    values = json.loads(payload)
    try:
        return _write(_fitting(values, mark), values, payload)
    # FatalURLFetchingError is a BaseException in WeasyPrint, so that WeasyPrint itself cannot swallow it.
    except (Exception, FatalURLFetchingError) as error:
        raise DrawingError(f"{values.get('kind')} {values.get('number')}: {error!r}") from error


def warm_up() -> None:
    """Load the fonts, the stylesheet and every template, so that the first paper is quick."""
    current = looks(SCHEMA)
    for kind in TITLES:
        current.templates.get_template(f"{kind}.html")
    html = HTML(string="<html lang='id'><h1>1</h1><p>1 <b>2 <i>3</i></b>", url_fetcher=current.fetcher)
    html.write_pdf(font_config=current.fonts, stylesheets=[current.stylesheet], **PDF_OPTIONS)


@dataclass(frozen=True)
class Form:
    """The classes of a page, and what each copy of the paper on it is called; a full page has one without a name."""

    css: str
    copies: tuple[str, ...] = ("",)


def forms(kind: str, page: str, *, marked: bool = False) -> list[Form]:
    """The forms to try, one after the other, until the paper fits on one page; the last one takes any number.

    `page` is `f4` or `a4`, for a receipt also `f4 rangkap` or `a4 rangkap`: two copies on one sheet. A marked one
    (BATAL, SALINAN) is no paper to be cut in two.
    """
    size, *twice = page.split()
    if kind in LANDSCAPE:
        return [Form(f"{size} lanskap")]
    if kind not in SMALL:
        return [Form(size)]
    if twice and not marked:
        return [Form(f"{size} rangkap kecil", ("Lembar 1: pelanggan", "Lembar 2: arsip")), Form(size)]
    return [Form("a5 kecil", ("Lembar 1: pelanggan",)), Form(size)]


def source(values: Mapping[str, Any], form: Form, mark: Mapping[str, str] | None = None) -> str:
    """The HTML of a paper on this form."""
    template = looks(values["schema"]).templates.get_template(f"{values['kind']}.html")
    context = _context(values, mark) | {"form": form}
    return template.render(Context(context, use_l10n=False, use_tz=False))


def _fitting(values: Mapping[str, Any], mark: Mapping[str, str] | None) -> Document:
    for form in forms(values["kind"], values["page"], marked=bool(mark)):
        document = _lay_out(values, form, mark)
        if len(document.pages) == 1:
            break
    return document


def _lay_out(values: Mapping[str, Any], form: Form, mark: Mapping[str, str] | None) -> Document:
    current = looks(values["schema"])
    html = HTML(string=source(values, form, mark), url_fetcher=current.fetcher)
    pictures = dict(current.pictures)
    document = html.render(font_config=current.fonts, stylesheets=[current.stylesheet], cache=pictures, **PDF_OPTIONS)
    current.pictures.update((url, picture) for url, picture in pictures.items() if url.startswith("asset:"))
    return document


def _write(document: Document, values: Mapping[str, Any], payload: str) -> bytes:
    if values["kind"] in REGISTERS:
        return document.write_pdf(**PDF_OPTIONS)
    issued = datetime.fromisoformat(values["date"])
    content = Attachment(
        string=payload,
        name=ATTACHMENT,
        description="Isi surat ini sebagai data",
        created=issued,  # without a date of its own it would bear the time of drawing
        modified=issued,
        relationship="Source",
    )
    return document.write_pdf(attachments=[content], **PDF_OPTIONS)


def _context(values: Mapping[str, Any], mark: Mapping[str, str] | None) -> dict[str, Any]:
    words = [mark["word"]] if mark else []
    return printable(
        {
            **values,
            "title": TITLES[values["kind"]],
            "mark": mark,
            "running_mark": " | ".join(words + [SAMPLE_MARK] * values["sample"]),
            "verify_short": re.sub(r"^https?://|/$", "", values["verify_url"]),
            "qr": b64encode(qr_png(values["verify_url"])).decode() if values["verify_url"] else "",
        }
    )


def printable(value: Any) -> Any:
    """The value with every text in it made of visible characters and plain spaces.

    Controls are illegal in the XML inside a PDF/A, a lone surrogate cannot be encoded, and bidirectional overrides
    could show the digits of an amount in another order than they are stored.
    """
    if isinstance(value, str):
        if value.isprintable():
            return value
        return "".join(char if char.isprintable() else " " if char.isspace() else "" for char in value)
    if isinstance(value, Mapping):
        return {key: printable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [printable(item) for item in value]
    return value
