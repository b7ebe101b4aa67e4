"""A QR code drawn by our path has exactly the modules that segno computed."""

import re

import segno

from balai.qr import QUIET_ZONE, qr_path


def test_the_path_draws_every_module():
    text = "https://pesanan.balai.example/verifikasi/S3GX-7PLE/"
    code = qr_path(text)
    matrix = segno.make(text, error="m", micro=False).matrix
    assert code.size == len(matrix) + 2 * QUIET_ZONE
    assert _modules(code.d) == {
        (x + QUIET_ZONE, y + QUIET_ZONE) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark
    }


def _modules(path: str) -> set[tuple[int, int]]:
    drawn, x, y = set(), 0, 0
    for command, arguments in re.findall(r"([Mhm])([\d. ]+)", path):
        numbers = arguments.split()
        if command == "M":
            x, y = int(numbers[0]), int(float(numbers[1]))
            continue
        length = int(numbers[0])
        if command == "h":
            drawn |= {(place, y) for place in range(x, x + length)}
        x += length
    return drawn
