"""Uploads that are refused: each with its sentence, and none at the cost of the program."""

import io
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from balai import uploads
from balai.uploads import Kind, UploadRefused, check_upload
from tests import hostile_files as hostile

ROOT = Path(__file__).resolve().parents[2]

EMPTY = "berkas ini kosong. Pilih berkas lain."
TOO_LARGE = "berkas ini lebih dari 20 MB. Perkecil atau simpan ulang, lalu unggah lagi."
KIND = "berkas ini bukan gambar JPEG, PNG, WebP, atau PDF. Simpan ulang sebagai salah satunya, lalu unggah lagi."
PIXELS = "ukuran gambar ini lebih dari 40 juta titik. Perkecil gambarnya, lalu unggah lagi."
BROKEN = "gambar ini rusak atau tidak lengkap. Simpan atau foto ulang, lalu unggah lagi."
PDF_BROKEN = "PDF ini rusak dan tidak bisa dibuka. Simpan ulang dari program asalnya, lalu unggah lagi."
PDF_LOCKED = "PDF ini dikunci. Simpan ulang tanpa sandi dan tanpa pembatasan, lalu unggah lagi."
PDF_ACTIVE = "PDF ini berisi perintah otomatis. Cetak menjadi PDF baru, lalu unggah hasilnya."
PDF_HEAVY = "PDF ini terlalu berat untuk dibuka. Simpan ulang dengan mutu lebih rendah, lalu unggah lagi."


def check(content: bytes, name: str = "gambar.jpg") -> uploads.Checked:
    return check_upload(io.BytesIO(content), name)


REFUSED = {
    "empty": (lambda: b"", EMPTY),
    "20 MB and a byte": (lambda: hostile.image_bytes("PNG") + bytes(20 * 1024 * 1024), TOO_LARGE),
    "html": (hostile.html, KIND),
    "html after spaces": (lambda: b" \n\t" + hostile.html(), KIND),
    "svg": (hostile.svg, KIND),
    "plain text": (lambda: b"=cmd|' /C calc'!A0", KIND),
    "gif": (lambda: hostile.image_bytes("GIF", "P"), KIND),
    "gif and zip": (lambda: hostile.image_bytes("GIF", "P") + b"PK\x03\x04", KIND),
    "bmp": (lambda: hostile.image_bytes("BMP"), KIND),
    "tiff": (lambda: hostile.image_bytes("TIFF"), KIND),
    "eps, which runs Ghostscript": (lambda: hostile.image_bytes("EPS"), KIND),
    "icon": (lambda: hostile.image_bytes("ICO"), KIND),
    "heic": (lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200), KIND),
    "zip": (lambda: b"PK\x03\x04" + bytes(200), KIND),
    "sound": (lambda: b"RIFF\x10\0\0\0WAVEfmt " + bytes(40), KIND),
    "program": (lambda: b"MZ" + bytes(200), KIND),
    "dxf": (lambda: b"0\nSECTION\n2\nENTITIES\n0\nENDSEC\n0\nEOF\n", KIND),
    "jpeg that only begins": (lambda: b"\xff\xd8\xff", BROKEN),
    "png that only begins": (lambda: b"\x89PNG\r\n\x1a\n", BROKEN),
    "webp that only begins": (lambda: b"RIFF\x10\0\0\0WEBPVP8 ", BROKEN),
    "png 12,000 x 12,000": (lambda: hostile.png_of(12_000, 12_000), PIXELS),
    "png just above the limit": (lambda: hostile.png_of(8_000, 5_001), PIXELS),
    "jpeg that claims 65,000 x 65,000": (lambda: hostile.jpeg_that_claims(65_000, 65_000), PIXELS),
    "png with a text bomb": (hostile.png_with_text_bomb, BROKEN),
    "half a jpeg": (lambda: hostile.photo((1200, 900))[:6000], BROKEN),
    "half a png": (lambda: hostile.png_of(900, 900)[:100], BROKEN),
    "half a webp": (lambda: hostile.photo((1200, 900), fmt="WEBP")[:600], BROKEN),
    "pdf header and html": (lambda: b"%PDF-1.7\n" + hostile.html(), PDF_BROKEN),
    "pdf of noise": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, PDF_BROKEN),
    "half a pdf": (lambda: hostile.drawing_pdf()[:120], PDF_BROKEN),
    "pdf without pages": (lambda: hostile.drawing_pdf(pages=0), PDF_BROKEN),
    "pdf of 201 pages": (
        lambda: hostile.drawing_pdf(pages=201),
        "PDF ini berisi 201 halaman, paling banyak 200. Pisahkan menjadi beberapa berkas.",
    ),
    "pdf behind a password": (lambda: hostile.locked_pdf("rahasia"), PDF_LOCKED),
    "pdf that forbids printing": (lambda: hostile.locked_pdf(""), PDF_LOCKED),
    "pdf with a script": (hostile.pdf_with_script, PDF_ACTIVE),
    "pdf with a disguised script": (hostile.pdf_with_disguised_script, PDF_ACTIVE),
    "pdf with a packed script": (hostile.pdf_with_packed_script, PDF_ACTIVE),
    "pdf that starts a program": (hostile.pdf_with_launch, PDF_ACTIVE),
    "pdf that wants all memory": (hostile.pdf_of_nested_forms, PDF_HEAVY),
}


@pytest.mark.parametrize(("make", "reason"), REFUSED.values(), ids=REFUSED)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_refused_with_a_sentence(make, reason):
    with pytest.raises(UploadRefused) as refusal:
        check(make(), "C:\\foto\\<b>denah.png")
    assert refusal.value.reason == reason
    assert str(refusal.value) == f"<b>denah.png: {reason}"


def test_exactly_forty_million_pixels_are_allowed():
    assert check(hostile.png_of(8_000, 5_000)).width == 8_000


def test_the_great_png_is_refused_before_it_is_decoded():
    # A process of its own, whose peak of memory is its own. Decoded it would take 144 MB at least.
    program = """
import io, resource, sys
from balai.uploads import UploadRefused, check_upload
from tests.hostile_files import png_of
content = png_of(12_000, 12_000)
assert len(content) < 100_000
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    check_upload(io.BytesIO(content), "besar.png")
except UploadRefused:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    grown_kb = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert int(grown_kb) < 10_000


def test_pillows_own_bomb_warning_is_an_error():
    program = "import io, balai.uploads; from PIL import Image; from tests.hostile_files import png_of; "
    program += "Image.open(io.BytesIO(png_of(8_000, 5_001)))"
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "DecompressionBombWarning" in result.stderr.splitlines()[-1]


def test_a_pdf_reader_that_does_not_answer_is_given_up(monkeypatch):
    monkeypatch.setattr(uploads, "_PDF_SECONDS", 0.5)
    with pytest.raises(UploadRefused, match="terlalu berat"):
        check(hostile.pdf_of_endless_lines())


def run_pdf_reader(content: bytes, **limits: int) -> int:
    """The return code of the reader with other limits than its own."""
    changes = "".join(f"pdf_reader.{name} = {value}; " for name, value in limits.items())
    program = f"import sys; sys.path.insert(0, 'balai'); import pdf_reader; {changes}pdf_reader.main()"
    command = [sys.executable, "-c", program]
    return subprocess.run(command, cwd=ROOT, input=content, capture_output=True, check=False).returncode


def test_the_pdf_reader_ends_when_its_processor_time_is_used_up():
    assert run_pdf_reader(hostile.pdf_of_endless_lines(), CPU_SECONDS=1) in (-signal.SIGKILL, -signal.SIGXCPU)


def test_the_pdf_reader_ends_when_its_memory_is_used_up():
    ended = run_pdf_reader(hostile.pdf_of_nested_forms(), MEMORY_BYTES=200_000_000)
    assert ended not in (0, -signal.SIGKILL, -signal.SIGXCPU)
    assert run_pdf_reader(hostile.drawing_pdf(), MEMORY_BYTES=200_000_000) == 0


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_damaged_files_are_kept_or_refused_but_never_break_the_program():
    chance = random.Random(23)
    whole = [hostile.photo((40, 30), fmt=fmt) for fmt in ("JPEG", "PNG", "WEBP")]
    outcomes = set()
    for _ in range(600):
        damaged = bytearray(chance.choice(whole))
        for _ in range(chance.choice((1, 3, 20))):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            outcomes.add(check(bytes(damaged)).kind)
        except UploadRefused as refusal:
            outcomes.add(refusal.reason)
    assert {Kind.IMAGE, KIND, BROKEN} <= outcomes
