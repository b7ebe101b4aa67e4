"""What the search and the list of orders are asked for."""

from django import forms
from django.urls import reverse_lazy

from balai.forms import BalaiForm
from balai.text import LineField
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


class OrderSearchForm(BalaiForm):
    """Words and a stage, both of them optional."""

    mark_optional = False
    q = LineField(label="Nomor, nama, HP, atau pekerjaan", required=False, max_length=100)
    tahap = forms.ChoiceField(label="Tahap", required=False, choices=[("", "Semua tahap"), *CHOICES])
