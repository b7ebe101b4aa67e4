"""Drawings as they are sent: every file is checked by itself, so that a bad one does not take the good ones along."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.safestring import SafeString

from balai.form_messages import lower_first
from balai.forms import KeyedForm
from balai.uploads import Checked, UploadRefused, check_upload

ACCEPT = "image/*,application/pdf,.dxf"


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


def check_all(files: Iterable[UploadedFile]) -> tuple[tuple[Checked, ...], tuple[str, ...]]:
    """The files that can be kept, and what to say of each of the others. The same file sent twice is kept once."""
    good: dict[str, Checked] = {}
    refused = []
    for file in files:
        try:
            checked = check_upload(file, file.name)
        except UploadRefused as refusal:
            refused.append(str(refusal))
        else:
            good.setdefault(checked.sha256, checked)
    return tuple(good.values()), tuple(refused)


class Received(NamedTuple):
    """What became of one file that was sent, in words that begin with its name."""

    stored: bool
    words: str


class SendForm(KeyedForm):
    """Several files for an order. `received` says what became of each."""

    drawings = forms.Field(
        label=SafeString("Pilih gambar"),
        help_text="Foto, PDF, atau DXF, paling besar 20 MB per berkas. Boleh beberapa sekaligus.",
        required=False,
        widget=SeveralFilesInput({"accept": ACCEPT, "data-upload-input": ""}),
    )

    def __init__(self, *args, files: Sequence[UploadedFile] = (), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.files_sent = files
        self.received: list[Received] = []

    def clean(self) -> None:
        if not self.files_sent:
            self.add_error("drawings", "Pilih atau foto gambarnya dulu.")

    def tell(self, good: Iterable[Checked], refused: Iterable[str]) -> None:
        """Say what became of each file: the good ones are stored, unless the form was refused since."""
        why = " ".join(fault.message for fault in self.error_summary)
        for checked in good:
            words = f"{checked.original_name}: {lower_first(why) or 'sudah tersimpan.'}"
            self.received.append(Received(not why, words))
        self.received += [Received(False, words) for words in refused]


class NewVersionForm(KeyedForm):
    """One file that takes the place of a drawing. `checked` is it, once the form is valid."""

    file = forms.FileField(
        label="Gambar pengganti",
        allow_empty_file=True,  # check_upload says it better
        widget=forms.FileInput({"accept": ACCEPT}),
        help_text="Foto, PDF, atau DXF, paling besar 20 MB.",
        error_messages={"required": "Pilih gambar pengganti."},
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        try:
            self.checked = check_upload(file, file.name)
        except UploadRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return file
