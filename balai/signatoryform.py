"""Who signs papers, as it is typed."""

from django import forms
from django.core.validators import RegexValidator

from balai import clock
from balai.forms import KeyedForm, label_with_note
from balai.models import Office, Signatory
from balai.officechanges import SignatoryData
from balai.officeforms import KEY_FIELDS
from balai.text import LineField


class NipField(LineField):
    """18 digits, however they are grouped."""

    def to_python(self, value: object) -> str:
        return super().to_python(value).replace(" ", "")


class SignatoryForm(KeyedForm):
    """Who signs, as what, from when."""

    role = forms.ChoiceField(label="Menandatangani sebagai", choices=[("", "Pilih"), *Signatory.Role.choices])
    title = LineField(label="Jabatan di surat", max_length=120)
    name = LineField(label="Nama dengan gelar", max_length=120)
    rank = LineField(label="Pangkat", max_length=60, required=False)
    nip = NipField(
        label="NIP",
        required=False,
        widget=forms.TextInput({"inputmode": "numeric"}),
        validators=[RegexValidator(r"\A[0-9]{18}\Z", "NIP terdiri atas 18 angka.")],
    )
    valid_from = forms.DateField(label="Mulai tanggal", widget=forms.DateInput)
    valid_until = forms.DateField(
        label=label_with_note("Sampai tanggal", "kosongkan bila belum tahu"), required=False, widget=forms.DateInput
    )

    def __init__(self, *args, office: Office, signatory: Signatory | None = None, **kwargs) -> None:
        stored = forms.model_to_dict(signatory) if signatory else {"valid_from": clock.today()}
        super().__init__(*args, version=office.version, initial=stored, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    @property
    def signatory_data(self) -> SignatoryData:
        """What was typed; the form must be valid."""
        return SignatoryData(**{name: value for name, value in self.cleaned_data.items() if name not in KEY_FIELDS})

    def clean(self) -> None:
        start, end = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_until")
        if start and end and end < start:
            self.add_error("valid_until", "Tanggal ini sebelum tanggal mulai.")
