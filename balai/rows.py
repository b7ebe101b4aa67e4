"""Rows of a form that the user adds and removes; without scripts by submit buttons, with them by static/js/rows.js."""

import re

from django import forms
from django.forms.utils import ErrorDict, ErrorList
from django.http import QueryDict

from balai import keptforms
from balai.forms import STALE_PAGE

MAX_ROWS = 100


class RowFormSet(forms.BaseFormSet):
    """A formset whose empty rows do not count; `needs_one` is what to say when all of them are empty."""

    needs_one = ""
    default_error_messages = {
        "missing_management_form": STALE_PAGE,
        "too_many_forms": f"Paling banyak {MAX_ROWS} baris.",
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound:
            # What a row said before does not matter: the action writes all rows anew.
            self.initial = None

    def initial_form_count(self) -> int:
        return 0 if self.is_bound else super().initial_form_count()

    def total_form_count(self) -> int:
        if self.is_bound:
            return super().total_form_count()
        typed = keptforms.restored() or {}
        return min(_number(typed.get(f"{self.prefix}-TOTAL_FORMS")), MAX_ROWS) or max(self.initial_form_count(), 1)

    @property
    def rows(self) -> list[dict]:
        """The values of the rows that were filled in; only for a valid formset."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]

    def full_clean(self) -> None:
        if self.is_bound and self.needs_one and self.forms and not any(form.has_changed() for form in self.forms):
            self.forms[0].empty_permitted = False
        super().full_clean()

    def clean(self) -> None:
        if self.needs_one and not self.forms:
            raise forms.ValidationError(self.needs_one)

    @classmethod
    def rearrange(cls, data: QueryDict, prefix: str) -> bool:
        """Do in `data` what a row button asks for (`tambah-items`, `hapus-items` = 0); False when none was pressed."""
        total = min(_number(data.get(f"{prefix}-TOTAL_FORMS")), MAX_ROWS)
        if f"tambah-{prefix}" in data:
            for name, field in cls.form.base_fields.items():
                if field.initial is not None:
                    data[f"{prefix}-{total}-{name}"] = field.initial
            total += 1
        elif f"hapus-{prefix}" in data:
            total -= _remove_row(data, prefix, _number(data[f"hapus-{prefix}"]))
        else:
            return False
        data[f"{prefix}-TOTAL_FORMS"] = str(min(total, MAX_ROWS))
        return True


def row_formset(form: type[forms.Form], **attributes) -> type[RowFormSet]:
    """A formset class of such rows, one empty row to begin with. `attributes` are set on it."""
    formset = forms.formset_factory(
        form, RowFormSet, extra=0, max_num=MAX_ROWS, absolute_max=MAX_ROWS + 1, validate_max=True
    )
    return type(f"{form.__name__}Set", (formset,), attributes)


def unjudged(part: forms.BaseForm | forms.BaseFormSet) -> None:
    """Show what was typed so far without finding fault with it: another button than "save" was pressed."""
    if isinstance(part, forms.BaseFormSet):
        for form in part.forms:
            unjudged(form)
        part._errors, part._non_form_errors = [], ErrorList()
    else:
        part._errors, part.cleaned_data = ErrorDict(), {}


def _remove_row(data: QueryDict, prefix: str, gone: int) -> int:
    """Take row `gone` out and move up those below it; returns how many rows went."""
    pattern = re.compile(rf"{re.escape(prefix)}-([0-9]{{1,4}})-(.+)")
    cells = sorted((int(match[1]), match[2], match[0]) for match in map(pattern.fullmatch, data) if match)
    for row, name, key in cells:
        values = data.pop(key) if row >= gone else []
        if row > gone:
            data.setlist(f"{prefix}-{row - 1}-{name}", values)
    return int(any(row == gone for row, _, _ in cells))


def _number(text: str | None) -> int:
    return int(text) if re.fullmatch("[0-9]{1,4}", text or "") else 0
