"""The base of the short forms in the card of the order page: an answer among the actions of a step, words about it."""

from dataclasses import dataclass

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Field, Layout
from django import forms

from balai.forms import KeyedForm
from balai.text import LineField
from orders.forms.leftgoods import LeftGoodsFields
from orders.models import Order
from orders.permissions import sources_of


@dataclass(frozen=True)
class Answer:
    """One action as the form offers it.

    `words` names the argument of the action that takes the note ("" when it takes none), `missing` is said when
    the note is needed and empty, `done` when the action has happened. One that `closes` the order asks what became of
    the things the customer left here.
    """

    label: str
    done: str
    words: str = "note"
    missing: str = ""
    closes: bool = False


class StepForm(KeyedForm):
    """Which action of the step; all of them are understood, those that fit the order now are offered.

    So an old page is refused by the action, which knows who was faster, and not for a choice that is gone.
    """

    answers: dict[str, Answer] = {}
    when_closed = "Wajib jelas sebelum pesanan ditutup."
    tindakan = forms.ChoiceField(widget=forms.RadioSelect)
    catatan = LineField(required=False, max_length=300)

    def __init__(self, *args, order: Order, **kwargs) -> None:
        super().__init__(*args, version=order.version, **kwargs)
        choice = self.fields["tindakan"]
        choice.choices = [(action, answer.label) for action, answer in self.answers.items()]
        offered = self.offered(order)
        if len(offered) == 1:
            choice.initial, choice.widget = offered[0], forms.HiddenInput()
        else:
            choice.widget.choices = [pair for pair in choice.choices if pair[0] in offered]
        if not any(self.answers[action].words for action in offered):
            self.fields["catatan"].widget = forms.HiddenInput()
        self.helper.render_hidden_fields = True
        self.helper.layout = self.layout()
        if any(self.answers[action].closes for action in offered):
            self.left_goods = LeftGoodsFields(self, order)
            self.helper.layout.extend(self.left_goods.layout(self.when_closed))

    @staticmethod
    def step_name(order: Order) -> str:
        """The name of the step, which is also that of its template."""
        raise NotImplementedError

    def offered(self, order: Order) -> tuple[str, ...]:
        """The actions that fit the order now."""
        return tuple(self.answers)

    def layout(self) -> Layout:
        return Layout(InlineRadios("tindakan"), Field("catatan"))

    def clean(self) -> dict:
        cleaned = super().clean()
        answer = self.answers.get(cleaned.get("tindakan", ""))
        if answer and answer.missing and not cleaned.get("catatan") and "catatan" not in self.errors:
            self.add_error("catatan", answer.missing)
        return cleaned

    def still_fits(self, order: Order) -> bool:
        """Whether what was sent can still be sent for the order as it is now."""
        offered = [action for action in self.offered(order) if order.stage in sources_of(action)]
        chosen = self.data.get(self.add_prefix("tindakan"))
        return chosen in offered if chosen in self.answers else len(offered) > 1

    @property
    def action(self) -> str:
        """The name of the chosen action in `orders.actions`."""
        return self.cleaned_data["tindakan"]

    @property
    def done(self) -> str:
        """What to say when the chosen action has happened."""
        return self.answers[self.action].done

    @property
    def arguments(self) -> dict[str, object]:
        """What the chosen action wants to know."""
        answer = self.answers[self.action]
        words = {answer.words: self.cleaned_data["catatan"]} if answer.words else {}
        return words | ({"left_goods": self.left_goods.accounts} if answer.closes else {})
