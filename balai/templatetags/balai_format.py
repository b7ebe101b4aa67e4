"""The formats of `balai.formats` as template filters, under the same names."""

from django import template

from balai import formats, money, phone

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
    formats.nip,
    formats.nik_samar,
    phone.telepon,
):
    register.filter(_format.__name__, _format)

register.filter("tautan_whatsapp", phone.whatsapp_url)
register.filter("tautan_telepon", phone.call_url)


@register.filter
def terbilang(value: int | str | None) -> str:
    """The amount in words, ending in "rupiah"; empty for an empty value."""
    return "" if value is None or value == "" else money.terbilang(int(value))
