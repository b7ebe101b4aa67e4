"""What the workshop can do, as it is typed: work centres, what is out of service, kinds of jobs."""

from decimal import Decimal

from django import forms

from balai import clock
from balai.formats import hours
from balai.forms import KeyedForm, label_with_note
from balai.money import QuantityField
from balai.text import LineField
from orders.actions.workshop import CentreData, KindData, OutageData
from orders.models import JobKind, Outage, Service, WorkCentre

SERVICES = [("", "Pilih bengkel"), *Service.choices]
MOST_PLACES = 99
A_DAY = Decimal(24)


class CentreForm(KeyedForm):
    """A work centre: what it is called, how many machines or people it has, how long they work a day."""

    name = LineField(label="Nama bagian kerja", max_length=60)
    service = forms.ChoiceField(label="Bengkel", choices=SERVICES)
    places = forms.IntegerField(label="Jumlah mesin atau orang", min_value=1, max_value=MOST_PLACES)
    hours = QuantityField(label="Jam kerja sehari", help_text="Untuk satu mesin atau orang, misalnya 7 atau 6,5.")
    is_active = forms.BooleanField(label="Dipakai", required=False, initial=True)

    def __init__(self, *args, centre: WorkCentre | None = None, **kwargs) -> None:
        stored = forms.model_to_dict(centre) | {"hours": hours(centre.minutes_per_day)} if centre else None
        super().__init__(*args, initial=stored, **kwargs)
        if centre is None:
            del self.fields["is_active"]

    def clean_hours(self) -> Decimal:
        typed = self.cleaned_data["hours"]
        if typed > A_DAY:
            raise forms.ValidationError("Sehari paling lama 24 jam.")
        if round(typed * 60) < 1:
            raise forms.ValidationError("Paling sedikit satu menit.")
        return typed

    @property
    def data_typed(self) -> CentreData:
        """What was typed; the form must be valid. Hours become whole minutes."""
        typed = self.cleaned_data
        minutes = round(typed["hours"] * 60)
        return CentreData(
            typed["name"], typed["service"], typed["places"], minutes, is_active=typed.get("is_active", True)
        )


class OutageForm(KeyedForm):
    """Machines or people that cannot be used. The work centre of a noted one stays."""

    work_centre = forms.ModelChoiceField(
        WorkCentre.objects.none(), label="Bagian kerja", empty_label="Pilih bagian kerja"
    )
    places = forms.IntegerField(label="Jumlah yang tidak dapat dipakai", min_value=1, max_value=MOST_PLACES, initial=1)
    first_day = forms.DateField(label="Mulai", widget=forms.DateInput)
    last_day = forms.DateField(
        label=label_with_note("Hari terakhir", "kosongkan bila belum tahu"), required=False, widget=forms.DateInput
    )
    reason = LineField(label="Alasan", max_length=200, help_text="Misalnya mesin rusak, operator cuti.")

    def __init__(self, *args, outage: Outage | None = None, **kwargs) -> None:
        stored = forms.model_to_dict(outage) if outage else {"first_day": clock.today()}
        super().__init__(*args, initial=stored, **kwargs)
        own = [outage.work_centre_id] if outage else []
        self.fields["work_centre"].queryset = (
            WorkCentre.objects.filter(pk__in=own) if outage else WorkCentre.objects.filter(is_active=True)
        )

    @property
    def data_typed(self) -> OutageData:
        """What was typed; the form must be valid."""
        typed = self.cleaned_data
        return OutageData(
            typed["work_centre"].pk, typed["places"], typed["first_day"], typed["last_day"], typed["reason"]
        )

    def clean(self) -> None:
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Hari terakhir tidak boleh sebelum hari pertama.")


class KindForm(KeyedForm):
    """A kind of job, by which like jobs are compared."""

    name = LineField(label="Jenis pekerjaan", max_length=60)
    service = forms.ChoiceField(label="Bengkel", choices=SERVICES)
    is_active = forms.BooleanField(label="Dipakai", required=False, initial=True)

    def __init__(self, *args, kind: JobKind | None = None, **kwargs) -> None:
        super().__init__(*args, initial=forms.model_to_dict(kind) if kind else None, **kwargs)
        if kind is None:
            del self.fields["is_active"]

    @property
    def data_typed(self) -> KindData:
        """What was typed; the form must be valid."""
        typed = self.cleaned_data
        return KindData(typed["name"], typed["service"], is_active=typed.get("is_active", True))
