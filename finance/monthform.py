"""What the page of a closing month knows: what it said the month comes to."""

from django import forms

from balai.forms import STALE_PAGE, KeyedForm
from balai.months import Month
from finance.monthclosing import MonthData
from finance.report import Sums


def _unseen() -> forms.IntegerField:
    wrong = {"required": STALE_PAGE, "invalid": STALE_PAGE}
    return forms.IntegerField(widget=forms.HiddenInput, error_messages=wrong)


class CloseMonthForm(KeyedForm):
    """Nothing is typed; the sums (rupiah) say what was read before the button was pressed."""

    received, deposited, balance = _unseen(), _unseen(), _unseen()

    def data_of(self, month: Month) -> MonthData:
        """For `close_month`; the form must be valid."""
        read = self.cleaned_data
        return MonthData(str(month), read["received"], read["deposited"], read["balance"])

    def see(self, sums: Sums) -> None:
        """Let it be sent, or sent again on purpose, against what the month comes to now."""
        now = {"received": sums.received, "deposited": sums.deposited, "balance": sums.left}
        self.initial |= now
        if self.is_bound:
            self.data = self.data.copy()
            for name, amount in now.items():
                self.data[name] = str(amount)
