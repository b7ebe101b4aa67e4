"""A scan or photo that goes with what keuangan and pimpinan note down."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from balai.uploads import Checked, Kind, UploadRefused, check_upload


class ScanField(forms.FileField):
    """A photo or PDF, decoded and cleaned; its value is a `Checked`. `what` names it: `Slip`."""

    def __init__(self, *, what: str, **kwargs) -> None:
        super().__init__(
            allow_empty_file=True,  # check_upload says it better
            widget=forms.FileInput({"accept": "image/*,application/pdf"}),
            error_messages={"required": f"Pilih foto atau pindaian {what.lower()}."},
            **kwargs,
        )
        self.what = what

    def clean(self, data: UploadedFile | None, initial: object = None) -> Checked:
        file = super().clean(data, initial)
        try:
            checked = check_upload(file, file.name)
        except UploadRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        if checked.kind == Kind.DXF:
            raise forms.ValidationError(f"{self.what} berupa foto atau PDF, bukan gambar teknik.")
        return checked
