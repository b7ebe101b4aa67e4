"""Uploads: what is kept was decoded, is clean and upright; everything else is refused with a sentence."""

import hashlib
import io
import random
import signal
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageOps

from balai import uploads
from balai.uploads import Kind, UploadRefused, check_upload, clean_name
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


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize(("fmt", "ext"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")])
def test_a_photo_comes_out_upright_and_without_place(fmt, ext):
    sent = hostile.photo(fmt=fmt)
    assert opened(sent).getexif().get_ifd(0x8825), "the photo must carry its place"
    checked = check(sent, "foto.bin")
    kept = opened(checked.content)
    assert (checked.kind, checked.ext, checked.pages, kept.format) == (Kind.IMAGE, ext, 1, fmt)
    assert (checked.width, checked.height) == kept.size == (80, 120)
    assert not kept.getexif()
    assert b"Kamera" not in checked.content
    # Orientation 6: the left of the sensor is the top of the scene.
    top, bottom = kept.convert("RGB").getpixel((40, 5)), kept.convert("RGB").getpixel((40, 115))
    assert top[0] > 200 > 60 > top[2]
    assert bottom[2] > 200 > 60 > bottom[0]
    assert checked.sha256 == hashlib.sha256(checked.content).hexdigest()


@pytest.mark.parametrize("orientation", [1, 2, 3, 4, 5, 6, 7, 8, 99])
def test_every_orientation_is_obeyed(orientation):
    sent = hostile.photo(orientation=orientation, fmt="PNG")
    assert opened(check(sent).content).tobytes() == ImageOps.exif_transpose(opened(sent)).tobytes()


def test_profile_comment_and_text_are_dropped():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    jpeg = hostile.image_bytes("JPEG", icc_profile=profile, comment=b"rahasia", xmp=b"<x>rahasia</x>")
    png = hostile.image_bytes("PNG", icc_profile=profile)
    png = png[:33] + hostile.png_chunk(b"tEXt", b"Comment\0rahasia<script>") + png[33:]
    webp = hostile.image_bytes("WEBP", icc_profile=profile, xmp=b"<x>rahasia</x>")
    for sent in (jpeg, png, webp):
        assert "icc_profile" in opened(sent).info
        kept = check(sent).content
        assert not {"icc_profile", "comment", "xmp", "Comment", "exif"} & set(opened(kept).info)
        assert b"rahasia" not in kept


@pytest.mark.parametrize("fmt", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("tail", [hostile.html(), b"PK\x03\x04" + bytes(100), b"%PDF-1.7 /JavaScript"])
def test_a_file_hidden_behind_an_image_is_gone(fmt, tail):
    kept = check(hostile.image_bytes(fmt) + tail).content
    assert tail not in kept
    assert b"<script>" not in kept


@pytest.mark.parametrize(
    ("fmt", "mode"),
    [
        ("JPEG", "L"),
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("PNG", "1"),
        ("PNG", "L"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "RGB"),
        ("PNG", "RGBA"),
        ("PNG", "I;16"),
        ("WEBP", "RGBA"),
    ],
)
def test_every_kind_of_pixel_is_kept_with_a_thumbnail(fmt, mode):
    checked = check(hostile.image_bytes(fmt, mode, (1200, 900)))
    assert opened(checked.content).size == (1200, 900)
    thumbnail = opened(checked.thumbnail)
    assert (thumbnail.format, thumbnail.size) == ("JPEG", (480, 360))


def test_a_printers_jpeg_becomes_one_that_every_browser_shows():
    assert opened(check(hostile.image_bytes("JPEG", "CMYK")).content).mode == "RGB"


def test_sixteen_bits_are_scaled_in_the_thumbnail_not_clipped():
    image = Image.new("I;16", (100, 100), 0x8000)
    out = io.BytesIO()
    image.save(out, "PNG")
    assert 120 <= opened(check(out.getvalue()).thumbnail).convert("L").getpixel((50, 50)) <= 136


def test_transparent_drawings_stand_on_white_in_the_thumbnail():
    checked = check(hostile.image_bytes("PNG", "RGBA"))
    assert opened(checked.content).mode == "RGBA"
    assert opened(checked.thumbnail).getpixel((5, 5)) == (255, 255, 255)


def test_a_phone_jpeg_with_two_pictures_is_a_jpeg():
    first = Image.new("RGB", (60, 40), "red")
    out = io.BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[Image.new("RGB", (30, 20), "blue")])
    assert opened(out.getvalue()).format == "MPO"
    checked = check(out.getvalue())
    assert checked.ext == "jpg"
    assert opened(checked.content).format == "JPEG"


@pytest.mark.parametrize("fmt", ["PNG", "WEBP"])
def test_of_a_moving_picture_the_first_frame_is_kept(fmt):
    out = io.BytesIO()
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    frames[0].save(out, fmt, save_all=True, append_images=frames[1:])
    assert opened(out.getvalue()).n_frames == 2
    kept = opened(check(out.getvalue()).content)
    assert getattr(kept, "n_frames", 1) == 1
    assert kept.convert("RGB").getpixel((10, 10))[0] > 200


def test_a_pdf_is_kept_as_it_came():
    sent = hostile.drawing_pdf(pages=3)
    checked = check(sent, "gambar kerja.jpg")
    assert (checked.kind, checked.ext, checked.pages) == (Kind.PDF, "pdf", 3)
    assert (checked.width, checked.height) == (595, 842)
    assert checked.content == sent
    thumbnail = opened(checked.thumbnail)
    assert (thumbnail.format, max(thumbnail.size)) == ("JPEG", 480)
    assert thumbnail.getpixel((100, 200))[0] > 150 > 100 > thumbnail.getpixel((100, 200))[1]


@pytest.mark.parametrize("box", [b"0 0 10000000 10000000", b"0 0 10000000 1", b"0 0 0 0"])
def test_the_thumbnail_of_a_strange_page_stays_small(box):
    assert max(opened(check(hostile.drawing_pdf(box=box)).thumbnail).size) <= 481


def test_two_hundred_pages_are_allowed():
    assert check(hostile.drawing_pdf(pages=200)).pages == 200


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


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("denah.png", "denah.png"),
        ("C:\\Users\\admin\\denah.png", "denah.png"),
        ("../../etc/passwd", "passwd"),
        ("/etc/shadow", "shadow"),
        ("denah\0.png", "denah.png"),
        ("denah\r\nSet-Cookie: a=1.png", "denah Set-Cookie: a=1.png"),
        ("\u202egnp.exe", "gnp.exe"),
        ("de\u200bnah\u2066.png\ufeff", "denah.png"),
        ("cafe\u0301.png", "caf\u00e9.png"),
        ("  dua   kata.png ", "dua kata.png"),
        ("O'Brien =cmd <script>.png", "O'Brien =cmd <script>.png"),
        ("gambar 图.png", "gambar 图.png"),
        ("", "berkas"),
        ("folder/", "berkas"),
        ("\x00\x1f", "berkas"),
        ("..", "berkas"),
        (".htaccess", "htaccess"),
        ("a" * 300 + ".jpeg", "a" * 120),
    ],
)
def test_names_are_cleaned_for_display(name, shown):
    assert clean_name(name) == shown
    assert unicodedata.is_normalized("NFC", clean_name(name))
    assert check(hostile.image_bytes("PNG"), name).original_name == shown
