"""The rows of the worksheet: services, materials, and the steps of the work with their hours.

A service has no price field, so no price of one can be sent; a material of the price list has none that counts.
"""

from collections.abc import Iterable
from decimal import Decimal

from django import forms

from balai.forms import RowForm
from balai.money import QuantityField, RupiahField
from balai.rows import row_formset
from balai.text import LineField
from orders.models import EstimateLine, Tariff, WorkCentre
from orders.pricing import LineData
from orders.worktime import StepData, minutes_of

Kind = EstimateLine.Kind
MAX_UNIT_PRICE = 1_000_000_000
MAX_HOURS = 2_000
LISTED = "tarif:"  # before the key of a tariff whose material is taken


class Row(RowForm):
    """A row of the worksheet. A preview asks for nothing yet."""

    def __init__(self, *args, preview: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.preview = preview
        place = self.prefix.rpartition("-")[2]  # no number in the template that the script copies
        number = int(place) + 1 if place.isdecimal() else ""
        for field in self.fields.values():
            name = f"{field.label}, {self.row_name}"
            field.widget.attrs |= {"data-label": name, "aria-label": f"{name} {number}"}
            field.required = field.required and not preview

    @property
    def typed(self) -> dict:
        return self.cleaned_data if self.is_valid() else {}


class LineRow(Row):
    """A row that becomes a line of the estimate. `priced` is that line once everything needed is there."""

    priced: EstimateLine | None = None

    @property
    def line(self) -> LineData | None:
        """What is to be priced; None while something is missing."""
        raise NotImplementedError


class ServiceRow(LineRow):
    row_name = "jasa"
    tariff = forms.TypedChoiceField(label="Tarif", coerce=int, empty_value=None)
    description = LineField(label="Uraian", max_length=200, required=False)
    quantity = QuantityField(label="Jumlah")

    def __init__(self, *args, tariffs: Iterable[Tariff], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tariff"].choices = [("", "Pilih tarif"), *((tariff.pk, tariff.name) for tariff in tariffs)]

    @property
    def line(self) -> LineData | None:
        typed = self.typed
        if not (typed.get("tariff") and typed.get("quantity")):
            return None
        return LineData(Kind.SERVICE, typed["quantity"], typed["description"], tariff_id=typed["tariff"])


class MaterialRow(LineRow):
    """A material of the customer, of the office at a typed price, or of the price list."""

    row_name = "bahan"
    description = LineField(label="Bahan", max_length=200)
    origin = forms.ChoiceField(label="Asal")
    quantity = QuantityField(label="Jumlah")
    unit = LineField(label="Satuan", max_length=20, widget=forms.TextInput({"list": "satuan-bahan"}))
    price = RupiahField(label="Harga", required=False, min_value=1, max_value=MAX_UNIT_PRICE)
    price_source = LineField(label="Asal harga", max_length=120, required=False)

    def __init__(self, *args, tariffs: Iterable[Tariff], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        listed = [(f"{LISTED}{tariff.pk}", tariff.name) for tariff in tariffs]
        self.fields["origin"].choices = [
            ("", "Pilih asal"),
            (Kind.OFFICE_MATERIAL, "dari balai"),
            (Kind.CUSTOMER_MATERIAL, "dari pelanggan"),
            *([("dari daftar tarif", listed)] if listed else []),
        ]
        if self.listed:
            self.fields["description"].required = self.fields["unit"].required = False

    @property
    def from_customer(self) -> bool:
        return self["origin"].value() == Kind.CUSTOMER_MATERIAL

    @property
    def listed(self) -> bool:
        """Whether its price comes from the price list."""
        return str(self["origin"].value() or "").startswith(LISTED)

    @property
    def is_priced_here(self) -> bool:
        return not (self.from_customer or self.listed)

    @property
    def line(self) -> LineData | None:
        typed = self.typed
        if not (typed.get("origin") and typed.get("quantity")):
            return None
        quantity, name, unit = typed["quantity"], typed["description"], typed["unit"]
        if self.listed:
            tariff = int(typed["origin"].removeprefix(LISTED))
            return LineData(Kind.OFFICE_MATERIAL, quantity, name, tariff_id=tariff)
        if not (name and unit) or not (self.from_customer or typed.get("price")):
            return None
        if self.from_customer:
            return LineData(Kind.CUSTOMER_MATERIAL, quantity, name, unit=unit)
        return LineData(
            Kind.OFFICE_MATERIAL, quantity, name, unit=unit, price=typed["price"], price_source=typed["price_source"]
        )

    def clean(self) -> None:
        typed = self.cleaned_data
        if typed.get("origin") != Kind.OFFICE_MATERIAL or "price" in self.errors:
            return
        if typed["price"] is None:
            if not self.preview:
                self.add_error("price", "Isi harga bahan dari balai.")
        elif not typed.get("price_source"):
            self.add_error("price_source", "Isi asal harga, misalnya nota pembelian.")


class HoursField(QuantityField):
    """Working hours as `2,5`, more than 0; the value is whole minutes."""

    def to_python(self, value: object) -> int | None:
        hours: Decimal | None = super().to_python(value)
        if hours is None:
            return None
        if hours > MAX_HOURS:
            raise forms.ValidationError(f"Tulis paling banyak {MAX_HOURS} jam.")
        return minutes_of(hours, 60)


class StepRow(Row):
    """A step of the work: where it is done, what is done there, and for how many hours."""

    row_name = "langkah"
    centre = forms.TypedChoiceField(label="Bagian kerja", coerce=int, empty_value=None)
    what = LineField(label="Uraian", max_length=200, required=False)
    minutes = HoursField(label="Jam")

    def __init__(self, *args, centres: Iterable[WorkCentre], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["centre"].choices = [("", "Pilih bagian"), *((centre.pk, centre.name) for centre in centres)]

    @property
    def step(self) -> StepData | None:
        """The step; None while something is missing."""
        typed = self.typed
        if not (typed.get("centre") and typed.get("minutes")):
            return None
        return StepData(typed["centre"], typed["minutes"], typed["what"])


ServiceRows = row_formset(ServiceRow)
MaterialRows = row_formset(MaterialRow)
StepRows = row_formset(StepRow)
