"""What the customer may say on the tracking page."""

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Layout
from django import forms

from balai.forms import KeyedForm, label_with_note
from balai.text import LineField
from orders.models import ContactEntry, Estimate

ASKS = ContactEntry.Answer.ASKS


class AnswerForm(KeyedForm):
    """The customer's answer to an offer, as a message to the front desk; `versi` is that of the offer."""

    jawaban = forms.ChoiceField(label="Jawaban Anda", choices=ContactEntry.Answer, widget=forms.RadioSelect)
    catatan = LineField(
        label=label_with_note("Pesan untuk petugas", "wajib bila minta revisi"), max_length=300, required=False
    )

    def __init__(self, *args, offer: Estimate | None, **kwargs) -> None:
        super().__init__(*args, version=offer.version if offer else None, **kwargs)
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout(InlineRadios("jawaban"), "catatan")

    def clean(self) -> None:
        if self.cleaned_data.get("jawaban") == ASKS and not self.cleaned_data.get("catatan"):
            self.add_error("catatan", "Tulis apa yang ingin Anda ubah.")
