"""What the list of orders is asked for."""

from django import forms

from balai.forms import BalaiForm
from balai.text import LineField
from orders.stages import CHOICES


class OrderSearchForm(BalaiForm):
    """Words and a stage, both of them optional."""

    mark_optional = False
    q = LineField(label="Nomor, nama, HP, atau pekerjaan", required=False, max_length=100)
    tahap = forms.ChoiceField(label="Tahap", required=False, choices=[("", "Semua tahap"), *CHOICES])
