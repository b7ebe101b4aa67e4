"""QR codes as path data, so that a template can draw one without being handed any markup."""

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET_ZONE = 2  # modules; the white of the paper around the code adds the rest


@dataclass(frozen=True)
class QrPath:
    """`d`, stroked one unit wide, draws the dark modules inside a square of `size` units, quiet zone included."""

    size: int
    d: str


def qr_path(text: str) -> QrPath:
    """The QR code of `text` at error correction M (15 %), which survives a stamp over its edge."""
    matrix = segno.make(text, error="m", micro=False).matrix
    rows = (_row(row, y) for y, row in enumerate(matrix, start=QUIET_ZONE))
    return QrPath(size=len(matrix) + 2 * QUIET_ZONE, d="".join(rows))


def _row(row: bytearray, y: int) -> str:
    # One stroke of width 1 through the middle of the row, lifted over its light modules.
    strokes = [f"{'h' if dark else 'm'}{len(list(run))}{'' if dark else ' 0'}" for dark, run in groupby(row)]
    return f"M{QUIET_ZONE} {y}.5{''.join(strokes)}"
