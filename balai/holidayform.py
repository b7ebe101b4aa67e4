"""A day on which the office is closed, as it is typed."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError

from balai.forms import KeyedForm
from balai.models import Office
from balai.text import LineField

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)
OUT_OF_RANGE = "Tulis tanggal dari tahun 2000 sampai 2099."


class HolidayForm(KeyedForm):
    """A new holiday; or, by the button `hapus` with its date, one that is taken away."""

    day = forms.DateField(label="Tanggal", widget=forms.DateInput)
    name = LineField(label="Nama hari libur", max_length=120, widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, *args, office: Office, **kwargs) -> None:
        super().__init__(*args, version=office.version, **kwargs)
        self.removing = "hapus" in self.data
        if self.removing:
            self.fields["day"].required = self.fields["name"].required = False

    def clean_day(self) -> date | None:
        day = self.cleaned_data["day"]
        if day and not FIRST <= day <= LAST:
            raise ValidationError(OUT_OF_RANGE)
        return day

    def clean(self) -> None:
        if not self.removing:
            return
        try:
            self.cleaned_data |= {"day": date.fromisoformat(self.data["hapus"]), "name": ""}
        except ValueError as error:
            raise ValidationError("Hari libur ini tidak ada.") from error
