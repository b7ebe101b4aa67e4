"""Uploads that are refused: each with its sentence, and none at the cost of the program."""

import gzip
import io
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from balai import reading, uploads
from balai.uploads import Kind, UploadRefused, check_upload
from tests import hostile_files as hostile

ROOT = Path(__file__).resolve().parents[2]

EMPTY = "berkas ini kosong. Pilih berkas lain."
TOO_LARGE = "berkas ini lebih dari 20 MB. Perkecil atau simpan ulang, lalu unggah lagi."
KIND = "berkas ini bukan gambar JPEG, PNG, WebP, PDF, atau DXF. Simpan ulang sebagai salah satunya, lalu unggah lagi."
PIXELS = "ukuran gambar ini lebih dari 40 juta titik. Perkecil gambarnya, lalu unggah lagi."
BROKEN = "gambar ini rusak atau tidak lengkap. Simpan atau foto ulang, lalu unggah lagi."
PDF_BROKEN = "PDF ini rusak dan tidak bisa dibuka. Simpan ulang dari program asalnya, lalu unggah lagi."
PDF_LOCKED = "PDF ini dikunci. Simpan ulang tanpa sandi dan tanpa pembatasan, lalu unggah lagi."
PDF_ACTIVE = "PDF ini berisi perintah otomatis. Cetak menjadi PDF baru, lalu unggah hasilnya."
DXF_BROKEN = "DXF ini rusak atau tidak lengkap. Simpan ulang dari program gambarnya, lalu unggah lagi."
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
    "pdf and zip": (lambda: b"PK\x03\x04" + hostile.drawing_pdf(), KIND),
    "svg behind an xml heading": (lambda: b'<?xml version="1.0"?>' + hostile.svg(), KIND),
    "packed svg": (lambda: gzip.compress(hostile.svg()), KIND),
    "html in utf-16": (lambda: hostile.html().decode().encode("utf-16"), KIND),
    "dwg": (lambda: b"AC1032" + bytes(200), KIND),
    "dxf in binary": (lambda: b"AutoCAD Binary DXF\r\n\x1a\0" + bytes(60), KIND),
    "half a dxf": (lambda: hostile.dxf()[:200], DXF_BROKEN),
    "dxf with html behind its end": (lambda: hostile.dxf() + hostile.html(), DXF_BROKEN),
    "dxf with a zip behind its end": (lambda: hostile.dxf() + b"PK\x03\x04" + bytes(20), DXF_BROKEN),
    "dxf that goes on as html": (lambda: b"0\nSECTION\n" + hostile.html() + b"\n0\nEOF\n", DXF_BROKEN),
    "dxf with zeros": (lambda: hostile.dxf().replace(b"CONTOH", b"CON\0TOH"), DXF_BROKEN),
    "dxf of strange codes": (lambda: b"0\nSECTION\n99999\nx\n0\nEOF\n", DXF_BROKEN),
}
# Kept as they came and only downloaded, never shown: no picture could be made of them in time, or at all.
WITHOUT_PICTURE = {
    "nothing in it": lambda: hostile.dxf(b""),
    "blocks in blocks in blocks": hostile.dxf_of_nested_blocks,
    "30,000 × 30,000 copies": hostile.dxf_of_copies,
    "a block that holds itself": hostile.dxf_that_holds_itself,
    "two blocks that hold each other": hostile.dxf_in_a_circle,
    "more lines than a drawing has": hostile.dxf_of_endless_lines,
    "a size that is no number": lambda: hostile.dxf(hostile.line("1e400", "nan")),
    "entities that lack everything": lambda: hostile.dxf(b"  0\nSPLINE\n  0\nHATCH\n  0\nINSERT\n" * 20),
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


@pytest.mark.parametrize("make", WITHOUT_PICTURE.values(), ids=WITHOUT_PICTURE)
def test_a_dxf_that_cannot_be_drawn_is_kept_without_picture(make):
    sent = make()
    checked = check(sent, "C:\\gambar\\<b>denah.dxf")
    assert (checked.kind, checked.content, checked.thumbnail) == (Kind.DXF, sent, b"")
    assert checked.original_name == "<b>denah.dxf"


def test_there_are_forty_different_hostile_files():
    makers = [make for make, _ in REFUSED.values()] + list(WITHOUT_PICTURE.values())
    assert len({make() for make in makers}) == len(makers) >= 40


@pytest.mark.parametrize("make", [hostile.pdf_of_endless_lines, hostile.dxf_of_nested_blocks])
def test_a_reader_that_does_not_answer_is_stopped(monkeypatch, make):
    monkeypatch.setattr(reading, "SECONDS", 1)
    assert reading.read("pdf_reader" if make().startswith(b"%PDF") else "dxf_reader", make(), 1, 480).made == b""


def test_a_file_is_sent_away_while_enough_others_are_read(monkeypatch):
    monkeypatch.setattr(reading, "_turns", threading.BoundedSemaphore(1))
    monkeypatch.setattr(reading, "PATIENCE", 0)
    with reading._turns, pytest.raises(UploadRefused, match="masih banyak berkas lain"):
        check(hostile.drawing_pdf())


def run_reader(program: str, content: bytes, **limits: int) -> int:
    """The return code of a reader with other limits than its own."""
    changes = "".join(f"limits.{name} = {value}; " for name, value in limits.items())
    code = f"import sys; from balai import limits, {program}; {changes}sys.argv[1:] = ['1', '480']; {program}.main()"
    environment = reading.ENVIRONMENT
    command = [sys.executable, "-s", "-c", code]
    return subprocess.run(
        command, cwd=ROOT, env=environment, input=content, capture_output=True, check=False
    ).returncode


@pytest.mark.parametrize(
    ("program", "make"),
    [("pdf_reader", hostile.pdf_of_endless_lines), ("dxf_reader", hostile.dxf_of_nested_blocks)],
)
def test_a_reader_ends_when_its_processor_time_is_used_up(program, make):
    assert run_reader(program, make(), CPU_SECONDS=1) in (-signal.SIGKILL, -signal.SIGXCPU)


def test_the_pdf_reader_ends_when_its_memory_is_used_up():
    ended = run_reader("pdf_reader", hostile.pdf_of_nested_forms(), MEMORY_BYTES=200_000_000)
    assert ended not in (0, -signal.SIGKILL, -signal.SIGXCPU)
    assert run_reader("pdf_reader", hostile.drawing_pdf(), MEMORY_BYTES=200_000_000) == 0


def test_a_reader_can_write_no_file_and_start_no_program(tmp_path):
    program = f"""
import os
from balai.limits import limit_myself
limit_myself()
with open({str(tmp_path / "jejak")!r}, "w") as file:
    file.write("x")
"""
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "File too large" in result.stderr
    assert (tmp_path / "jejak").read_text() == ""


def test_the_web_process_never_loads_the_readers():
    program = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'balai.settings'; import balai.wsgi, orders.urls; "
        "print([name for name in ('ezdxf', 'numpy', 'balai.dxf_reader', 'balai.pdf_reader') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"


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
