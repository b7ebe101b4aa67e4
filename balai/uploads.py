"""Uploaded drawings: the content decides what a file is, and only what could be decoded is kept.

Images are decoded and written anew, upright and without metadata: EXIF holds where a photo was taken, a tail
may hold another file. A PDF is kept as it came, after a process with limits has opened it; so is a DXF, which is
only ever downloaded, and gets a picture when such a process could draw it (`balai.reading`).
"""

import hashlib
import io
import re
import struct
import warnings
import zlib
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from PIL import ExifTags, Image, ImageFile

from balai import reading
from balai.text import single_line

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_NAME = 120
THUMBNAIL_PIXELS = 480
PAPER_BYTES = 12 * 1024

# Named, because some of Pillow's decoders start other programs (EPS runs Ghostscript).
_FORMATS = ("JPEG", "PNG", "WEBP")
# MPO is what Pillow calls a JPEG of which a phone camera appended a second picture.
_EXTENSIONS = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp"}
_SAVE = {
    "jpg": {"format": "JPEG", "quality": 90},
    "png": {"format": "PNG"},
    "webp": {"format": "WEBP", "quality": 90},
}
# By EXIF orientation. ImageOps.exif_transpose would write the EXIF anew and fail on what some phones put in it.
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow's decoders raise for a file that breaks the rules of its format.
_DECODER_FAULTS = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    EOFError,
    IndexError,
    KeyError,
    OverflowError,
    struct.error,
    zlib.error,
)
# Comments may stand before the first section.
_DXF_BEGINS = re.compile(rb"[ \t]*(?:999[ \t]*\r?\n[^\r\n]*\r?\n\s*)*0[ \t]*\r?\nSECTION\s")

_EMPTY = "berkas ini kosong. Pilih berkas lain."
_TOO_LARGE = "berkas ini lebih dari 20 MB. Perkecil atau simpan ulang, lalu unggah lagi."
_UNKNOWN_KIND = (
    "berkas ini bukan gambar JPEG, PNG, WebP, PDF, atau DXF. Simpan ulang sebagai salah satunya, lalu unggah lagi."
)
_TOO_MANY_PIXELS = "ukuran gambar ini lebih dari 40 juta titik. Perkecil gambarnya, lalu unggah lagi."
_BROKEN_IMAGE = "gambar ini rusak atau tidak lengkap. Simpan atau foto ulang, lalu unggah lagi."
_BROKEN_DXF = "DXF ini rusak atau tidak lengkap. Simpan ulang dari program gambarnya, lalu unggah lagi."
_NO_ROOM = "penyimpanan komputer balai penuh, jadi berkas ini belum tersimpan. Hubungi admin balai."
_BUSY = "masih banyak berkas lain yang diperiksa. Tunggu sebentar, lalu unggah lagi."
_PDF_REFUSALS = {
    "broken": "PDF ini rusak dan tidak bisa dibuka. Simpan ulang dari program asalnya, lalu unggah lagi.",
    "encrypted": "PDF ini dikunci. Simpan ulang tanpa sandi dan tanpa pembatasan, lalu unggah lagi.",
    "pages": "PDF ini berisi {pages} halaman, paling banyak 200. Pisahkan menjadi beberapa berkas.",
    "active": "PDF ini berisi perintah otomatis. Cetak menjadi PDF baru, lalu unggah hasilnya.",
    "heavy": "PDF ini terlalu berat untuk dibuka. Simpan ulang dengan mutu lebih rendah, lalu unggah lagi.",
}

# Pixels are counted from the header, before anything is decoded; Pillow's own limit is set to the same.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class UploadRefused(Exception):
    """The file cannot be kept. The text tells the user, in Indonesian, which file, why, and what to do."""

    def __init__(self, name: str, reason: str) -> None:
        self.name = name
        self.reason = reason
        super().__init__(f"{name}: {reason}")


class Kind(StrEnum):
    IMAGE = "gambar"
    PDF = "pdf"
    DXF = "dxf"


@dataclass(frozen=True)
class Checked:
    """A file safe to keep. `width` and `height` are pixels of an image, points of page one of a PDF, 0 for a DXF."""

    kind: Kind
    content: bytes
    ext: str
    width: int
    height: int
    pages: int
    thumbnail: bytes  # JPEG, at most THUMBNAIL_PIXELS on its longer side; empty for a DXF that could not be drawn
    original_name: str

    @property
    def sha256(self) -> str:
        """Hex digest of the content as kept."""
        return hashlib.sha256(self.content).hexdigest()


def check_upload(file: BinaryIO, name: str) -> Checked:
    """Read, decode and clean an uploaded drawing. Raises UploadRefused."""
    shown = clean_name(name)
    if getattr(file, "no_room", False):  # balai.incoming
        raise UploadRefused(shown, _NO_ROOM)
    file.seek(0)
    content = file.read(MAX_BYTES + 1)
    if not content:
        raise UploadRefused(shown, _EMPTY)
    if len(content) > MAX_BYTES:
        raise UploadRefused(shown, _TOO_LARGE)
    if content.startswith(b"%PDF-"):
        return _check_pdf(content, shown)
    if _DXF_BEGINS.match(content[:4096]):
        return _check_dxf(content, shown)
    return _check_image(content, shown)


def clean_name(name: str) -> str:
    """A file name fit to be shown: without folders, control and bidi characters, at most MAX_NAME long."""
    base = name.replace("\\", "/").rsplit("/", 1)[-1]
    return single_line(base)[:MAX_NAME].strip(" .") or "berkas"


def smaller(jpeg: bytes, pixels: int) -> bytes:
    """A grey JPEG for paper, made of a thumbnail: at most `pixels` on its longer side and PAPER_BYTES large."""
    image = Image.open(io.BytesIO(jpeg), formats=["JPEG"]).convert("L")
    image.thumbnail((pixels, pixels))
    for quality in (75, 60, 45, 30, 15):
        small = io.BytesIO()
        image.save(small, "JPEG", quality=quality)
        if small.tell() <= PAPER_BYTES:
            break
    return small.getvalue()


def _check_image(content: bytes, name: str) -> Checked:
    # WeasyPrint's import lets Pillow accept broken images, for the whole process.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        image = Image.open(io.BytesIO(content), formats=_FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadRefused(name, _TOO_MANY_PIXELS) from error
    except _DECODER_FAULTS as error:
        raise UploadRefused(name, _BROKEN_IMAGE if _begins_as_image(content) else _UNKNOWN_KIND) from error
    # The header alone was read so far; decoding comes after the limit.
    if image.width * image.height > MAX_PIXELS:
        raise UploadRefused(name, _TOO_MANY_PIXELS)
    ext = _EXTENSIONS[image.format]
    try:
        clean = _pixels_only(image, ext)
        saved = io.BytesIO()
        clean.save(saved, **_SAVE[ext])
    except _DECODER_FAULTS as error:
        raise UploadRefused(name, _BROKEN_IMAGE) from error
    width, height = clean.size
    return Checked(Kind.IMAGE, saved.getvalue(), ext, width, height, 1, _thumbnail(clean), name)


def _begins_as_image(content: bytes) -> bool:
    return content.startswith((b"\xff\xd8\xff", b"\x89PNG")) or content[8:12] == b"WEBP"


def _pixels_only(image: Image.Image, ext: str) -> Image.Image:
    """The first frame, upright, without EXIF, colour profile, text or comments."""
    turn = _UPRIGHT.get(image.getexif().get(ExifTags.Base.Orientation))
    if turn is not None:
        image = image.transpose(turn)
    image.info = {key: value for key, value in image.info.items() if key == "transparency"}
    if ext == "jpg" and image.mode not in ("L", "RGB"):
        return image.convert("RGB")
    return image


def _thumbnail(image: Image.Image) -> bytes:
    """A small JPEG on white. May shrink `image` itself: a copy of 40 million pixels costs 160 MB."""
    if image.mode.startswith("I"):
        # 16 bits to 8; convert() would clip instead.
        image = image.point(lambda value: value / 256).convert("L")
    elif image.mode not in ("L", "RGB"):
        image = image.convert("RGBA")
    image.thumbnail((THUMBNAIL_PIXELS, THUMBNAIL_PIXELS))
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        image = white
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=80)
    return jpeg.getvalue()


def _check_pdf(content: bytes, name: str) -> Checked:
    seen = _read("pdf_reader", content, name)
    if not seen.facts:
        raise UploadRefused(name, _PDF_REFUSALS["heavy"])
    if reason := seen.facts.get("refused"):
        raise UploadRefused(name, _PDF_REFUSALS[reason].format_map(seen.facts))
    if not seen.made:
        raise UploadRefused(name, _PDF_REFUSALS["heavy"])
    facts = seen.facts
    return Checked(Kind.PDF, content, "pdf", facts["width"], facts["height"], facts["pages"], seen.made, name)


def _check_dxf(content: bytes, name: str) -> Checked:
    seen = _read("dxf_reader", content, name)
    if not seen.facts.get("dxf"):
        raise UploadRefused(name, _BROKEN_DXF)
    return Checked(Kind.DXF, content, "dxf", 0, 0, 1, seen.made, name)


def _read(program: str, content: bytes, name: str) -> reading.Reading:
    try:
        return reading.read(program, content, 1, THUMBNAIL_PIXELS)
    except reading.ReadersBusy as busy:
        raise UploadRefused(name, _BUSY) from busy
