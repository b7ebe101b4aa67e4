"""The estimate worksheet as it is typed, priced by orders.pricing alone and timed by orders.worktime.

The form is always bound: to a stored version, to what was sent, or to what was sent with a row more or less. A preview
asks for nothing yet and prices the complete rows; one that `sends` insists on a word for a day the queue forbids.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from balai import clock
from balai.forms import Fault, KeyedForm, summarise
from balai.models import Office
from balai.office import get_office, holidays
from balai.text import NoteField
from orders.actions.estimate import EstimateData
from orders.forms.estimate_rows import LineRow, MaterialRows, ServiceRows, StepRows
from orders.models import JobKind, JobStep, Order, Tariff, WorkCentre
from orders.pricing import PricingError, price_lines
from orders.promising import Outlook, outlook
from orders.stages import Stage
from orders.workload import Queue, queue
from orders.worktime import StepData, derived_steps

SERVICES, MATERIALS, STEPS = "jasa", "bahan", "langkah"
MAX_DAYS = 365


@dataclass(frozen=True)
class Basis:
    """What a worksheet stands on today: the price list, the workshop, and what was promised to others."""

    order: Order
    today: date
    holidays: frozenset[date]
    tariffs: list[Tariff]
    kinds: list[JobKind]
    done: list[JobStep]
    office: Office

    @property
    def services(self) -> list[Tariff]:
        return [tariff for tariff in self.tariffs if tariff.kind == Tariff.Kind.SERVICE]

    @property
    def materials(self) -> list[Tariff]:
        return [tariff for tariff in self.tariffs if tariff.kind == Tariff.Kind.MATERIAL]

    @property
    def centres(self) -> list[WorkCentre]:
        return [centre for centre in self.queue.centres if centre.is_active]

    @cached_property
    def queue(self) -> Queue:
        """What was promised to others, without this order."""
        return queue(self.today, without=self.order.pk)


def basis_of(order: Order) -> Basis:
    """What the worksheet of this order stands on today."""
    today = clock.today()
    return Basis(
        order,
        today,
        holidays(),
        list(Tariff.objects.valid_on(today).select_related("work_centre")),
        list(JobKind.objects.filter(is_active=True, service=order.service)),
        _done(order) if order.stage == Stage.PRODUKSI else [],
        get_office(),
    )


def _done(order: Order) -> list[JobStep]:
    return list(order.steps.exclude(done_at=None).select_related("work_centre"))


class EstimateForm(KeyedForm):
    """The whole worksheet. `reason` is there for a change during production only."""

    job_kind = forms.TypedChoiceField(label="Jenis pekerjaan", coerce=int, empty_value=None, required=False)
    days = forms.IntegerField(label="Lama pengerjaan", min_value=1, max_value=MAX_DAYS)
    starts_on = forms.DateField(label="Mulai")
    note = NoteField(label="Catatan untuk pelanggan", max_length=500, required=False)
    reason = NoteField(label="Alasan perubahan", max_length=500)
    is_forced = forms.BooleanField(label="Tetap janjikan tanggal ini", required=False)

    def __init__(
        self,
        data: QueryDict | dict[str, str],
        *,
        basis: Basis,
        is_change: bool,
        preview: bool = False,
        sends: bool = False,
    ) -> None:
        super().__init__(data)
        self.basis, self.sends = basis, sends
        self.services = ServiceRows(data, prefix=SERVICES, form_kwargs={"preview": preview, "tariffs": basis.services})
        self.materials = MaterialRows(
            data, prefix=MATERIALS, form_kwargs={"preview": preview, "tariffs": basis.materials}
        )
        self.typed_steps = StepRows(data, prefix=STEPS, form_kwargs={"preview": preview, "centres": basis.centres})
        self.fields["job_kind"].choices = [("", "Belum dipilih"), *((kind.pk, kind.name) for kind in basis.kinds)]
        if not is_change:
            del self.fields["reason"]
        for bound in self.visible_fields():  # the labels are made here, so a preview calls no more of them optional
            bound.field.required = bound.field.required and not preview

    @property
    def rows(self) -> list[LineRow]:
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
    def steps_are_typed(self) -> bool:
        """Whether the steps stand in rows of their own; they come from the services otherwise."""
        return len(self.typed_steps.forms) > 0

    @cached_property
    def steps(self) -> tuple[StepData, ...]:
        """The complete steps, typed or derived from the services."""
        if self.steps_are_typed:
            return tuple(row.step for row in self.typed_steps if row.step)
        priced = [row.priced for row in self.services if row.priced]
        return tuple(derived_steps(priced, self.basis.done))

    @cached_property
    def outlook(self) -> Outlook | None:
        """How these steps and days lie in the queue; None while there is no step."""
        typed = self.cleaned_data
        return outlook(self.basis.queue, self.steps, typed.get("starts_on"), typed.get("days"), self.basis.holidays)

    @property
    def error_summary(self) -> list[Fault]:
        return summarise(self, self.services, self.materials, self.typed_steps)

    @property
    def estimate(self) -> EstimateData:
        """What was typed, for the action; the form must be valid."""
        typed = self.cleaned_data
        return EstimateData(
            tuple(row.line for row in self.rows if row.line),
            typed["days"],
            typed["starts_on"],
            typed["note"],
            self.steps,
            typed["job_kind"],
            is_forced=bool(self.outlook and self.outlook.needs_word),
        )

    def is_valid(self) -> bool:
        parts = (self.services, self.materials, self.typed_steps)
        return all([super().is_valid(), *(part.is_valid() for part in parts)])

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
        if self.sends and self.outlook and self.outlook.needs_word and not self.cleaned_data["is_forced"]:
            self.add_error("is_forced", "Tanggal selesai mendahului antrean. Ubah tanggalnya, atau centang ini.")


class DeclineForm(KeyedForm):
    """The workshop cannot do it. Stands inside the worksheet's form and shares its key."""

    decline_reason = NoteField(label="Alasan tidak sanggup", max_length=500)
