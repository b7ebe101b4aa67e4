"""The facts of a customer, new or changed."""

from django import forms

from balai.formats import nik_samar
from balai.forms import BalaiForm, KeyedForm
from balai.phone import PhoneField, telepon
from balai.text import LineField
from orders.actions.intake import CustomerData
from orders.models import Customer


class CustomerForm(BalaiForm):
    """Who orders. Its cleaned values are those of orders.actions.intake.CustomerData."""

    name = LineField(label="Nama orang", max_length=200)
    business = LineField(label="Nama usaha atau instansi", max_length=200, required=False)
    kind = forms.ChoiceField(label="Jenis pelanggan", choices=[("", "Pilih jenis"), *Customer.Kind.choices])
    phone = PhoneField(label="Nomor HP")
    address = LineField(label="Alamat", max_length=300)
    email = forms.EmailField(label="Surel", max_length=254, required=False)
    nib = forms.RegexField(
        r"\A[0-9]{13}\Z", label="NIB", required=False, error_messages={"invalid": "NIB terdiri atas 13 angka."}
    )
    nik = forms.RegexField(
        r"\A[0-9]{16}\Z", label="NIK", required=False, error_messages={"invalid": "NIK terdiri atas 16 angka."}
    )

    MORE = ("email", "nib", "nik")  # seldom given at the counter

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # The browser knows the clerk's own name and address, never the customer's.
            field.widget.attrs["autocomplete"] = "off"
            if name in ("nib", "nik"):
                field.widget.attrs["inputmode"] = "numeric"

    @property
    def needed(self) -> list[forms.BoundField]:
        """What is asked of every customer, and the name of the business."""
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    @property
    def more(self) -> list[forms.BoundField]:
        """What may be left out."""
        return [self[name] for name in self.MORE]

    @property
    def begins_more(self) -> bool:
        """Whether something of it is typed."""
        return any(field.value() for field in self.more)


class CustomerChangeForm(CustomerForm, KeyedForm):
    """The facts of a customer in the register. The stored NIK is never shown: it stays, is replaced, or is removed."""

    remove_nik = forms.BooleanField(label="Hapus NIK yang tersimpan", required=False)

    def __init__(self, *args, customer: Customer, version: int, **kwargs) -> None:
        stored = {name: getattr(customer, name) for name in CustomerForm.base_fields}
        super().__init__(*args, version=version, initial=stored | {"nik": ""}, **kwargs)
        self.stored_nik = customer.nik
        if self.stored_nik:
            self.fields["nik"].help_text = f"Tersimpan {nik_samar(self.stored_nik)}. Isi hanya bila diganti."
        else:
            del self.fields["remove_nik"]

    @property
    def customer_data(self) -> CustomerData:
        """What was typed, for the action; the form must be valid."""
        typed = {name: self.cleaned_data[name] for name in CustomerForm.base_fields}
        kept = "" if self.cleaned_data.get("remove_nik") else self.stored_nik
        return CustomerData(**typed | {"nik": typed["nik"] or kept})


class MergeForm(KeyedForm):
    """Which of the candidates is kept, and why they are the same."""

    kept = forms.ModelChoiceField(Customer.objects.none(), label="Pelanggan yang dipertahankan", empty_label=None)
    reason = LineField(label="Alasan", max_length=300)

    def __init__(self, *args, candidates: list[Customer], version: int, **kwargs) -> None:
        super().__init__(*args, version=version, **kwargs)
        self.candidates = candidates
        kept = self.fields["kept"]
        kept.queryset = Customer.objects.filter(pk__in=[customer.pk for customer in candidates])
        kept.widget = forms.RadioSelect(choices=[(customer.pk, _known_as(customer)) for customer in candidates])

    @property
    def arguments(self) -> dict[str, object]:
        """What the action wants to know; the form must be valid."""
        return {"kept_id": self.cleaned_data["kept"].pk, "reason": self.cleaned_data["reason"]}


def _known_as(customer: Customer) -> str:
    facts = (customer.business, customer.name, telepon(customer.phone), customer.address)
    return " · ".join(fact for fact in facts if fact)
