"""What is typed about issued papers."""

from django import forms

from balai.forms import KeyedForm, label_with_note
from balai.text import LineField


class ReprintForm(KeyedForm):
    """One more copy of a paper: why."""

    reason = LineField(
        label=label_with_note("Alasan cetak ulang", "tersimpan dalam catatan"),
        max_length=200,
        help_text="Misalnya: lembar pelanggan hilang.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
