"""A decision as it is typed: number, day, authority, reason and scan; how much, where the decision says so."""

from crispy_forms.bootstrap import InlineRadios, PrependedText
from crispy_forms.layout import Div, Layout
from django import forms

from balai import clock
from balai.forms import KeyedForm, label_with_note
from balai.money import RupiahField
from balai.text import LineField, NoteField
from balai.uploads import Checked
from finance.decisions import REDUCING, DecisionData, Kind
from finance.scans import ScanField


class DecisionForm(KeyedForm):
    """What every decision has; by itself that which withdraws another."""

    number = LineField(label="Nomor keputusan", max_length=50, widget=forms.TextInput({"autocomplete": "off"}))
    decided_on = forms.DateField(label="Tanggal keputusan", initial=clock.today)
    authority = LineField(label=label_with_note("Ditetapkan oleh", "jabatan"), max_length=120)
    reason = NoteField(label="Alasan", max_length=500)
    scan = ScanField(
        what="Keputusan", label="Foto atau pindaian keputusan", help_text="Foto atau PDF, paling besar 20 MB."
    )
    first = ()  # what its layout begins with

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper.render_hidden_fields = True
        common = Div("number", "decided_on", css_class="fields-2")
        self.helper.layout = Layout(*self.first, common, "authority", "reason", "scan")

    @property
    def decision(self) -> DecisionData:
        """What was typed; the form must be valid."""
        typed = self.cleaned_data
        return DecisionData(
            typed["number"], typed["decided_on"], typed["authority"], typed["reason"], typed.get("amount")
        )

    @property
    def checked(self) -> Checked:
        return self.cleaned_data["scan"]


class WaiverForm(DecisionForm):
    """A pengurangan of so many rupiah, or a pembebasan of all that is owed."""

    kind = forms.ChoiceField(
        label="Jenis keputusan",
        choices=[(kind.value, kind.label) for kind in REDUCING],
        widget=forms.RadioSelect,
    )
    amount = RupiahField(label=label_with_note("Jumlah pengurangan", "bila pengurangan"), required=False)
    first = (InlineRadios("kind"), PrependedText("amount", "Rp"))

    def clean(self) -> None:
        typed = self.cleaned_data
        if typed.get("kind") == Kind.REDUCTION and "amount" not in self.errors and not typed.get("amount"):
            self.add_error("amount", "Isi jumlah pengurangan.")


class RefundForm(DecisionForm):
    """So many rupiah of a payment given back."""

    amount = RupiahField(label="Jumlah yang dikembalikan")
    first = (PrependedText("amount", "Rp"),)
