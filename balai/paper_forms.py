"""What is typed about issued papers."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

from balai.forms import BalaiForm, KeyedForm, label_with_note
from balai.text import LineField
from balai.uploads import MAX_BYTES


class ReprintForm(KeyedForm):
    """One more copy of a paper: why."""

    reason = LineField(
        label=label_with_note("Alasan cetak ulang", "tersimpan dalam catatan"),
        max_length=200,
        help_text="Misalnya: lembar pelanggan hilang.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class CodeForm(BalaiForm):
    """A verification code as it was read from a paper. Whether there is such a code is not for the form to say."""

    kode = LineField(
        label="Kode verifikasi",
        help_text="Delapan huruf dan angka di kaki surat. Tidak ada angka 0 dan 1, juga huruf I dan O.",
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class FileForm(BalaiForm):
    """The PDF that somebody was given."""

    berkas = forms.FileField(
        label="Berkas PDF", help_text="Berkas asli dari balai, bukan hasil pindai atau hasil cetak ke PDF."
    )

    def clean_berkas(self) -> UploadedFile:
        if self.cleaned_data["berkas"].size > MAX_BYTES:
            raise forms.ValidationError("Berkas ini lebih dari 20 MB. Surat dari balai jauh lebih kecil.")
        return self.cleaned_data["berkas"]
