"""What keuangan sends to reconcile: the bank's file, what its columns mean, the confirmation."""

from collections.abc import Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile

from balai import sheets
from balai.forms import STALE_PAGE, KeyedForm, label_with_note
from balai.sheets import Cell, SheetRefused
from balai.text import LineField
from balai.uploads import clean_name
from finance.statementcolumns import AMOUNT_FORMATS, DAY_FORMATS, HEAD_ROWS, METHODS, Columns, heads_of, letter

NO_COLUMN = "Tidak ada"
SAME_COLUMN = "Satu kolom hanya dapat dipakai sekali. Periksa pilihannya."


class UploadForm(KeyedForm):
    """The bank's file. `sheet`, `name` and `content` are what is in it, once the form is valid."""

    berkas = forms.FileField(
        label="Berkas rekening koran",
        allow_empty_file=True,  # balai.sheets says it better
        widget=forms.FileInput({"accept": ".xlsx,.csv,.txt"}),
        help_text="Excel (.xlsx) atau CSV dari bank, QRIS, atau virtual account; paling besar 10 MB, 100.000 baris.",
        error_messages={"required": "Pilih berkas dari bank."},
    )

    def clean_berkas(self) -> UploadedFile:
        file = self.cleaned_data["berkas"]
        self.name, self.content = clean_name(file.name), file.read()
        try:
            self.sheet = sheets.read(self.content, file.name)
        except SheetRefused as refusal:
            raise forms.ValidationError(refusal.reason) from refusal
        if not self.sheet.rows:
            raise forms.ValidationError(f"{self.name}: berkas ini hanya berisi satu baris. Pilih berkas lain.")
        return file


class ColumnsForm(KeyedForm):
    """What the columns mean. `rows` are the first ones of the file; `known` is what the form begins with."""

    head_row = forms.TypedChoiceField(label="Baris judul kolom", coerce=int)
    day = forms.TypedChoiceField(label="Tanggal", coerce=int)
    day_format = forms.ChoiceField(label="Bentuk tanggal", choices=DAY_FORMATS)
    reference = forms.TypedChoiceField(label="Referensi", coerce=int, empty_value=None, required=False)
    description = forms.TypedChoiceField(label="Keterangan", coerce=int, empty_value=None, required=False)
    amount = forms.TypedChoiceField(label="Kredit atau jumlah", coerce=int)
    amount_format = forms.ChoiceField(label="Bentuk jumlah", choices=AMOUNT_FORMATS)
    debit = forms.TypedChoiceField(label="Debit", coerce=int, empty_value=None, required=False)
    sign = forms.TypedChoiceField(
        label=label_with_note("Tanda", "CR/DB, K/D"), coerce=int, empty_value=None, required=False
    )
    methods = forms.MultipleChoiceField(
        label="Uang yang masuk ke rekening ini", choices=METHODS, widget=forms.CheckboxSelectMultiple
    )
    bank = LineField(label="Nama bank atau layanan", max_length=80)

    def __init__(self, *args, rows: Sequence[Sequence[Cell]], known: Columns | None, bank: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.mark_optional = False
        self.known = known
        for name, value in (known.as_json if known else {"methods": [value for value, _ in METHODS]}).items():
            self.fields[name].initial = value
        self.fields["bank"].initial = bank
        self.fields["head_row"].choices = [
            (number, f"Baris {number}") for number in range(1, min(HEAD_ROWS, len(rows)) + 1)
        ]
        heads = heads_of(rows, self.head_row_shown)
        columns = [(place, f"{letter(place)}: {head[:40]}".rstrip(": ")) for place, head in enumerate(heads)]
        for name in ("day", "amount"):
            self.fields[name].choices = [("", "Pilih kolom"), *columns]
        for name in ("reference", "description", "debit", "sign"):
            self.fields[name].choices = [("", NO_COLUMN), *columns]

    @property
    def head_row_shown(self) -> int:
        """The row whose heads the columns are named after: the chosen one, where it can be."""
        value = str(self["head_row"].value() or 1)
        return int(value) if value in {str(number) for number, _ in self.fields["head_row"].choices} else 1

    @property
    def shown(self) -> Columns | None:
        """What the rows are shown by: the choice, even a refused one, as far as it is whole."""
        if not self.is_bound:
            return self.known
        return self.columns if self.fields.keys() <= self.cleaned_data.keys() else None

    @property
    def columns(self) -> Columns:
        """What was chosen; the form must be valid."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("kunci", "versi", "bank")}
        return Columns(**typed | {"methods": tuple(typed["methods"])})

    @property
    def bank_name(self) -> str:
        """The name under which the choice is kept; the form must be valid."""
        return self.cleaned_data["bank"]

    def clean(self) -> None:
        places = [
            self.cleaned_data.get(name) for name in ("day", "reference", "description", "amount", "debit", "sign")
        ]
        chosen = [place for place in places if place is not None]
        if len(set(chosen)) < len(chosen):
            self.add_error(None, SAME_COLUMN)
        if not self.errors and self.cleaned_data["reference"] is None and self.cleaned_data["description"] is None:
            self.add_error("reference", "Pilih kolom referensi atau keterangan.")


class ConfirmForm(KeyedForm):
    """The confirmation of what matches. `seen` is the state of the matching that the page was made from."""

    seen = forms.CharField(widget=forms.HiddenInput, error_messages={"required": STALE_PAGE})
    with_other_days = forms.BooleanField(label="Sertakan yang hanya beda tanggal", required=False)

    def __init__(self, *args, seen: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = seen
