"""What the cashier types: how it was paid, with how much cash or under which reference. The amount is never typed."""

from crispy_forms.bootstrap import InlineRadios, PrependedText
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms

from balai.formats import rupiah
from balai.forms import KeyedForm, label_with_note
from balai.money import RupiahField
from balai.text import LineField, NoteField
from finance.ledger import PaymentData
from finance.models import Payment
from orders.models import Order

Method = Payment.Method


class PaymentForm(KeyedForm):
    """The payment of one order in full."""

    method = forms.ChoiceField(label="Cara pembayaran", choices=Method.choices, widget=forms.RadioSelect)
    received = RupiahField(label=label_with_note("Uang diterima", "tunai"), required=False)
    reference = LineField(
        label=label_with_note("Nomor referensi", "QRIS atau transfer"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args, order: Order, **kwargs) -> None:
        super().__init__(*args, version=order.version, **kwargs)
        self.bill = order.estimate.total if order.estimate else 0  # nothing is owed yet: the ledger says so
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout(
            InlineRadios("method"),
            Div(
                PrependedText("received", "Rp"),
                HTML('{% include "finance/change_due.html" %}'),
                Field("reference"),
                css_class="fields",
            ),
        )

    @property
    def is_cash(self) -> bool:
        return self.cleaned_data["method"] == Method.CASH

    @property
    def method_label(self) -> str:
        return Method(self.cleaned_data["method"]).label

    @property
    def change(self) -> int:
        """Rupiah to give back."""
        return self.cleaned_data["received"] - self.bill

    @property
    def payment(self) -> PaymentData:
        """What was typed, for the ledger; the form must be valid. What the other ways ask for is left out."""
        typed = self.cleaned_data
        if self.is_cash:
            return PaymentData(typed["method"], self.bill, received=typed["received"])
        return PaymentData(typed["method"], self.bill, reference=typed["reference"])

    def clean(self) -> None:
        typed = self.cleaned_data
        if "method" not in typed:
            return
        if not self.is_cash:
            if not typed.get("reference") and "reference" not in self.errors:
                self.add_error("reference", "Isi nomor referensi QRIS atau transfer.")
        elif "received" not in self.errors:
            if typed["received"] is None:
                self.add_error("received", "Isi uang yang diterima.")
            elif self.change < 0:
                self.add_error("received", f"Kurang {rupiah(-self.change)} dari tagihan {rupiah(self.bill)}.")


class ReversalForm(KeyedForm):
    """Pimpinan takes a payment back."""

    reason = NoteField(label=label_with_note("Alasan pembatalan", "tertulis di bukti yang batal"), max_length=500)
