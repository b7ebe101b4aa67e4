"""SOP 7: who collects how many of which things, against which bukti pembayaran."""

from dataclasses import dataclass
from decimal import Decimal

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Div, Layout
from django import forms
from django.db.models import Sum

from balai.formats import angka
from balai.forms import BalaiBoundField, KeyedForm, label_with_note
from balai.text import LineField
from balai.uploads import Checked
from orders import receipts
from orders.actions.handover import HandOverData
from orders.forms.fields import PhotoField, PiecesField
from orders.forms.leftgoods import LeftGoodsFields
from orders.models import HandOver, Order, OrderItem


@dataclass(frozen=True)
class Line:
    """One ordered thing as the form shows it; `field` is None when all of it is gone."""

    item: OrderItem
    given: Decimal
    left: Decimal
    field: BalaiBoundField | None


class HandOverForm(KeyedForm):
    """The hand-over, filled in with all that is left; who collects is always asked."""

    receipt_number = LineField(
        label=label_with_note("Bukti pembayaran", "nomor, kode, atau pindai QR"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    collector = forms.ChoiceField(label="Diambil oleh", choices=HandOver.Collector.choices, widget=forms.RadioSelect)
    collector_name = LineField(
        label="Nama yang menerima", max_length=120, widget=forms.TextInput({"autocomplete": "off"})
    )
    collector_relation = LineField(
        label=label_with_note("Hubungan", "wajib bila wakil"), max_length=120, required=False
    )
    note = LineField(label="Keadaan barang", max_length=500, required=False)
    photo = PhotoField(label="Foto serah terima", required=False)

    def __init__(self, *args, order: Order, **kwargs) -> None:
        super().__init__(*args, version=order.version, **kwargs)
        self.order, self.version = order, order.version
        if order.is_exempt:
            self.fields["receipt_number"].label = label_with_note("Keputusan pembebasan", "nomor")
        self.helper.render_hidden_fields = True
        self.helper.layout = Layout(
            Div(
                InlineRadios("collector", wrapper_class="wide"),
                "collector_name",
                "receipt_number",
                "collector_relation",
                "note",
                css_class="fields",
            )
        )
        self.left_goods = LeftGoodsFields(self, order)
        self.helper.layout.extend(self.left_goods.layout("Wajib jelas sebelum barang terakhir diserahkan."))
        self.fields["collector_name"].initial = order.customer.name
        self.left = {}
        self.items = list(
            OrderItem.objects.filter(order=order).annotate(given=Sum("handed__quantity")).order_by("position")
        )
        for item in self.items:
            if left := item.quantity - (item.given or 0):
                self.left[item] = left
                self.fields[_name(item)] = PiecesField(label=f"{item.name} sekarang", required=False, initial=left)

    @property
    def lines(self) -> list[Line]:
        """The table of the page, in the order of the request."""
        return [
            Line(item, item.given or Decimal(0), left, self[_name(item)] if left else None)
            for item in self.items
            for left in [self.left.get(item, Decimal(0))]
        ]

    @property
    def arguments(self) -> tuple[HandOverData, Checked | None]:
        """What was typed, and the photo, for the action; the form must be valid."""
        typed = self.cleaned_data
        data = HandOverData(
            quantities={item.pk: typed[_name(item)] for item in self.left if typed[_name(item)]},
            receipt_number=typed["receipt_number"],
            collector=typed["collector"],
            collector_name=typed["collector_name"],
            collector_relation=typed["collector_relation"],
            note=typed["note"],
            left_goods=self.left_goods.accounts,
        )
        return data, typed["photo"]

    def clean(self) -> None:
        typed = self.cleaned_data
        # An old page is refused by the action, which knows who was faster.
        is_fresh = typed.get("versi") == self.version
        if is_fresh and "receipt_number" in typed and (reason := receipts.refusal(self.order, typed["receipt_number"])):
            self.add_error("receipt_number", reason)
        for item, left in self.left.items():
            if is_fresh and (typed.get(_name(item)) or 0) > left:
                self.add_error(_name(item), f"{item.name}: sisa hanya {angka(left)} {item.unit}.")
        if typed.get("collector") == HandOver.Collector.DEPUTY and not typed.get("collector_relation"):
            self.add_error("collector_relation", "Tulis hubungan wakil dengan pemesan.")


def _name(item: OrderItem) -> str:
    return f"pieces-{item.pk}"
