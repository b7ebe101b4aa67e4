"""The targets of a year as pimpinan types them: a row for each kode rekening."""

from collections.abc import Sequence

from django import forms

from balai.forms import KeyedForm
from balai.money import RupiahField
from balai.text import LineField
from finance.models import Target
from finance.targets import TargetData, TargetRow


class TargetsForm(KeyedForm):
    """Two fields for each of the `accounts`; an empty target is none."""

    mark_optional = False

    def __init__(self, *args, accounts: Sequence[str], former: dict[str, Target], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = accounts
        for place, account in enumerate(accounts):
            target = former.get(account)
            self.fields[f"uraian-{place}"] = LineField(
                label=f"Uraian {account}", max_length=120, required=False, initial=target.name if target else ""
            )
            self.fields[f"target-{place}"] = RupiahField(
                label=f"Target {account} (Rp)", required=False, initial=target.amount if target else None
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each kode rekening."""
        return [(self[f"uraian-{place}"], self[f"target-{place}"]) for place in range(len(self.accounts))]

    def targets(self, year: int) -> TargetData:
        """What was typed, when valid."""
        said = self.cleaned_data
        return TargetData(
            year,
            tuple(
                TargetRow(account, said[f"uraian-{place}"], said[f"target-{place}"] or 0)
                for place, account in enumerate(self.accounts)
            ),
        )
