"""SOP 5: what the workshop tells of its work: a hold, a step that is done, the end of the work, another plan."""

from dataclasses import dataclass
from decimal import Decimal

from crispy_forms.layout import Div, Field, Layout
from django import forms

from balai.formats import jam_kerja
from balai.forms import BalaiBoundField, KeyedForm, label_with_note
from balai.text import LineField
from orders.actions.production import FinishData, MaterialData
from orders.forms.fields import HoursField, PhotoField, PiecesField
from orders.forms.stepform import Answer, StepForm
from orders.models import EstimateLine, HoldKind, JobStep, Order, WorkCentre

FREE_ROWS = 3  # for materials that the estimate did not name
CHECKS = {
    "fits_drawing": "Sesuai gambar",
    "measured": "Ukuran diperiksa",
    "complete": "Jumlah lengkap",
}


class HoldForm(KeyedForm):
    """Why the work stops."""

    alasan = forms.ChoiceField(label="Alasan ditunda", choices=HoldKind.choices, widget=forms.RadioSelect)
    keterangan = LineField(
        label=label_with_note("Keterangan", "wajib bila lainnya"),
        max_length=250,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args, order: Order, **kwargs) -> None:
        super().__init__(*args, version=order.version, **kwargs)

    def clean(self) -> None:
        typed = self.cleaned_data
        if typed.get("alasan") == HoldKind.OTHER and not (typed.get("keterangan") or "keterangan" in self.errors):
            self.add_error("keterangan", "Tulis alasan pekerjaan ditunda.")

    @property
    def arguments(self) -> dict[str, str]:
        return {"kind": self.cleaned_data["alasan"], "words": self.cleaned_data["keterangan"]}


class StepLeftForm(KeyedForm):
    """What is left to do of the current step."""

    jam = HoursField(label="Sisa jam")

    def __init__(self, *args, step: JobStep, **kwargs) -> None:
        super().__init__(*args, version=step.order.version, **kwargs)
        self.step = step.pk
        hours = self.fields["jam"]
        hours.label = label_with_note(hours.label, f"rencana {jam_kerja(step.minutes)}")
        hours.widget.attrs["autofocus"] = True

    @property
    def arguments(self) -> dict[str, object]:
        return {"step": self.step, "minutes": self.cleaned_data["jam"]}


class StepDoneForm(StepLeftForm):
    """The current step is done: how long it took, and what it looks like."""

    jam = HoursField(label="Jam yang terpakai")
    foto = PhotoField(label="Foto hasil", required=False)

    @property
    def arguments(self) -> dict[str, object]:
        return super().arguments | {"photo": self.cleaned_data["foto"]}


class PhotoForm(KeyedForm):
    """A photo of the work."""

    foto = PhotoField(label="Foto hasil")

    def __init__(self, *args, order: Order, **kwargs) -> None:
        super().__init__(*args, version=order.version, **kwargs)


@dataclass(frozen=True)
class UsedRow:
    """A material of the estimate as the form shows it: `left` is None for material of the office."""

    line: EstimateLine
    used: BalaiBoundField
    left: BalaiBoundField | None

    @property
    def from_customer(self) -> bool:
        return self.left is not None


@dataclass(frozen=True)
class FreeRow:
    """A material that the estimate did not name."""

    name: BalaiBoundField
    used: BalaiBoundField
    unit: BalaiBoundField
    from_customer: BalaiBoundField
    left: BalaiBoundField


class FinishForm(StepForm):
    """The work is done: the hours of the steps still open, the check, the materials it took."""

    answers = {"finish": Answer("Selesai dikerjakan", "Pekerjaan selesai. Pelanggan diminta membayar retribusi.")}
    foto = PhotoField(label="Foto hasil", required=False)

    def __init__(self, *args, order: Order, **kwargs) -> None:
        super().__init__(*args, order=order, **kwargs)
        steps = order.steps.select_related("work_centre")
        # A form that is sent again names steps that it has done itself; it has to say the same as before.
        self.open_steps = [step for step in steps if step.done_at is None or _hours(step) in self.data]
        lines = order.estimate.lines.exclude(kind=EstimateLine.Kind.SERVICE)
        self.lines = list(lines)
        self.fields["catatan"].label = "Catatan pemeriksa"
        for step in self.open_steps:
            self.fields[_hours(step)] = HoursField(
                label=label_with_note(step.label, f"jam, rencana {jam_kerja(step.minutes)}"),
                error_messages={"required": f"Isi jam yang terpakai untuk {step.label}."},
            )
        for name, label in CHECKS.items():
            missing = f"Periksa dulu, lalu centang: {label.lower()}."
            self.fields[name] = forms.BooleanField(label=label, error_messages={"required": missing})
        for line in self.lines:
            self._add_line(line)
        for place in range(FREE_ROWS):
            self._add_free_row(place)
        self.helper.layout = Layout("tindakan", Div(*CHECKS), Field("catatan"), Field("foto"))

    @staticmethod
    def step_name(order: Order) -> str:
        return "produksi"

    @property
    def hours(self) -> list[BalaiBoundField]:
        """The fields of the open steps, in their order."""
        return [self[_hours(step)] for step in self.open_steps]

    @property
    def used(self) -> list[UsedRow]:
        """The materials of the estimate."""
        return [
            UsedRow(line, self[f"pakai-{line.pk}"], self[f"sisa-{line.pk}"] if _is_customers(line) else None)
            for line in self.lines
        ]

    @property
    def free(self) -> list[FreeRow]:
        """Rows for other materials."""
        return [FreeRow(*(self[name] for name in _free(place))) for place in range(FREE_ROWS)]

    @property
    def arguments(self) -> dict[str, object]:
        """What was typed, for the action; the form must be valid."""
        typed = self.cleaned_data
        data = FinishData(
            **{name: typed[name] for name in CHECKS},
            note=typed["catatan"],
            minutes={step.pk: typed[_hours(step)] for step in self.open_steps},
            materials=(*map(self._planned, self.lines), *self._unplanned()),
        )
        return {"data": data, "photo": typed["foto"]}

    def clean(self) -> dict:
        cleaned = super().clean()
        for place in range(FREE_ROWS):
            name, used, unit, customer, left = _free(place)
            filled = any(cleaned.get(each) for each in (name, used, unit, left))
            if filled and name not in self.errors and not cleaned.get(name):
                self.add_error(name, "Isi nama bahan.")
            if filled and unit not in self.errors and not cleaned.get(unit):
                self.add_error(unit, "Isi satuan bahan.")
            if filled and used not in self.errors and not (cleaned.get(used) or cleaned.get(left)):
                self.add_error(used, "Isi jumlah bahan yang dipakai.")
            if cleaned.get(left) and not cleaned.get(customer):
                self.add_error(left, "Sisa hanya dicatat untuk bahan dari pelanggan.")
        return cleaned

    def _add_line(self, line: EstimateLine) -> None:
        self.fields[f"pakai-{line.pk}"] = PiecesField(
            label=f"{line.label}: dipakai", required=False, initial=line.quantity
        )
        if _is_customers(line):
            self.fields[f"sisa-{line.pk}"] = PiecesField(label=f"{line.label}: sisa", required=False)

    def _add_free_row(self, place: int) -> None:
        name, used, unit, customer, left = _free(place)
        number = place + 1
        self.fields |= {
            name: LineField(label=f"Bahan lain {number}", max_length=180, required=False),
            used: PiecesField(label=f"Dipakai, bahan lain {number}", required=False),
            unit: LineField(label=f"Satuan, bahan lain {number}", max_length=20, required=False),
            customer: forms.BooleanField(label=f"Dari pelanggan, bahan lain {number}", required=False),
            left: PiecesField(label=f"Sisa, bahan lain {number}", required=False),
        }

    def _planned(self, line: EstimateLine) -> MaterialData:
        typed, nothing = self.cleaned_data, Decimal(0)
        return MaterialData(
            line.label,
            _is_customers(line),
            line.unit,
            typed[f"pakai-{line.pk}"] or nothing,
            typed.get(f"sisa-{line.pk}") or nothing,
            line.quantity,
        )

    def _unplanned(self) -> list[MaterialData]:
        typed, nothing = self.cleaned_data, Decimal(0)
        rows = [[typed[each] for each in _free(place)] for place in range(FREE_ROWS)]
        return [
            MaterialData(name, customer, unit, used or nothing, left or nothing)
            for name, used, unit, customer, left in rows
            if name
        ]


class ReplanForm(KeyedForm):
    """The open steps in another order, or elsewhere."""

    def __init__(self, *args, order: Order, **kwargs) -> None:
        super().__init__(*args, version=order.version, **kwargs)
        self.steps = list(order.steps.filter(done_at=None).select_related("work_centre"))
        centres = {centre.pk: centre.name for centre in WorkCentre.objects.filter(is_active=True)}
        for place, step in enumerate(self.steps, start=1):
            own = {step.work_centre_id: step.work_centre.name}
            self.fields[f"urutan-{step.pk}"] = forms.IntegerField(
                label=f"Urutan {step.label}",
                min_value=1,
                max_value=999,
                initial=place,
                widget=forms.TextInput({"class": "num", "inputmode": "numeric", "autocomplete": "off"}),
            )
            self.fields[f"bagian-{step.pk}"] = forms.TypedChoiceField(
                label=f"Bagian kerja {step.label}",
                coerce=int,
                choices=list((centres | own).items()),
                initial=step.work_centre_id,
            )

    @property
    def rows(self) -> list[tuple[JobStep, BalaiBoundField, BalaiBoundField]]:
        """The open steps, each with its place and its work centre."""
        return [(step, self[f"urutan-{step.pk}"], self[f"bagian-{step.pk}"]) for step in self.steps]

    @property
    def plan(self) -> tuple[tuple[int, int], ...]:
        """Steps and work centres in the order that was typed; the form must be valid."""
        typed = self.cleaned_data
        in_order = sorted(self.steps, key=lambda step: typed[f"urutan-{step.pk}"])
        return tuple((step.pk, typed[f"bagian-{step.pk}"]) for step in in_order)

    def clean(self) -> None:
        places = [self.cleaned_data.get(f"urutan-{step.pk}") for step in self.steps]
        doubled = {place for place in places if place and places.count(place) > 1}
        for step in self.steps:
            if self.cleaned_data.get(f"urutan-{step.pk}") in doubled:
                self.add_error(f"urutan-{step.pk}", f"Urutan {step.label} sama dengan tahap lain.")


def _hours(step: JobStep) -> str:
    return f"jam-{step.pk}"


def _free(place: int) -> tuple[str, ...]:
    return tuple(f"lain-{place}-{what}" for what in ("nama", "pakai", "satuan", "pelanggan", "sisa"))


def _is_customers(line: EstimateLine) -> bool:
    return line.kind == EstimateLine.Kind.CUSTOMER_MATERIAL
