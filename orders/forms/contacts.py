"""Between office and customer: what was said, and the link to the tracking page."""

from crispy_forms.layout import Div, Field, Layout
from django import forms

from balai.text import LineField
from orders.actions.contacts import SPOKEN
from orders.forms.stepform import Answer, StepForm
from orders.models import Order
from orders.models.rules import has_link


class ContactForm(StepForm):
    """Whom the clerk spoke with, and what was said."""

    answers = {
        "note_contact": Answer(
            "Catat pembicaraan", "Pembicaraan dicatat.", words="said", missing="Tulis isi pembicaraan."
        )
    }
    lewat = forms.ChoiceField(label="Lewat", choices=list(SPOKEN.items()))
    siapa = LineField(label="Berbicara dengan", max_length=120, widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, *args, order: Order, **kwargs) -> None:
        super().__init__(*args, order=order, **kwargs)
        self.fields["siapa"].initial = order.customer.name if order.customer else ""
        self.fields["catatan"].label = "Isi pembicaraan"

    @staticmethod
    def step_name(order: Order) -> str:
        return "pembicaraan"

    def layout(self) -> Layout:
        return Layout(
            Field("tindakan"), Div("lewat", "siapa", Field("catatan", wrapper_class="wide"), css_class="fields")
        )

    @property
    def arguments(self) -> dict[str, object]:
        typed = self.cleaned_data
        return super().arguments | {"via": typed["lewat"], "who": typed["siapa"]}


class LinkForm(StepForm):
    """A new tracking link in place of the old one, or none."""

    answers = {
        "renew_link": Answer("Buat tautan baru", "Tautan lacak baru sudah berlaku.", words=""),
        "revoke_link": Answer("Cabut tautan", "Tautan lacak dicabut.", words=""),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tindakan"].label = "Tautan lacak"

    @staticmethod
    def step_name(order: Order) -> str:
        return "tautan-lacak"

    def offered(self, order: Order) -> tuple[str, ...]:
        return ("renew_link", "revoke_link") if has_link(order) else ("renew_link",)
