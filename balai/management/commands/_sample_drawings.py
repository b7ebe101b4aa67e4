"""Working drawings for the sample orders, drawn by the program: a shaft, a plate or a frame with its sizes."""

import io
from itertools import pairwise
from random import Random

from PIL import Image, ImageDraw, ImageFont

from balai.formats import rupiah
from balai.uploads import Checked, check_upload

SIZE = (1200, 850)
INK, PAPER, DIM = "#1b2d38", "#ffffff", "#8a4b12"


def draw(name: str, rng: Random) -> Checked:
    """A checked drawing of `name`, now and then as PDF, as DXF or as a photo of a sketch."""
    kind, ending = rng.choice((("PNG", "png"), ("JPEG", "jpg"), ("PDF", "pdf"), ("DXF", "dxf")))
    stream = io.BytesIO(_plate_dxf(name, rng)) if kind == "DXF" else _picture(name, rng, kind)
    return check_upload(stream, f"{name.lower().replace(' ', '-')[:40]}.{ending}")


def _picture(name: str, rng: Random, kind: str) -> io.BytesIO:
    image = Image.new("RGB", SIZE, rng.choice((PAPER, PAPER, "#f3ecdd")))
    pen = ImageDraw.Draw(image)
    pen.rectangle((20, 20, SIZE[0] - 20, SIZE[1] - 20), outline=INK, width=3)
    rng.choice((_shaft, _plate, _frame))(pen, rng)
    pen.rectangle((700, 750, 1180, 830), outline=INK, width=2)
    pen.text((720, 762), name[:34], fill=INK, font=_font(26))
    pen.text((720, 796), "Gambar CONTOH, skala bebas, ukuran mm", fill=INK, font=_font(20))
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream


def _plate_dxf(name: str, rng: Random) -> bytes:
    """A plate with two holes as a drawing program of any age writes it: pairs of a group code and a value (R12)."""
    length, width, hole = rng.randrange(120, 400, 10), rng.randrange(60, 110, 10), rng.randrange(6, 16)
    corners = ((0, 0), (length, 0), (length, width), (0, width), (0, 0))
    pairs = [(0, "SECTION"), (2, "HEADER"), (9, "$ACADVER"), (1, "AC1009"), (0, "ENDSEC")]
    pairs += [(0, "SECTION"), (2, "ENTITIES")]
    for (x, y), (to_x, to_y) in pairwise(corners):
        pairs += [(0, "LINE"), (8, "0"), (10, x), (20, y), (11, to_x), (21, to_y)]
    for x in (length / 4, length * 3 / 4):
        pairs += [(0, "CIRCLE"), (8, "0"), (10, x), (20, width / 2), (40, hole / 2)]
    for line, text in enumerate((f"{length} x {width}, 2 lubang {hole}", f"{name[:34]}, gambar CONTOH")):
        pairs += [(0, "TEXT"), (8, "0"), (10, 0), (20, -10 - 10 * line), (40, 6), (1, text)]
    pairs += [(0, "ENDSEC"), (0, "EOF")]
    return "".join(f"{code}\n{value}\n" for code, value in pairs).encode()


def draw_result(name: str, rng: Random) -> Checked:
    """The work on the bench, as somebody photographed it."""
    image = Image.new("RGB", SIZE, rng.choice(("#6d7f89", "#7d7467", "#5f6f66")))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 600, SIZE[0], SIZE[1]), fill="#8a6a48")
    for place in range(rng.randrange(2, 5)):
        left, high = 140 + 240 * place, rng.randrange(120, 320)
        pen.rectangle((left, 600 - high, left + 160, 620), fill="#c3ccd2", outline=INK, width=4)
        pen.ellipse((left + 50, 560 - high, left + 110, 620 - high), fill="#9aa7af", outline=INK, width=4)
    pen.text((40, 760), f"{name[:40]}, foto CONTOH", fill=PAPER, font=_font(34))
    stream = io.BytesIO()
    image.save(stream, "JPEG")
    stream.seek(0)
    return check_upload(stream, "hasil.jpg")


def draw_slip(number: str, amount: int) -> Checked:
    """A bank's slip of a deposit, as somebody photographed it."""
    return _written(f"slip-{number}", "BANK CONTOH: SLIP SETORAN", f"STS {number}", rupiah(amount), "Kas daerah CONTOH")


def draw_decision(number: str) -> Checked:
    """A decision about a levy, as it was scanned."""
    return _written(
        f"keputusan-{number}", "KEPUTUSAN CONTOH", f"Nomor {number}", "tentang retribusi", "Gubernur Contoh"
    )


def _written(name: str, *lines: str) -> Checked:
    image = Image.new("RGB", (900, 480), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((20, 20, 880, 460), outline=INK, width=3)
    for place, text in enumerate(lines):
        pen.text((60, 60 + 90 * place), text, fill=INK, font=_font(38))
    stream = io.BytesIO()
    image.save(stream, "JPEG")
    stream.seek(0)
    return check_upload(stream, f"{name.replace('/', '-')}.jpg")


def _shaft(pen: ImageDraw.ImageDraw, rng: Random) -> None:
    length, thick = rng.randrange(200, 900, 10), rng.randrange(20, 80, 2)
    pen.rectangle((150, 300, 420, 460), outline=INK, width=4)
    pen.rectangle((420, 250, 800, 510), outline=INK, width=4)
    pen.rectangle((800, 320, 1050, 440), outline=INK, width=4)
    pen.line((110, 380, 1090, 380), fill=DIM, width=2)
    _measure(pen, (150, 620, 1050), str(length))
    pen.text((560, 200), f"Ø{thick} h7", fill=INK, font=_font(34))


def _plate(pen: ImageDraw.ImageDraw, rng: Random) -> None:
    pen.polygon(((180, 260), (900, 260), (1020, 380), (900, 500), (180, 500)), outline=INK, width=4)
    for x in (320, 480):
        pen.ellipse((x - 28, 352, x + 28, 408), outline=INK, width=4)
    pen.text((300, 190), f"2 × Ø{rng.randrange(6, 16)}", fill=INK, font=_font(34))
    _measure(pen, (180, 620, 1020), str(rng.randrange(120, 400, 10)))


def _frame(pen: ImageDraw.ImageDraw, rng: Random) -> None:
    front, back = (300, 320, 760, 620), (440, 200, 900, 500)
    pen.rectangle(back, outline=INK, width=4)
    pen.rectangle(front, outline=INK, width=4)
    for x, y in ((0, 1), (2, 1), (0, 3), (2, 3)):
        pen.line((front[x], front[y], back[x], back[y]), fill=INK, width=4)
    _measure(pen, (300, 690, 760), str(rng.randrange(300, 1200, 50)))
    pen.text((930, 330), f"siku {rng.choice((30, 40, 50))}", fill=INK, font=_font(34))


def _measure(pen: ImageDraw.ImageDraw, line: tuple[int, int, int], text: str) -> None:
    left, y, right = line
    pen.line((left, y, right, y), fill=DIM, width=3)
    for x in (left, right):
        pen.line((x, y - 18, x, y + 18), fill=DIM, width=3)
    pen.text(((left + right) // 2 - 30, y - 46), text, fill=INK, font=_font(34))


def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)
