"""Fields of the workshop's and the counter's forms: pieces, working hours, a photo from the camera."""

import re
from decimal import ROUND_HALF_UP, Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from balai.money import QuantityField
from balai.uploads import Checked, Kind, UploadRefused, check_upload

MOST_HOURS = 1000  # of one step

_ZERO = re.compile(r"\s*0+([.,]0+)?\s*")


class PiecesField(QuantityField):
    """A quantity where 0 says the same as nothing."""

    def to_python(self, value: object) -> Decimal | None:
        return None if _ZERO.fullmatch(str(value or "")) else super().to_python(value)


class HoursField(QuantityField):
    """Working hours as people write them (`2,5`), in whole minutes: to the nearest one, halves up, at least one."""

    def to_python(self, value: object) -> int | None:
        hours = super().to_python(value)
        if hours is None:
            return None
        if hours > MOST_HOURS:
            raise ValidationError(f"Paling banyak {MOST_HOURS} jam untuk satu tahap.")
        return max(1, int((hours * 60).quantize(Decimal(1), ROUND_HALF_UP)))


class PhotoField(forms.FileField):
    """A photo, from a phone by its camera, as it will be kept: decoded and clean (balai.uploads)."""

    widget = forms.FileInput({"accept": "image/*", "capture": "environment"})

    def __init__(self, **kwargs) -> None:
        super().__init__(allow_empty_file=True, **kwargs)  # check_upload says it better

    def clean(self, data: UploadedFile | None, initial: object = None) -> Checked | None:
        sent = super().clean(data, initial)
        if sent is None:
            return None
        try:
            checked = check_upload(sent, sent.name)
        except UploadRefused as refused:
            raise ValidationError(str(refused)) from refused
        if checked.kind != Kind.IMAGE:
            raise ValidationError(f"{checked.original_name}: pilih foto, bukan berkas lain.")
        return checked
