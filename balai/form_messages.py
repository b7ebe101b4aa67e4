"""What Django's own form fields say when they refuse, in words a clerk uses.

A message given on the field, on its validator, or by a field class of ours, stands.
"""

from django import forms

_MESSAGES: dict[type[forms.Field], dict[str, str]] = {
    forms.Field: {
        "min_length": "Terlalu pendek: paling sedikit %(limit_value)d huruf atau angka.",
        "max_length": "Terlalu panjang: paling banyak %(limit_value)d huruf, sekarang %(show_value)d.",
        "null_characters_not_allowed": "Ada tanda yang tidak dapat disimpan. Tulis ulang tanpa menyalin.",
    },
    forms.IntegerField: {
        "invalid": "Tulis angka bulat tanpa titik, misalnya 12.",
        "min_value": "Tulis angka %(limit_value)s atau lebih.",
        "max_value": "Tulis angka paling besar %(limit_value)s.",
    },
    forms.DateField: {"invalid": "Tulis tanggal yang ada, misalnya 30-11-2026."},
    forms.EmailField: {"invalid": "Tulis alamat surel, misalnya nama@contoh.id."},
    forms.URLField: {"invalid": "Tulis alamat laman, misalnya https://contoh.id."},
    forms.RegexField: {"invalid": "Bentuk isian ini belum benar."},
    forms.ChoiceField: {"invalid_choice": "Pilihan ini tidak ada. Pilih lagi dari daftar."},
    forms.MultipleChoiceField: {"invalid_list": "Pilihan ini tidak ada. Pilih lagi dari daftar."},
    forms.ModelChoiceField: {"invalid_choice": "Pilihan ini sudah tidak ada. Pilih lagi dari daftar."},
    forms.ModelMultipleChoiceField: {
        "invalid_list": "Pilihan ini tidak ada. Pilih lagi dari daftar.",
        "invalid_pk_value": "Pilihan ini tidak ada. Pilih lagi dari daftar.",
    },
    forms.FileField: {
        "invalid": "Berkas tidak terkirim. Pilih berkasnya lagi.",
        "missing": "Berkas tidak terkirim. Pilih berkasnya lagi.",
        "empty": "Berkas ini kosong. Pilih berkas lain.",
        "max_length": "Nama berkas terlalu panjang: paling banyak %(max)d huruf, sekarang %(length)d.",
        "contradiction": "Pilih salah satu: kirim berkas baru atau hapus yang lama.",
    },
}


def required_message(field: forms.Field, label: str) -> str:
    """`Isi nama barang.`, `Pilih cara pembayaran.`, … for a required field that was left empty."""
    name = lower_first(label)
    if isinstance(field, forms.BooleanField):
        return "Tanyakan dulu, lalu centang."
    if isinstance(field, forms.FileField):
        return f"Pilih berkas {name}."
    if isinstance(field.widget, forms.Select | forms.RadioSelect):
        return f"Pilih {name}."
    return f"Isi {name}."


def speak_plainly(field: forms.Field, required: str) -> None:
    """Replace Django's own messages of this field, and only those."""
    messages = {"required": required}
    for cls in reversed(type(field).__mro__):
        messages |= _MESSAGES.get(cls, {})
    worded = {validator.code for validator in field.validators if "message" in getattr(validator, "__dict__", {})}
    for code, message in messages.items():
        is_free = code not in worded if code not in field.error_messages else _is_djangos(field, code)
        if is_free:
            field.error_messages[code] = message


def lower_first(text: str) -> str:
    """`Nama barang` -> `nama barang`; `NIK` and `HP pelanggan` stay."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _is_djangos(field: forms.Field, code: str) -> bool:
    for cls in type(field).__mro__:
        default = cls.__dict__.get("default_error_messages", {}).get(code)
        if default is not None:
            return cls.__module__.startswith("django.") and field.error_messages[code] is default
    return False
