"""The estimate worksheet as it is typed: rows of services and of materials, priced by orders.pricing alone.

A service has no price field, so no price of one can be sent. The form is always bound: to a stored version, to what
was sent, or to what was sent with a row more or less. A preview asks for nothing yet and prices the complete rows.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from balai.formats import angka
from balai.forms import Fault, KeyedForm, RowForm, summarise
from balai.models import Office
from balai.money import QuantityField, RupiahField
from balai.rows import row_formset
from balai.text import LineField, NoteField
from balai.workdays import add_workdays
from orders.actions.estimate import EstimateData
from orders.models import Estimate, EstimateLine, Order, Tariff
from orders.pricing import LineData, PricingError, price_lines

Kind = EstimateLine.Kind
SERVICES, MATERIALS = "jasa", "bahan"
MAX_DAYS = 365
MAX_UNIT_PRICE = 1_000_000_000
MATERIAL_UNITS = ("kg", "batang", "lembar", "m", "m²", "m³", "liter", "buah", "set")


@dataclass(frozen=True)
class Basis:
    """What a worksheet is priced from today."""

    today: date
    holidays: frozenset[date]
    tariffs: list[Tariff]
    office: Office


class Row(RowForm):
    """A row of the worksheet. `priced` is its line once everything needed is there."""

    priced: EstimateLine | None = None

    def __init__(self, *args, preview: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.preview = preview
        place = int(self.prefix.rpartition("-")[2]) + 1
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{field.label}, {self.row_name} {place}"
            field.required = field.required and not preview

    @property
    def typed(self) -> dict:
        return self.cleaned_data if self.is_valid() else {}


class ServiceRow(Row):
    row_name = "jasa"
    tariff = forms.TypedChoiceField(label="Tarif", coerce=int, empty_value=None)
    description = LineField(label="Uraian", max_length=200, required=False)
    quantity = QuantityField(label="Jumlah")

    def __init__(self, *args, tariffs: Iterable[Tariff], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tariff"].choices = [("", "Pilih tarif"), *((tariff.pk, tariff.name) for tariff in tariffs)]

    @property
    def line(self) -> LineData | None:
        """What is to be priced; None while something is missing."""
        typed = self.typed
        if not (typed.get("tariff") and typed.get("quantity")):
            return None
        return LineData(Kind.SERVICE, typed["quantity"], typed["description"], tariff_id=typed["tariff"])


class MaterialRow(Row):
    row_name = "bahan"
    description = LineField(label="Bahan", max_length=200)
    origin = forms.ChoiceField(
        label="Asal",
        choices=[("", "Pilih asal"), (Kind.OFFICE_MATERIAL, "dari balai"), (Kind.CUSTOMER_MATERIAL, "dari pelanggan")],
    )
    quantity = QuantityField(label="Jumlah")
    unit = LineField(label="Satuan", max_length=20, widget=forms.TextInput({"list": "satuan-bahan"}))
    price = RupiahField(label="Harga", required=False, min_value=1, max_value=MAX_UNIT_PRICE)
    price_source = LineField(label="Asal harga", max_length=120, required=False)

    @property
    def from_customer(self) -> bool:
        return self["origin"].value() == Kind.CUSTOMER_MATERIAL

    @property
    def line(self) -> LineData | None:
        """What is to be priced; None while something is missing."""
        typed = self.typed
        needed = ("description", "origin", "quantity", "unit", *(() if self.from_customer else ("price",)))
        if not all(typed.get(name) for name in needed):
            return None
        kind, quantity, name, unit = typed["origin"], typed["quantity"], typed["description"], typed["unit"]
        if self.from_customer:
            return LineData(kind, quantity, name, unit=unit)
        return LineData(kind, quantity, name, unit=unit, price=typed["price"], price_source=typed["price_source"])

    def clean(self) -> None:
        typed = self.cleaned_data
        if typed.get("origin") != Kind.OFFICE_MATERIAL or "price" in self.errors:
            return
        if typed["price"] is None:
            if not self.preview:
                self.add_error("price", "Isi harga bahan dari balai.")
        elif not typed.get("price_source"):
            self.add_error("price_source", "Isi asal harga, misalnya nota pembelian.")


ServiceRows = row_formset(ServiceRow)
MaterialRows = row_formset(MaterialRow)


class EstimateForm(KeyedForm):
    """The whole worksheet. `reason` is there for a change during production only."""

    days = forms.IntegerField(label="Lama pengerjaan", min_value=1, max_value=MAX_DAYS)
    starts_on = forms.DateField(label="Mulai")
    note = NoteField(label="Catatan untuk pelanggan", max_length=500, required=False)
    reason = NoteField(label="Alasan perubahan", max_length=500)

    def __init__(
        self, data: QueryDict | dict[str, str], *, basis: Basis, is_change: bool, preview: bool = False
    ) -> None:
        super().__init__(data)
        self.basis = basis
        self.services = ServiceRows(data, prefix=SERVICES, form_kwargs={"preview": preview, "tariffs": basis.tariffs})
        self.materials = MaterialRows(data, prefix=MATERIALS, form_kwargs={"preview": preview})
        if not is_change:
            del self.fields["reason"]
        for bound in self.visible_fields():  # the labels are made here, so a preview calls no more of them optional
            bound.field.required = bound.field.required and not preview

    @property
    def rows(self) -> list[Row]:
        return [*self.services, *self.materials]

    @property
    def services_total(self) -> int:
        return sum(row.priced.amount for row in self.services if row.priced)

    @property
    def materials_total(self) -> int:
        return sum(row.priced.amount for row in self.materials if row.priced)

    @property
    def total(self) -> int:
        """Rupiah of all complete rows."""
        return self.services_total + self.materials_total

    @property
    def error_summary(self) -> list[Fault]:
        return summarise(self, self.services, self.materials)

    @property
    def estimate(self) -> EstimateData:
        """What was typed, for the action; the form must be valid."""
        typed = self.cleaned_data
        lines = tuple(row.line for row in self.rows if row.line)
        return EstimateData(lines, typed["days"], typed["starts_on"], typed["note"])

    def is_valid(self) -> bool:
        return all([super().is_valid(), self.services.is_valid(), self.materials.is_valid()])

    def clean_starts_on(self) -> date | None:
        day = self.cleaned_data["starts_on"]
        if day and day > self.basis.today + timedelta(days=MAX_DAYS):
            raise ValidationError("Tanggal mulai paling lambat satu tahun lagi.")
        return day

    def clean(self) -> None:
        rows = [row for row in self.rows if row.line]
        try:
            lines = price_lines([row.line for row in rows], self.basis.today, self.basis.office.material_account)
        except PricingError as error:
            raise ValidationError(str(error)) from error
        for row, line in zip(rows, lines, strict=True):
            row.priced = line


class DeclineForm(KeyedForm):
    """The workshop cannot do it. Stands inside the worksheet's form and shares its key."""

    decline_reason = NoteField(label="Alasan tidak sanggup", max_length=500)


def opened(order: Order, source: Estimate | None, basis: Basis) -> dict[str, str]:
    """A worksheet as it is opened: what `source` says, or one empty row, with a first day that has not passed."""
    starts_on = add_workdays(basis.today, 1, basis.holidays)
    if source and source.starts_on >= basis.today:
        starts_on = source.starts_on
    data = {"kunci": str(uuid.uuid4()), "versi": str(order.version), "starts_on": starts_on.isoformat()}
    lines = list(source.lines.all()) if source else []
    services = [_service(line, basis.tariffs) for line in lines if line.kind == Kind.SERVICE]
    materials = [_material(line) for line in lines if line.kind != Kind.SERVICE]
    data |= _rows(SERVICES, services if source else [{}]) | _rows(MATERIALS, materials)
    if source:
        data |= {"days": str(source.days), "note": source.note}
    return data


def rearranged(sent: QueryDict) -> QueryDict:
    """What was typed, with the row more or less that a button asked for."""
    data = sent.copy()
    ServiceRows.rearrange(data, SERVICES)
    MaterialRows.rearrange(data, MATERIALS)
    return data


def _rows(prefix: str, rows: list[dict[str, str]]) -> dict[str, str]:
    data = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
    for place, row in enumerate(rows):
        data |= {f"{prefix}-{place}-{name}": value for name, value in row.items()}
    return data


def _service(line: EstimateLine, tariffs: list[Tariff]) -> dict[str, str]:
    """A tariff no longer in force is followed by the one of the same code that is; without one it is chosen anew."""
    in_force = next((tariff for tariff in tariffs if tariff.code == line.tariff.code), None)
    return {
        "tariff": str(in_force.pk) if in_force else "",
        "description": line.description,
        "quantity": angka(line.quantity).replace(".", ""),
    }


def _material(line: EstimateLine) -> dict[str, str]:
    return {
        "description": line.description,
        "origin": line.kind,
        "quantity": angka(line.quantity).replace(".", ""),
        "unit": line.unit,
        "price": angka(line.price) if line.price else "",
        "price_source": line.price_source,
    }
