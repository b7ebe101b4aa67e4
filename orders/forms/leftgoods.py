"""What became of the things the customer left here: two fields for each, put into the form that ends an order."""

from crispy_forms.layout import HTML, Div, LayoutObject
from django import forms
from django.db.models import prefetch_related_objects

from balai.formats import angka
from balai.forms import label_with_note
from balai.text import LineField
from orders.actions.leftgoods import Account
from orders.models import LeftGoods, Order


class LeftGoodsFields:
    """The fields of all things that are still here. `accounts` is for the action; the form must be valid."""

    def __init__(self, form: forms.Form, order: Order) -> None:
        self.form = form
        prefetch_related_objects([order], "left_goods")  # the page of the order lists them all, too
        self.goods = [goods for goods in order.left_goods.all() if goods.accounted_at is None]
        for goods in self.goods:
            thing = f"{goods.name}, {angka(goods.quantity)} {goods.unit}"
            form.fields[_tick(goods)] = forms.BooleanField(label=f"{thing} dikembalikan", required=False)
            form.fields[_words(goods)] = LineField(
                label=label_with_note(f"Keadaan {goods.name}", "atau apa yang terjadi"), max_length=200, required=False
            )

    def layout(self, hint: str) -> list[LayoutObject]:
        """The fields under a heading and `hint`; nothing when the customer left nothing."""
        if not self.goods:
            return []
        head = HTML(f'<h3>Barang titipan pelanggan</h3><p class="form-text">{hint}</p>')
        return [head, *(Div(_tick(goods), _words(goods), css_class="fields fields-2") for goods in self.goods)]

    @property
    def accounts(self) -> dict[int, Account]:
        typed = self.form.cleaned_data
        return {goods.pk: Account(typed[_tick(goods)], typed[_words(goods)]) for goods in self.goods}


def _tick(goods: LeftGoods) -> str:
    return f"titipan-{goods.pk}"


def _words(goods: LeftGoods) -> str:
    return f"titipan-{goods.pk}-keadaan"
