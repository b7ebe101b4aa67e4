"""SOP 1: the request as it is typed: a customer, goods, things left, drawings, wishes, consent."""

from datetime import date
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.safestring import SafeString

from balai import clock
from balai.formats import tanggal
from balai.forms import BalaiForm, Fault, KeyedForm, summarise
from balai.money import QuantityField
from balai.rows import row_formset, unjudged
from balai.text import LineField, NoteField
from balai.uploads import Checked
from orders.actions.intake import ASK_FOR_CONSENT, CustomerData, ItemData, LeftGoodsData, RequestData
from orders.duplicates import IDENTIFYING, likely_duplicates
from orders.forms.customers import CustomerForm
from orders.forms.drawings import ACCEPT, SeveralFilesInput
from orders.models import Customer, Order
from orders.models.rules import has_customer, has_drawing_or_reason, has_items
from orders.stages import Stage

ITEMS, LEFT_GOODS, NEW_CUSTOMER = "items", "left", "baru"
# Such a label gets no "(boleh kosong)": the field may be empty in a draft, or when there is something else instead.
ALWAYS_ASKED = SafeString
UNITS = ("buah", "unit", "set", "pasang", "lembar", "batang", "kg", "m", "m²", "m³")


class GoodsRow(BalaiForm):
    """What is common to a thing that is ordered and one that is left here."""

    mark_optional = False
    name = LineField(label="Nama barang", max_length=200)
    quantity = QuantityField(label="Jumlah")
    unit = LineField(label="Satuan", max_length=20, initial=UNITS[0], widget=forms.TextInput({"list": "satuan"}))


class ItemRow(GoodsRow):
    row_name = "barang"
    material = LineField(label="Bahan", max_length=120, required=False)
    size = LineField(label="Ukuran, spesifikasi", max_length=300, required=False)


class LeftGoodsRow(GoodsRow):
    row_name = "titipan"
    condition = LineField(label="Keadaan saat diterima", max_length=200, required=False)


ItemRows = row_formset(ItemRow)
NeededItemRows = row_formset(ItemRow, needs_one=has_items.reason)
LeftGoodsRows = row_formset(LeftGoodsRow)


class CustomerChoice(BalaiForm):
    """The search for a customer, and the one who was found."""

    mark_optional = False
    customer = forms.ModelChoiceField(Customer.objects.all(), required=False, widget=forms.HiddenInput)
    find = LineField(
        label="Cari pelanggan",
        help_text="Ketik beberapa huruf dari nama, usaha, atau desa, atau nomor HP.",
        required=False,
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class IntakeForm(KeyedForm):
    """The whole request. `complete` asks for everything that a numbered application needs; a draft may have gaps.

    `uploads` are the files of this page, checked already: those that are good and what to say of the others.
    """

    isian = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    drawings = forms.Field(
        label=ALWAYS_ASKED("Tambah gambar"),
        help_text="Foto, PDF, atau DXF, paling besar 20 MB per berkas. Boleh beberapa sekaligus.",
        required=False,
        widget=SeveralFilesInput({"accept": ACCEPT, "data-upload-input": ""}),
    )
    no_drawing_reason = LineField(label="Alasan tanpa gambar", max_length=300, required=False)
    service = forms.ChoiceField(
        label=ALWAYS_ASKED("Jenis layanan"), choices=Order.Service.choices, widget=forms.RadioSelect
    )
    needed_on = forms.DateField(
        label="Tanggal dibutuhkan",
        help_text="Hanya harapan pelanggan. Janji selesai ditentukan bengkel.",
        required=False,
    )
    note = NoteField(label="Catatan", max_length=1000, required=False)
    surely_new = forms.BooleanField(label="Tetap pelanggan baru", required=False)
    consent = forms.BooleanField(
        label="Pelanggan menyetujui data pribadinya dipakai untuk melayani pesanan ini.", required=False
    )

    def __init__(
        self,
        data=None,
        *,
        order: Order | None = None,
        customer: Customer | None = None,
        complete: bool = False,
        uploads: tuple[tuple[Checked, ...], tuple[str, ...]] = ((), ()),
    ) -> None:
        stored = _stored(order) if order else {"customer": customer and customer.pk}
        super().__init__(data, version=order.version if order else 0, initial=stored)
        self.helper.inline_class = "inline"
        self.order = order
        self.complete = complete
        self.good_files, self.refused_files = uploads
        rows = NeededItemRows if complete else ItemRows
        self.choice = CustomerChoice(data, initial=stored)
        self.new_customer = CustomerForm(data, prefix=NEW_CUSTOMER, empty_permitted=True)
        self.items = rows(data, prefix=ITEMS, initial=stored.get("items"))
        self.left_goods = LeftGoodsRows(data, prefix=LEFT_GOODS, initial=stored.get("left_goods"))
        self.fields["service"].required = complete
        self.asks_consent = order is None or order.stage == Stage.DRAF
        self["drawings"].plain_label = ""  # what is said of a file begins with its name
        if self.asks_consent:
            self["consent"].plain_label = "Persetujuan data pribadi"
        else:
            del self.fields["consent"]
        if not (self.is_bound or customer):
            self.choice.fields["find"].widget.attrs["autofocus"] = True

    @property
    def parts(self) -> tuple[forms.BaseForm | forms.BaseFormSet, ...]:
        """What stands on the page above the fields of this form itself."""
        return self.choice, self.new_customer, self.items, self.left_goods

    @property
    def customer(self) -> Customer | None:
        """The customer from the register who stands on the page."""
        pk = str(self.choice["customer"].value() or "")
        found = Customer.objects.select_related("merged_into").filter(pk=pk).first() if pk.isdecimal() else None
        return found and (found.merged_into or found)

    def lead_on(self, pressed: QueryDict) -> None:
        """Give the focus to what comes after the button that was pressed; faults keep it for themselves."""
        if "pakai" in pressed:
            self.fields["service"].widget.attrs["autofocus"] = True
        elif "cari" in pressed and self.begins_customer:
            self.new_customer.fields["name"].widget.attrs["autofocus"] = True

    @property
    def duplicates(self) -> list[Customer]:
        """Who of the register the new customer may be, as far as one is typed."""
        if self.customer or not self.begins_customer:
            return []
        return likely_duplicates(*(self.new_customer[name].value() or "" for name in IDENTIFYING))

    @property
    def leaves_goods(self) -> bool:
        """Whether something left here is typed; each row begins with a unit."""
        return any(field.value() for row in self.left_goods for field in row if field.name != "unit")

    @property
    def begins_customer(self) -> bool:
        """Whether somebody has begun to type a new customer."""
        return any(field.value() for field in self.new_customer)

    @property
    def error_summary(self) -> list[Fault]:
        return summarise(*self.parts, self)

    @property
    def request_data(self) -> RequestData:
        """What was typed, for the action; the form must be valid."""
        typed = self.cleaned_data
        return RequestData(
            customer=self._chosen_customer(),
            items=tuple(ItemData(**row) for row in self.items.rows),
            left_goods=tuple(LeftGoodsData(**row) for row in self.left_goods.rows),
            service=typed["service"],
            needed_on=typed["needed_on"],
            note=typed["note"],
            no_drawing_reason=typed["no_drawing_reason"],
            surely_new=typed["surely_new"],
        )

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(part.is_valid() for part in self.parts)])

    def unjudge(self) -> None:
        """Show the page as far as it was filled in; only files that were refused are told of, as they are gone."""
        for part in (self, *self.parts):
            unjudged(part)
        self._tell_refused_files()

    def clean_needed_on(self) -> date | None:
        day = self.cleaned_data["needed_on"]
        if day and day < clock.today() and day != self.initial.get("needed_on"):
            raise ValidationError(f"{tanggal(day)} sudah lewat.")
        return day

    def clean(self) -> None:
        self._tell_refused_files()
        if not self.complete:
            return
        if self.choice.is_valid() and not (self.choice.cleaned_data["customer"] or self.new_customer.has_changed()):
            self.choice.add_error("find", has_customer.reason)
        has_drawing = self.good_files or (self.order and self.order.drawings.exists())
        if not (has_drawing or self.refused_files or self.cleaned_data.get("no_drawing_reason")):
            self.add_error("drawings", has_drawing_or_reason.reason)
        if self.asks_consent and not self.cleaned_data["consent"]:
            self.add_error("consent", ASK_FOR_CONSENT)

    def _tell_refused_files(self) -> None:
        for reason in self.refused_files:
            self.add_error("drawings", reason)

    def _chosen_customer(self) -> int | CustomerData | None:
        if customer := self.choice.cleaned_data["customer"]:
            return customer.pk
        return CustomerData(**self.new_customer.cleaned_data) if self.new_customer.has_changed() else None


def _stored(order: Order) -> dict:
    """The request as the order has it, under the names of the form."""
    return {
        "customer": order.customer_id,
        "items": list(order.items.values(*ItemRow.base_fields)),
        "left_goods": list(order.left_goods.values(*LeftGoodsRow.base_fields)),
        "service": order.service,
        "needed_on": order.needed_on,
        "note": order.note,
        "no_drawing_reason": order.no_drawing_reason,
    }
