"""What the cashier types: how it was paid, with how much cash or under which reference. The amount is never typed.

And which of the cash went to the treasury, under which STS.
"""

from collections.abc import Sequence

from crispy_forms.bootstrap import InlineRadios, PrependedText
from crispy_forms.layout import HTML, Div, Field, Layout
from django import forms

from balai import clock
from balai.formats import rupiah
from balai.forms import STALE_PAGE, KeyedForm, dress, label_with_note
from balai.money import RupiahField
from balai.text import LineField, NoteField
from balai.uploads import Checked
from finance.cashday import NOTES, CountData
from finance.corrections import CorrectionData
from finance.deposits import GONE
from finance.ledger import REFERENCE_MISSING, PaymentData
from finance.models import DepositInForce, Payment
from finance.papers import DepositData
from finance.scans import ScanField
from orders.models import Order

Method = Payment.Method


class PaymentForm(KeyedForm):
    """The payment of one order in full."""

    method = forms.ChoiceField(label="Cara pembayaran", choices=Method.choices, widget=forms.RadioSelect)
    received = RupiahField(label=label_with_note("Uang diterima", "tunai"), required=False)
    reference = LineField(
        label=label_with_note("Nomor referensi", "selain tunai"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    settled_on = forms.DateField(
        label=label_with_note("Masuk kas daerah", "selain tunai"), required=False, initial=clock.today
    )

    def __init__(self, *args, order: Order, **kwargs) -> None:
        super().__init__(*args, version=order.version, **kwargs)
        self.bill = order.bill
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout(
            InlineRadios("method"),
            Div(
                PrependedText("received", "Rp"),
                HTML('{% include "finance/change_due.html" %}'),
                Field("reference"),
                Field("settled_on"),
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
        return PaymentData(typed["method"], self.bill, reference=typed["reference"], settled_on=typed["settled_on"])

    def clean(self) -> None:
        typed = self.cleaned_data
        if "method" not in typed:
            return
        if not self.is_cash:
            if not typed.get("reference") and "reference" not in self.errors:
                self.add_error("reference", REFERENCE_MISSING)
            if not typed.get("settled_on") and "settled_on" not in self.errors:
                self.add_error("settled_on", "Isi tanggal uang masuk kas daerah.")
        elif "received" not in self.errors:
            if typed["received"] is None:
                self.add_error("received", "Isi uang yang diterima.")
            elif self.change < 0:
                self.add_error("received", f"Kurang {rupiah(-self.change)} dari tagihan {rupiah(self.bill)}.")


class StsForm(KeyedForm):
    """What the bank's STS says: its number, the day (WIB) and the bank."""

    sts_number = LineField(
        label=label_with_note("Nomor STS", "seperti tercetak"),
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    deposited_on = forms.DateField(label="Tanggal setor", initial=clock.today)
    bank = LineField(label="Bank", max_length=80)


class DepositForm(StsForm):
    """A deposit: which receipts, under which STS. `payments` are those that may be chosen."""

    field_order = ("kunci", "bukti")
    bukti = forms.TypedMultipleChoiceField(
        label="Bukti yang disetor",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Pilih paling sedikit satu bukti yang disetor.", "invalid_choice": GONE},
    )
    depositor = LineField(label="Disetor oleh", max_length=120)

    def __init__(self, *args, payments: Sequence[Payment], bank: str, depositor: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bukti"].choices = [(payment.pk, payment.receipt.printed_number) for payment in payments]
        self.fields["bank"].initial, self.fields["depositor"].initial = bank, depositor

    @property
    def chosen(self) -> set[str]:
        """The ids that are ticked, as they were sent."""
        return {str(pk) for pk in self["bukti"].value() or ()}

    @property
    def deposit(self) -> DepositData:
        """What was typed, for `record_deposit`; the form must be valid."""
        typed = self.cleaned_data
        return DepositData(
            tuple(typed["bukti"]), typed["sts_number"], typed["bank"], typed["deposited_on"], typed["depositor"]
        )


class CorrectionForm(StsForm):
    """A deposit as it is right: what counts now stands in the fields. `seen` is the tanda setor it was made from."""

    seen = forms.CharField(widget=forms.HiddenInput, error_messages={"required": STALE_PAGE})
    reason = NoteField(label=label_with_note("Alasan pembetulan", "tertulis di tanda setor yang batal"), max_length=500)

    def __init__(self, *args, now: DepositInForce, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in ("sts_number", "bank", "deposited_on"):
            self.fields[name].initial = getattr(now, name)
        self.fields["seen"].initial = now.paper.printed_number
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout(Div("sts_number", "deposited_on", css_class="fields-2"), "bank", "reason")

    @property
    def correction(self) -> CorrectionData:
        """What was typed, for `correct_deposit`; the form must be valid."""
        typed = self.cleaned_data
        return CorrectionData(typed["sts_number"], typed["bank"], typed["deposited_on"], typed["reason"], typed["seen"])

    def see(self, paper: str) -> None:
        """Let a refused form be sent again on purpose, against the tanda setor that counts now."""
        self.data = self.data.copy()
        self.data["seen"] = paper


class SlipForm(KeyedForm):
    """The bank's slip."""

    slip = ScanField(
        what="Slip",
        label="Foto atau pindaian slip",
        help_text="Foto atau PDF, paling besar 20 MB. Nama bank dan jumlah harus terbaca.",
    )

    @property
    def checked(self) -> Checked:
        return self.cleaned_data["slip"]


class CountForm(KeyedForm):
    """The till as counted: how many of each note and coin. `expected` is what the page says must lie in it."""

    expected = forms.IntegerField(widget=forms.HiddenInput, error_messages={"required": STALE_PAGE})
    explanation = LineField(
        label=label_with_note("Penjelasan selisih", "wajib bila ada selisih"), required=False, max_length=500
    )

    def __init__(self, *args, expected: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected"].initial = expected
        for note in NOTES:
            field = forms.IntegerField(label=rupiah(note), min_value=0, max_value=99_999, required=False)
            dress(field)
            self.fields[f"pecahan_{note}"] = field
        self.mark_optional = False

    @property
    def notes(self) -> list[forms.BoundField]:
        return [self[f"pecahan_{note}"] for note in NOTES]

    @property
    def count(self) -> CountData:
        """What was typed, for `close_day`; the form must be valid."""
        typed = self.cleaned_data
        counts = {note: typed[f"pecahan_{note}"] or 0 for note in NOTES}
        return CountData(counts, typed["expected"], typed["explanation"])

    def see(self, expected: int) -> None:
        """Let a refused form be sent again on purpose, against what the till must hold now."""
        if self.is_bound:
            self.data = self.data.copy()
            self.data["expected"] = str(expected)
