"""The settings of the office as its admin changes them, one form for each matter."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from balai import clock, numbering
from balai.emblem import NewEmblem, check_emblem
from balai.forms import BalaiBoundField, KeyedForm, dress
from balai.kinds import KINDS
from balai.models import NumberSeries, Office
from balai.office import SERVICE_DAYS, page_choices, page_size
from balai.text import LineField, NoteField
from balai.uploads import UploadRefused

MAX_TERMS, MAX_TERM = 20, 300
KEY_FIELDS = frozenset(KeyedForm.base_fields)
# What waits in each stage of an order, in the words of the desks.
WAITING = {
    "draf": "Draf permohonan dilengkapi",
    "permohonan": "Permohonan diidentifikasi",
    "estimasi": "Bengkel membuat estimasi",
    "konfirmasi": "Pelanggan menjawab estimasi",
    "pesanan": "Bengkel mulai mengerjakan",
}


class SectionForm(KeyedForm):
    """One matter of the settings. `title` heads its page, `note` stands under it, `button` saves it."""

    title = note = button = ""
    columns = "fields"
    below: tuple[str, ...] = ()  # fields that stand under the columns

    def __init__(self, *args, office: Office, **kwargs) -> None:
        self.office = office
        super().__init__(*args, version=office.version, initial=self.stored, **kwargs)

    @property
    def stored(self) -> dict[str, Any]:
        """The fields' values as they are now."""
        return {name: getattr(self.office, name) for name in self.base_fields if name not in KEY_FIELDS}

    def add_fields(self, fields: dict[str, forms.Field]) -> None:
        """Put these fields, which the class cannot know, before the others."""
        for field in fields.values():
            dress(field)
        self.fields |= fields
        self.order_fields(fields)

    @property
    def in_columns(self) -> list[BalaiBoundField]:
        return [field for field in self.visible_fields() if field.name not in self.below]

    @property
    def under_columns(self) -> list[BalaiBoundField]:
        return [self[name] for name in self.below]

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, as fields of the office; the form must be valid."""
        return {name: value for name, value in self.cleaned_data.items() if name not in KEY_FIELDS}


def _line(name: str, label: str, **options) -> LineField:
    field = Office._meta.get_field(name)
    return LineField(label=label, max_length=field.max_length, required=not field.blank, **options)


class IdentityForm(SectionForm):
    """The head of every paper."""

    title, button = "Kop surat dan alamat", "Simpan kop surat"
    note = "Tiga baris pertama dicetak di kepala setiap surat."
    columns = "fields fields-2"

    government = _line("government", "Pemerintah")
    department = _line("department", "Dinas")
    unit = _line("unit", "Unit kerja")
    short_name = _line("short_name", "Nama pendek", help_text="Untuk layar ini, bukan untuk surat.")
    address = _line("address", "Alamat")
    city = _line("city", "Kota", help_text="Di depan tanggal pada tanda tangan.")
    phone = _line("phone", "Telepon")
    website = _line("website", "Laman")
    email = forms.EmailField(label="Surel", required=False, max_length=254)
    verify_base = forms.URLField(
        label="Alamat halaman verifikasi",
        help_text="Ke sinilah kode QR surat menuju. Misalnya https://pesanan.balai.example",
        max_length=200,
        assume_scheme="https",
        validators=[URLValidator(["http", "https"])],
    )


class EmblemForm(SectionForm):
    """The picture in the head of papers."""

    title, button = "Lambang", "Simpan lambang"
    note = "Dicetak setinggi 20 mm di kiri kop, hitam putih atau berwarna menurut pencetaknya."

    file = forms.FileField(
        label="Gambar lambang",
        help_text="PNG atau JPEG, sebaiknya bujur sangkar dan paling sedikit 300 titik.",
        required=False,
        widget=forms.FileInput({"accept": "image/png,image/jpeg"}),
    )
    remove = forms.BooleanField(label="Hapus lambang; kop dicetak tanpa gambar", required=False)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not self.office.emblem_id:
            del self.fields["remove"]

    @property
    def stored(self) -> dict[str, Any]:
        return {}

    @property
    def values(self) -> dict[str, Any]:
        return {"emblem": self.cleaned_data["file"]}

    def clean_file(self) -> NewEmblem | None:
        sent = self.cleaned_data["file"]
        if not sent:
            return None
        try:
            return check_emblem(sent, sent.name)
        except UploadRefused as refused:
            raise ValidationError(f"{refused.name}: {refused.reason}") from refused

    def clean(self) -> None:
        typed = self.cleaned_data
        if not typed.get("file") and not typed.get("remove") and "file" not in self.errors:
            self.add_error("file", "Pilih gambar lambang.")


class NumberLine(NamedTuple):
    """A register with its template and how its next number would be printed; empty where that cannot be."""

    field: BalaiBoundField
    next_number: int
    example: str


class NumbersForm(SectionForm):
    """How numbers are printed, one template for each register."""

    title, button = "Pola nomor surat", "Simpan pola nomor"
    note = "Nomor urut tidak berubah dan tidak kembali ke satu; yang berubah hanya cara menulisnya."

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        attributes = {"autocomplete": "off", "spellcheck": "false"}
        self.add_fields(
            {
                register: LineField(label=title, max_length=100, widget=forms.TextInput(attributes))
                for register, title in registers().items()
            }
        )

    @property
    def stored(self) -> dict[str, Any]:
        return {register: numbering.template_of(register, self.office) for register in registers()}

    @property
    def values(self) -> dict[str, Any]:
        templates = {register: self.cleaned_data[register] for register in registers()}
        return {"number_templates": self.office.number_templates | templates}

    @property
    def lines(self) -> Iterator[NumberLine]:
        """Each template with the number it would print next. One query."""
        today = clock.today()
        last = dict(NumberSeries.objects.filter(year=today.year).values_list("register", "last"))
        for register in registers():
            template, following = self[register].value() or "", last.get(register, 0) + 1
            example = numbering.written(template, following, today) if _is_sound(template) else ""
            yield NumberLine(self[register], following, example)

    def clean(self) -> None:
        users: dict[str, str] = {}
        for register, title in registers().items():
            template = self.cleaned_data.get(register)
            if template is None:
                continue
            try:
                numbering.check_template(template)
            except ValueError as error:
                self.add_error(register, str(error))
            if template in users:
                self.add_error(register, f"Pola ini sama dengan pola {users[template]}. Bedakan, misalnya dengan kode.")
            users.setdefault(template, title.lower())


class PapersForm(SectionForm):
    """The paper of each kind, and the terms under a surat pesanan."""

    title, button = "Kertas dan ketentuan", "Simpan kertas dan ketentuan"
    note = "Ukuran kertas tiap jenis surat, dan ketentuan yang dicetak di bawah surat pesanan."
    below = ("order_terms",)

    order_terms = NoteField(
        label="Ketentuan surat pesanan",
        help_text=f"Satu ketentuan satu baris, paling banyak {MAX_TERMS} baris.",
        required=False,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order_terms"].widget.attrs["rows"] = "8"
        self.add_fields(
            {kind: forms.ChoiceField(label=info.title, choices=page_choices(kind)) for kind, info in KINDS.items()}
        )

    @property
    def stored(self) -> dict[str, Any]:
        sizes = {kind: page_size(kind, self.office) for kind in KINDS}
        return sizes | {"order_terms": "\n".join(self.office.order_terms)}

    @property
    def values(self) -> dict[str, Any]:
        typed = {str(kind): self.cleaned_data[kind] for kind in KINDS}
        changed = {kind: size for kind, size in typed.items() if size != page_size(kind, self.office)}
        return {"page_sizes": self.office.page_sizes | changed, "order_terms": self.cleaned_data["order_terms"]}

    def clean_order_terms(self) -> list[str]:
        terms = [line.strip() for line in self.cleaned_data["order_terms"].splitlines() if line.strip()]
        if len(terms) > MAX_TERMS:
            raise ValidationError(f"Paling banyak {MAX_TERMS} ketentuan, sekarang {len(terms)}.")
        if long := [str(place) for place, term in enumerate(terms, start=1) if len(term) > MAX_TERM]:
            raise ValidationError(f"Ketentuan {', '.join(long)} lebih dari {MAX_TERM} huruf.")
        return terms


class RulesForm(SectionForm):
    """Deadlines, and who may do what."""

    title, button = "Tenggat dan aturan", "Simpan aturan"
    note = "Lima tenggat pertama dalam hari kerja; lewat dari itu pesanan ditandai terlambat."
    below = ("estimator_may_cash",)

    offer_valid_days = forms.IntegerField(label="Masa berlaku estimasi (hari)", min_value=1, max_value=365)
    payment_due_days = forms.IntegerField(label="Jatuh tempo pembayaran (hari)", min_value=1, max_value=365)
    followup_days = forms.IntegerField(label="Ingatkan pelanggan sesudah (hari kerja)", min_value=1, max_value=365)
    pickup_days = forms.IntegerField(label="Batas pengambilan barang (hari)", min_value=1, max_value=365)
    reminder_days = forms.IntegerField(label="Teguran sesudah jatuh tempo (hari)", min_value=1, max_value=365)
    late_interest = forms.IntegerField(label="Bunga telat (persen sebulan)", min_value=1, max_value=100, required=False)
    deposit_days = forms.IntegerField(label="Batas setor tunai (hari kerja)", min_value=1, max_value=365)
    report_day = forms.IntegerField(label="Batas LPJ (tanggal di bulan berikutnya)", min_value=1, max_value=28)
    material_account = _line("material_account", "Kode rekening bahan")
    estimator_may_cash = forms.BooleanField(
        label="Penyusun estimasi boleh menerima pembayarannya",
        help_text="Hanya bila petugasnya tidak cukup. Sebaiknya tugas ini dipisah.",
        required=False,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.add_fields(
            {stage: forms.IntegerField(label=WAITING[stage], min_value=1, max_value=365) for stage in SERVICE_DAYS}
        )

    @property
    def stored(self) -> dict[str, Any]:
        return super().stored | SERVICE_DAYS | self.office.service_days

    @property
    def values(self) -> dict[str, Any]:
        typed = super().values
        return typed | {"service_days": {stage: typed.pop(stage) for stage in SERVICE_DAYS}}


def registers() -> dict[str, str]:
    """Each register of numbers with the name of its papers, the first of them where it has several."""
    names: dict[str, str] = {}
    for info in KINDS.values():
        names.setdefault(info.register, info.title)
    return names


def _is_sound(template: str) -> bool:
    try:
        numbering.check_template(template)
    except ValueError:
        return False
    return True
