"""Drawings as customers bring them, made here: a photo as a phone takes it, and a PDF."""

import io

from PIL import ExifTags, Image, ImageDraw

PHOTO_SIZE = (1200, 900)  # as stored, lying on its side


def phone_photo() -> bytes:
    """A JPEG that was taken upright (EXIF orientation 6) and tells where: its top edge is red once it is turned."""
    photo = Image.new("RGB", PHOTO_SIZE, "white")
    draw = ImageDraw.Draw(photo)
    # Orientation 6: the stored left edge is the upper one of the upright picture.
    draw.rectangle((0, 0, 120, PHOTO_SIZE[1]), fill="red")
    draw.rectangle((400, 250, 900, 650), outline="black", width=12)
    draw.text((500, 420), "CONTOH POROS", fill="black", font_size=48)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Telepon Contoh"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "S",
            ExifTags.GPS.GPSLatitude: (7.0, 0.0, 0.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (110.0, 0.0, 0.0),
        }
    )
    file = io.BytesIO()
    photo.save(file, "JPEG", exif=exif, quality=85)
    return file.getvalue()


def drawing_pdf() -> bytes:
    """A drawing of two pages."""
    pages = [Image.new("RGB", (595, 842), "white") for _ in range(2)]
    for number, page in enumerate(pages, 1):
        draw = ImageDraw.Draw(page)
        draw.rectangle((60, 60, 535, 782), outline="black", width=3)
        draw.text((90, 100), f"GAMBAR KERJA CONTOH, LEMBAR {number}", fill="black", font_size=24)
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:])
    return file.getvalue()
