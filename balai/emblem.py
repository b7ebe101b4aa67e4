"""The office's emblem, made fit for paper: decoded, without anything but its pixels, square, small, on white."""

import hashlib
import io
from dataclasses import dataclass
from typing import BinaryIO

from PIL import Image

from balai.uploads import UploadRefused, check_upload

SIDE = 300  # pixels over 20 mm: 380 dots to the inch
COLOURS = 128
NOT_A_PICTURE = "lambang harus berupa gambar PNG atau JPEG. Simpan ulang sebagai salah satunya, lalu unggah lagi."


@dataclass(frozen=True)
class NewEmblem:
    """An emblem as papers will carry it."""

    png: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.png).hexdigest()


def check_emblem(file: BinaryIO, name: str) -> NewEmblem:
    """Read an uploaded picture as an emblem. Raises UploadRefused for anything but a sound PNG or JPEG."""
    checked = check_upload(file, name)
    if checked.ext not in ("png", "jpg"):
        raise UploadRefused(checked.original_name, NOT_A_PICTURE)
    picture = Image.open(io.BytesIO(checked.content), formats=("PNG", "JPEG")).convert("RGBA")
    picture.thumbnail((SIDE, SIDE))
    square = Image.new("RGB", (SIDE, SIDE), "white")
    square.paste(picture, ((SIDE - picture.width) // 2, (SIDE - picture.height) // 2), picture)
    png = io.BytesIO()
    square.quantize(COLOURS, dither=Image.Dither.NONE).save(png, "PNG", optimize=True)
    return NewEmblem(png.getvalue())
