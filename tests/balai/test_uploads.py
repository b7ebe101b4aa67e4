"""Uploads: what is kept was decoded, is clean and upright; everything else is refused with a sentence."""

import hashlib
import io
import unicodedata

import ezdxf
import pytest
from PIL import Image, ImageCms, ImageOps

from balai import uploads
from balai.uploads import Kind, check_upload, clean_name
from tests import hostile_files as hostile


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


def test_a_dxf_is_kept_as_it_came_and_drawn_black_on_white():
    sent = hostile.dxf()
    checked = check(sent, "pelat.dxf")
    assert (checked.kind, checked.ext, checked.pages, checked.content) == (Kind.DXF, "dxf", 1, sent)
    thumbnail = opened(checked.thumbnail)
    assert (thumbnail.format, max(thumbnail.size)) == ("JPEG", 480)
    # The hole in the middle of the plate: paper inside, ink on its edge, 8 of 90 to the left.
    middle, radius = (240, thumbnail.height // 2), 8 * 448 / 90
    edge = [thumbnail.convert("L").getpixel((round(240 - radius) + near, middle[1])) for near in range(-3, 4)]
    assert thumbnail.convert("L").getpixel(middle) > 240
    assert min(edge) < 160


@pytest.mark.parametrize("heading", [b"999\nCONTOH\n", b"999\r\nCONTOH\r\n999\r\nlagi\r\n"])
def test_a_dxf_may_begin_with_comments(heading):
    assert check(heading + hostile.dxf(), "pelat.dxf").thumbnail


def test_a_dxf_opens_no_picture_of_this_computer(tmp_path):
    Image.new("RGB", (50, 50), "black").save(tmp_path / "rahasia.png")
    drawing = ezdxf.new("R2010")
    picture = drawing.add_image_def(str(tmp_path / "rahasia.png"), size_in_pixel=(50, 50))
    drawing.modelspace().add_image(picture, insert=(0, 0), size_in_units=(10, 10))
    file = io.StringIO()
    drawing.write(file)
    assert check(file.getvalue().encode(), "pelat.dxf").thumbnail == b""


@pytest.mark.parametrize("box", [b"0 0 10000000 10000000", b"0 0 10000000 1", b"0 0 0 0"])
def test_the_thumbnail_of_a_strange_page_stays_small(box):
    assert max(opened(check(hostile.drawing_pdf(box=box)).thumbnail).size) <= 481


def test_two_hundred_pages_are_allowed():
    assert check(hostile.drawing_pdf(pages=200)).pages == 200


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
