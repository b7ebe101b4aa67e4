"""What is typed to take a payment back: the reason of keuangan, the password or the reason of pimpinan."""

from django import forms
from django.http import HttpRequest

from balai.forms import KeyedForm, label_with_note
from balai.passwords import entered_anew
from balai.text import NoteField


class ReversalForm(KeyedForm):
    """Keuangan asks."""

    reason = NoteField(label=label_with_note("Alasan pembatalan", "tertulis di bukti yang batal"), max_length=500)


class ApprovalForm(KeyedForm):
    """Pimpinan says yes, with the password once more. It is never kept, nor sent back to the page."""

    password = forms.CharField(
        label="Kata sandi Anda",
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
        error_messages={"required": "Ketik kata sandi Anda untuk menyetujui."},
    )

    def __init__(self, *args, request: HttpRequest, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        if not entered_anew(self.request, self.cleaned_data["password"]):
            raise forms.ValidationError("Kata sandi tidak cocok. Pembayaran belum dibatalkan.")
        return ""


class RefusalForm(KeyedForm):
    """Pimpinan says no."""

    reason = NoteField(label=label_with_note("Alasan penolakan", "dibaca bagian keuangan"), max_length=500)
