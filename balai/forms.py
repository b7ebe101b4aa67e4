"""The base of every form: plain messages, optional fields that say so, an error summary, a one-use key.

A page writes its own `<form>` and `{% csrf_token %}`; crispy-forms draws the fields, and
`components/error_summary.html` repeats all faults at the top.
"""

import re
from typing import NamedTuple

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString

from balai import keptforms
from balai.form_messages import lower_first, required_message, speak_plainly
from balai.formkeys import new_key

STALE_PAGE = "Halaman ini terlalu lama terbuka. Muat ulang halaman, lalu isi lagi."
KEY_REUSED = "Halaman ini sudah pernah dikirim dengan isi lain. Periksa isian, lalu kirim lagi."

_NEVER = re.compile(r"(?!)")


class Fault(NamedTuple):
    """A line of the error summary. `id` (the input to focus) and `label` are empty for the whole form."""

    id: str
    label: str
    message: str


def label_with_note(label: str, note: str) -> SafeString:
    """`Catatan` and `wajib bila minta revisi` -> the label with the note in brackets, in quiet letters."""
    return format_html('{} <span class="optional">({})</span>', label, note)


class BalaiBoundField(forms.BoundField):
    """A field on a page. An optional one says so, unless its label already carries a note of its own."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        self.plain_label = str(self.label)
        if isinstance(self.label, SafeString):
            self.plain_label = strip_tags(self.label).partition(" (")[0]
        elif form.mark_optional and not (field.required or self.is_hidden or isinstance(field, forms.BooleanField)):
            self.label = label_with_note(self.label, "boleh kosong")

    @property
    def focus_id(self) -> str:
        """The id of the input that a link of the error summary leads to; a group of choices has many."""
        if self.is_hidden:
            return ""
        return f"{self.auto_id}_0" if isinstance(self.field.widget, forms.RadioSelect) else self.id_for_label


class BalaiFormMixin:
    """What every form of the office shares. Goes before the Django form class.

    `row_name` names one form of a formset in the error summary: "barang" gives "Barang 2".
    """

    use_required_attribute = False
    error_css_class = "field-error"
    bound_field_class = BalaiBoundField
    row_name = "baris"
    mark_optional = True

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.include_media = False
        for field in self.fields.values():
            dress(field)

    def full_clean(self) -> None:
        if self.is_bound:
            for name, field in self.fields.items():
                speak_plainly(field, required_message(field, self[name].plain_label))
                field.widget.attrs.pop("autofocus", None)  # a refused form gives the focus to its summary
        super().full_clean()

    def get_initial_for_field(self, field: forms.Field, name: str) -> object:
        """What the page begins with; on a page that gives a kept form back, what was typed, its key included."""
        typed, html_name = keptforms.restored(), self.add_prefix(name)
        if typed is None or field.widget.value_omitted_from_data(typed, {}, html_name):
            return super().get_initial_for_field(field, name)
        return field.widget.value_from_datadict(typed, {}, html_name)

    @property
    def error_summary(self) -> list[Fault]:
        """All faults of this form, those of the whole form first."""
        return summarise(self)


class BalaiForm(BalaiFormMixin, forms.Form):
    """A form of its own."""


class RowForm(BalaiForm):
    """A row of several in a formset: no notes in labels; `components/row_errors.html` says its faults above it."""

    mark_optional = False

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper.form_show_errors = False


class KeyedForm(BalaiForm):
    """A form that changes something. The same `kunci` has its effect once.

    `versi` is the version of the order that the page was made from, empty where there is no order yet.
    `status` is the HTTP status of the page that shows the form; whoever refuses it sets another.
    """

    kunci = forms.UUIDField(
        widget=forms.HiddenInput,
        initial=new_key,
        error_messages={"required": STALE_PAGE, "invalid": STALE_PAGE},
    )
    versi = forms.IntegerField(widget=forms.HiddenInput, required=False, error_messages={"invalid": STALE_PAGE})
    status = 200

    def __init__(self, *args, version: int | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["versi"].initial = version

    def renew(self, version: int | None = None) -> None:
        """Let a refused form be sent again on purpose: a new key, and the version that the user now sees."""
        self.data = self.data.copy()
        self.data[self.add_prefix("kunci")] = str(new_key())
        self.data[self.add_prefix("versi")] = "" if version is None else str(version)


class SignInForm(BalaiFormMixin, AuthenticationForm):
    """Sign-in; never says which of the two was wrong."""

    error_messages = {
        "invalid_login": "Nama pengguna atau kata sandi tidak cocok. Periksa huruf besar dan kecilnya.",
        "inactive": "Akun ini tidak aktif. Hubungi admin balai.",
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "Nama pengguna"
        self.fields["password"].label = "Kata sandi"


def summarise(*forms_and_formsets: forms.BaseForm | forms.BaseFormSet) -> list[Fault]:
    """The faults of several forms of one page, in the order given; rows of a formset are numbered from 1."""
    faults: list[Fault] = []
    for part in forms_and_formsets:
        if isinstance(part, forms.BaseFormSet):
            faults += [Fault("", "", message) for message in part.non_form_errors()]
            for number, form in enumerate(part.forms, start=1):
                faults += _faults_of(form, f"{form.row_name} {number}")
        else:
            faults += _faults_of(part, "")
    return faults


def _faults_of(form: forms.BaseForm, row: str) -> list[Fault]:
    faults = [Fault("", row.capitalize(), message) for message in form.non_field_errors()]
    for bound in form:
        if bound.errors:
            message = " ".join(bound.errors)
            # A message that names its field ("Isi nama barang.") needs no label before it.
            named = bound.is_hidden or bound.plain_label.lower() in message.lower()
            label = " ".join(filter(None, ["" if named else bound.plain_label, row]))
            label = label[:1].upper() + label[1:]
            faults.append(Fault(bound.focus_id, label, lower_first(message) if label else message))
    return faults


def dress(field: forms.Field) -> None:
    """Give a field the widget people can use. Raises TypeError for Django's DecimalField and FloatField."""
    widget = field.widget
    if isinstance(field, forms.DecimalField | forms.FloatField):
        raise TypeError("Reads 1.500 as 1.5 in this locale: use balai.money.RupiahField or QuantityField")
    if isinstance(field, forms.IntegerField) and not widget.is_hidden:
        # A wheel over a number input changes the number unseen; and Django would read 1.000 as 1.
        field.widget = forms.TextInput({"class": "num", "inputmode": "numeric", "autocomplete": "off"})
        field.re_decimal = _NEVER
    elif type(widget) is forms.DateInput:
        widget.input_type = "date"
        widget.format = "%Y-%m-%d"
    elif type(widget) is forms.Textarea:
        widget.attrs |= {"cols": "40", "rows": "3"}
