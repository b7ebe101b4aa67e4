"""A price list as a file, as it is brought."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from balai import sheets
from balai.forms import KeyedForm
from balai.uploads import clean_name
from orders.tariffsheet import MAX_ROWS, stored, wrong_heads

NO_ROWS = "Berkas ini belum berisi baris tarif di bawah judul kolomnya."


class TariffImportForm(KeyedForm):
    """The file. `rows` are its rows as they are kept, and `file_name` its name, once the form is valid."""

    file = forms.FileField(
        label="Berkas daftar tarif",
        allow_empty_file=True,  # sheets.read says it better
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
        help_text="Excel (.xlsx) atau CSV, paling banyak 10.000 baris.",
        error_messages={"required": "Pilih berkasnya dulu."},
    )

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        self.file_name = clean_name(file.name)
        try:
            sheet = sheets.read(file.read(), file.name, MAX_ROWS)
        except sheets.SheetRefused as refused:
            raise ValidationError(refused.reason) from refused
        if wrong := wrong_heads(sheet.heads):
            raise ValidationError(wrong)
        self.rows = stored(sheet)
        if not self.rows:
            raise ValidationError(NO_ROWS)
        return file
