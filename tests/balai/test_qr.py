"""The picture of a QR code has one pixel for each module, and says what it was asked to say."""

import io

import segno
from PIL import Image

from balai.qr import MASK, QUIET_ZONE, qr_png

TEXT = "https://pesanan.balai.example/verifikasi/S3GX-7PLE/"


def test_every_module_is_one_pixel():
    code = segno.make(TEXT, error="m", micro=False, mask=MASK)
    dark = {(x + QUIET_ZONE, y + QUIET_ZONE) for y, row in enumerate(code.matrix) for x, bit in enumerate(row) if bit}
    picture = Image.open(io.BytesIO(qr_png(TEXT))).convert("L")
    size = len(code.matrix) + 2 * QUIET_ZONE
    assert picture.size == (size, size)
    assert {(x, y) for x in range(size) for y in range(size) if picture.getpixel((x, y)) == 0} == dark
    assert len(picture.getcolors()) == 2


def test_a_code_can_still_be_read_when_a_seventh_is_covered():
    assert segno.make(TEXT, error="m", micro=False, mask=MASK).error in {"M", "Q", "H"}
