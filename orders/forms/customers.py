"""The facts of a customer, new or changed."""

from django import forms

from balai.forms import BalaiForm
from balai.phone import PhoneField
from balai.text import LineField
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

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            # The browser knows the clerk's own name and address, never the customer's.
            field.widget.attrs["autocomplete"] = "off"
            if name in ("nib", "nik"):
                field.widget.attrs["inputmode"] = "numeric"
