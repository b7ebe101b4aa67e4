"""The formats of `balai.formats` as template filters, under the same names."""

from base64 import b64encode

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from balai import formats, money, phone, qr

register = template.Library()

for _format in (
    formats.angka,
    formats.rupiah,
    formats.tanggal,
    formats.tanggal_pendek,
    formats.tanggal_panjang,
    formats.hari_tanggal,
    formats.waktu,
    formats.jam,
    formats.jam_kerja,
    formats.nip,
    formats.nik_samar,
    phone.telepon,
):
    register.filter(_format.__name__, _format)

register.filter("tautan_whatsapp", phone.whatsapp_url)
register.filter("tautan_telepon", phone.call_url)


@register.filter("qr")
def qr_base64(text: str) -> str:
    """The QR code of `text` as a PNG in base64."""
    return b64encode(qr.qr_png(text)).decode()


@register.filter
def terbilang(value: int | str | None) -> str:
    """The amount in words, ending in "rupiah"; empty for an empty value."""
    return "" if value is None or value == "" else money.terbilang(int(value))


@register.filter
def berpenggal(number: str) -> SafeString:
    """A number that may go on in another line after each of its slashes."""
    return format_html_join(mark_safe("/<wbr>"), "{}", ((part,) for part in number.split("/")))
