"""What the search and the list of orders are asked for."""

from django import forms
from django.db.models import Q
from django.urls import reverse_lazy

from balai.forms import BalaiForm
from balai.text import LineField
from orders.deadlines import Deadlines
from orders.models import Order
from orders.search import means
from orders.stages import CHOICES


class SearchForm(BalaiForm):
    """A number, a name or a word, typed or scanned; the address in a QR code is longer than any of them."""

    mark_optional = False
    q = LineField(
        label="Nomor pesanan atau surat, nama pelanggan, nomor HP, atau barang",
        required=False,
        max_length=200,
        widget=forms.TextInput(
            {
                "type": "search",
                "autocomplete": "off",
                "autofocus": True,
                "spellcheck": "false",
                "aria-keyshortcuts": "/",
                "hx-get": reverse_lazy("cari"),
                "hx-trigger": "input changed delay:250ms",
                "hx-target": "#hasil-cari",
                "hx-sync": "this:replace",
            }
        ),
    )


class DeskFilterForm(BalaiForm):
    """Which orders of a desk are shown; nothing asked for is all of them."""

    mark_optional = False
    q = LineField(label="Nomor, nama, HP, atau pekerjaan", required=False, max_length=100)
    layanan = forms.ChoiceField(
        label="Layanan", required=False, choices=[("", "Logam dan kayu"), *Order.Service.choices]
    )
    terlambat = forms.BooleanField(label="Hanya yang terlambat", required=False)

    @property
    def asked(self) -> bool:
        return any(self.cleaned_data.values())

    def wanted(self, deadlines: Deadlines) -> Q:
        """The orders that are asked for; the form must have been looked through, a wrong field asks for nothing."""
        typed = self.cleaned_data
        wanted = means(typed.get("q", ""))
        if typed.get("layanan"):
            wanted &= Q(service=typed["layanan"])
        return wanted & deadlines.late() if typed.get("terlambat") else wanted


class OrderSearchForm(DeskFilterForm):
    """The same for the list of all orders, and one stage."""

    tahap = forms.ChoiceField(label="Tahap", required=False, choices=[("", "Semua tahap"), *CHOICES])

    def wanted(self, deadlines: Deadlines) -> Q:
        wanted = super().wanted(deadlines)
        return wanted & Q(stage=self.cleaned_data["tahap"]) if self.cleaned_data.get("tahap") else wanted
