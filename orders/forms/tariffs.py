"""A tariff as it is typed: a new code, a new version of one, a version put right, a last day."""

from collections.abc import Iterator
from datetime import date

from crispy_forms.bootstrap import PrependedText
from crispy_forms.layout import Div, Field, Layout
from django import forms
from django.core.exceptions import ValidationError

from balai import clock
from balai.forms import BalaiForm, KeyedForm, label_with_note
from balai.money import RupiahField
from balai.text import LineField, single_line
from orders.models import Service, Tariff, WorkCentre
from orders.tarifflist import Wanted
from orders.tariffs import STARTED, UNITS, TariffData, as_data, faults_of_new, out_of_use

MAX_MINUTES = 100_000


class TariffForm(KeyedForm):
    """All that a tariff says. `data` is what was typed, once the form is valid.

    `former` is the version before this one, or the one that is put right (`correcting`): then its days stay.
    """

    code = LineField(label="Kode", max_length=20)
    kind = forms.ChoiceField(label="Jenis", choices=Tariff.Kind.choices, initial=Tariff.Kind.SERVICE)
    service = forms.ChoiceField(label="Bengkel", choices=[("", "Pilih"), *Service.choices])
    name = LineField(label="Nama layanan atau bahan", max_length=120)
    unit = forms.ChoiceField(label="Satuan", choices=[("", "Pilih"), *((unit, unit) for unit in UNITS)])
    price = RupiahField(label="Tarif per satuan")
    account_code = LineField(label="Kode rekening", max_length=40)
    legal_basis = LineField(label="Dasar hukum", max_length=200, help_text="Peraturan, pasal, atau nomor lampirannya.")
    valid_from = forms.DateField(label="Berlaku mulai", widget=forms.DateInput)
    valid_until = forms.DateField(
        label=label_with_note("Berlaku sampai", "kosongkan bila sampai dicabut"), required=False, widget=forms.DateInput
    )
    work_centre = forms.TypedChoiceField(label="Bagian kerja", coerce=int, empty_value=None, required=False)
    minutes_per_unit = forms.IntegerField(
        label="Menit kerja per satuan",
        min_value=1,
        max_value=MAX_MINUTES,
        required=False,
        help_text="Waktu bawaan di estimasi: 60 untuk tarif per jam.",
    )
    is_sample = forms.BooleanField(label="CONTOH: belum menurut peraturan yang berlaku", required=False)

    def __init__(
        self, *args, former: Tariff | None = None, correcting: bool = False, version: int = 0, **kwargs
    ) -> None:
        stored = vars(as_data(former)) if former else {"valid_from": clock.today()}
        if former and not correcting:
            stored |= {"valid_from": None, "valid_until": None, "is_sample": False}
        super().__init__(*args, version=version, initial=stored, **kwargs)
        self.former = former
        self.unused = out_of_use()
        self.fields["work_centre"].choices = [("", "Tidak dikerjakan di bengkel"), *self._centres(former)]
        if former and former.unit not in UNITS:
            self.fields["unit"].choices += [(former.unit, former.unit)]
        for name in self._fixed(former, correcting):
            del self.fields[name]
        self.helper.layout = self._layout()

    def _centres(self, former: Tariff | None) -> Iterator[tuple[int, str]]:
        """Those in use, and the one of the former version, which says so when it is not."""
        for pk, name in WorkCentre.objects.values_list("pk", "name"):
            if pk not in self.unused:
                yield pk, name
            elif former and pk == former.work_centre_id:
                yield pk, f"{name} (tidak dipakai)"

    @staticmethod
    def _fixed(former: Tariff | None, correcting: bool) -> tuple[str, ...]:
        if former is None:
            return ()
        if not correcting:
            return ("code", "kind")
        alone = Tariff.objects.filter(code=former.code).count() == 1
        return ("valid_from", "valid_until") if alone else ("code", "kind", "valid_from", "valid_until")

    def _layout(self) -> Layout:
        rows = (
            ("code", "kind", "service"),
            ("name", "unit", "price"),
            ("legal_basis", "account_code"),
            ("work_centre", "minutes_per_unit"),
            ("valid_from", "valid_until"),
        )
        shown = [[self._drawn(name) for name in row if name in self.fields] for row in rows]
        return Layout(*(Div(*row, css_class="fields") for row in shown if row), "is_sample", "kunci", "versi")

    def _drawn(self, name: str) -> Field | PrependedText:
        if name == "price":
            return PrependedText(name, "Rp")
        return Field(name, wrapper_class="wide" if name == "legal_basis" else "")

    @property
    def tariff_data(self) -> TariffData:
        """What was typed, completed by what stays as it is; the form must be valid."""
        fixed = vars(as_data(self.former)) if self.former else {}
        typed = {name: self.cleaned_data[name] for name in TariffData.__dataclass_fields__ if name in self.fields}
        return TariffData(**fixed | typed)

    def clean_valid_from(self) -> date:
        day = self.cleaned_data["valid_from"]
        if day < clock.today():
            raise ValidationError(STARTED)
        return day

    def clean(self) -> None:
        if self.errors:
            return
        for name, sentence in faults_of_new(self.tariff_data, self.unused):
            self.add_error(name if name in self.fields else None, sentence)


class EndForm(KeyedForm):
    """The last day on which a tariff is in force."""

    last_day = forms.DateField(label="Hari terakhir berlaku", widget=forms.DateInput)


class WantedForm(BalaiForm):
    """What of the price list is shown. What cannot be read does not narrow it."""

    mark_optional = False

    kelompok = forms.ChoiceField(label="Kelompok", choices=[("", "Semua"), *Service.choices], required=False)
    per = forms.DateField(label="Berlaku pada", required=False, widget=forms.DateInput)
    q = LineField(
        label="Kode atau nama",
        max_length=100,
        required=False,
        widget=forms.TextInput({"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, asked: dict[str, str]) -> None:
        asked = {name: single_line(asked.get(name, "")) for name in self.base_fields}
        super().__init__(asked | ({} if asked["per"] else {"per": clock.today().isoformat()}))
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-select" if name == "kelompok" else "form-control"
        self.is_valid()
        known = self.cleaned_data
        self.wanted = Wanted(known.get("per") or clock.today(), known.get("kelompok", ""), known.get("q", ""))
