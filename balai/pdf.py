"""Papers: a frozen payload in, the bytes of its PDF out.

Nothing else goes in: no database, no request, no clock, no network, and of the disk only the assets packaged
with the program. The same payload gives the same bytes in every process that has the same fonts.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, ClassVar

from django.template.loader import get_template
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from balai.formats import tanggal_panjang
from balai.qr import qr_path

SCHEMA = 1
TITLES = {
    "formulir_permohonan": "Formulir Permohonan",
    "surat_pesanan": "Surat Pesanan",
    "bukti_pembayaran": "Bukti Pembayaran",
    "surat_jalan": "Surat Jalan",
}
# Forms smaller than the office's paper; what does not fit on one such page is printed on a full one.
SMALL_FORMS = {"bukti_pembayaran": "a5"}
SAMPLE_MARK = "DATA CONTOH, BUKAN DOKUMEN RESMI"

PDF_OPTIONS = {"pdf_variant": "pdf/a-3b"}

ASSET_DIR = Path(__file__).resolve().parent.parent / "static" / "print"
ASSETS = {
    "print.css": "text/css",
    "lambang-contoh.svg": "image/svg+xml",
    "cap-batal.svg": "image/svg+xml",
    "cap-salinan.svg": "image/svg+xml",
}

# Pango's font maps are not safe between threads (they corrupt memory), so one paper is drawn at a time.
_render_lock = Lock()


class RenderError(Exception):
    """A paper could not be drawn. Its payload stays as it is, so drawing may be tried again."""


@dataclass(frozen=True)
class Void:
    """Marks a paper BATAL: who voided it, on which WIB date, why, and the number of the paper that replaces it."""

    by: str
    on: date
    reason: str
    replaced_by: str = ""
    word: ClassVar = "BATAL"
    asset: ClassVar = "cap-batal.svg"

    @property
    def notice(self) -> str:
        """The boxed sentence under the kop."""
        said = [f"Dibatalkan {tanggal_panjang(self.on)} oleh {self.by}", f"Alasan: {self.reason}"]
        return _sentences(*said, *([f"Pengganti: Nomor {self.replaced_by}"] if self.replaced_by else []))


@dataclass(frozen=True)
class Copy:
    """Marks a reprint SALINAN: its ordinal (2 for the second reprint), its WIB date and who made it."""

    ordinal: int
    on: date
    by: str
    word: ClassVar = "SALINAN"
    asset: ClassVar = "cap-salinan.svg"

    @property
    def notice(self) -> str:
        """The boxed sentence under the kop."""
        printed = f"Cetak ulang ke-{self.ordinal}, {tanggal_panjang(self.on)} oleh {self.by}"
        return _sentences(printed, "Isi sama dengan lembar asli")


Marking = Void | Copy


class AssetFetcher(URLFetcher):
    """Serves `asset:<name>` for the names in ASSETS. Every other address stops the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["asset"], allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """The packaged asset; raises ValueError for any address that is not one."""
        name = url.removeprefix("asset:")
        if name == url or name not in ASSETS:
            raise ValueError(f"not a packaged asset: {url[:200]}")
        return URLFetcherResponse(url, (ASSET_DIR / name).read_bytes(), {"Content-Type": ASSETS[name]})


def render(payload: Mapping[str, Any], marking: Marking | None = None) -> bytes:
    """The PDF/A-3b of one paper, on the page size that the payload names.

    A small form (the receipt) whose text needs more than one page is printed on the full page instead.
    Raises RenderError, whatever went wrong; an address that is no packaged asset is one such reason.
    """
    kind, schema = payload["kind"], payload["schema"]
    if kind not in TITLES or schema != SCHEMA:
        raise RenderError(f"no template for {kind!r}, schema {schema!r}")
    with _render_lock:
        try:
            return _draw(kind, _context(payload, marking))
        # FatalURLFetchingError is a BaseException in WeasyPrint, so that WeasyPrint itself cannot swallow it.
        except (Exception, FatalURLFetchingError) as error:
            raise RenderError(f"{kind} {payload['number']}: {error}") from error


def _draw(kind: str, context: dict[str, Any]) -> bytes:
    small = SMALL_FORMS.get(kind)
    document = _lay_out(kind, context | {"form": small or context["page"]})
    if small and len(document.pages) > 1:
        document = _lay_out(kind, context | {"form": context["page"]})
    return document.write_pdf(**PDF_OPTIONS)


def _lay_out(kind: str, context: dict[str, Any]) -> Document:
    html = HTML(string=get_template(f"print/{kind}.html").render(context), url_fetcher=_fetcher())
    return html.render(font_config=FontConfiguration(), stylesheets=[_stylesheet()], **PDF_OPTIONS)


def _context(payload: Mapping[str, Any], marking: Marking | None) -> dict[str, Any]:
    words = [marking.word] if marking else []
    return _printable(
        {
            **payload,
            "title": TITLES[payload["kind"]],
            "mark": marking and {"word": marking.word, "notice": marking.notice, "asset": marking.asset},
            "running_mark": " | ".join(words + [SAMPLE_MARK] * payload["sample"]),
            "verify_short": re.sub(r"^https?://|/$", "", payload["verify_url"]),
            "qr": qr_path(payload["verify_url"]),
        }
    )


def _printable(value: Any) -> Any:
    """The value with every text in it made of visible characters and plain spaces.

    Controls are illegal in the XML inside a PDF/A, a lone surrogate cannot be encoded, and bidirectional overrides
    could show the digits of an amount in another order than they are stored.
    """
    if isinstance(value, str):
        if value.isprintable():
            return value
        return "".join(char if char.isprintable() else " " if char.isspace() else "" for char in value)
    if isinstance(value, Mapping):
        return {key: _printable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_printable(item) for item in value]
    return value


def _sentences(*texts: str) -> str:
    # A name such as "Sari, S.E." or a typed reason may bring its own full stop.
    return " ".join(f"{text.rstrip('.')}." for text in texts)


@cache
def _fetcher() -> AssetFetcher:
    return AssetFetcher()


@cache
def _stylesheet() -> CSS:
    return CSS(url="asset:print.css", url_fetcher=_fetcher())
