"""The short forms in the card of the order page: an answer among the actions of a step, and words about it."""

from collections.abc import Callable
from dataclasses import dataclass

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Div, Field, Layout
from django import forms

from balai.forms import KeyedForm, label_with_note
from balai.text import LineField
from orders.actions.contacts import VIA
from orders.forms.handover import HandOverForm
from orders.forms.leftgoods import LeftGoodsFields
from orders.models import ContactEntry, Order
from orders.permissions import sources_of
from orders.stages import Stage


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


class ReviewForm(StepForm):
    """SOP 2: can the workshop do this at all?"""

    when_closed = "Diisi bila permohonan dikembalikan."
    answers = {
        "accept": Answer("Bisa dikerjakan", "Bisa dikerjakan. Bengkel memperkirakan waktu dan biaya."),
        "return_to_customer": Answer(
            "Tidak bisa, kembalikan",
            "Permohonan dikembalikan kepada pelanggan.",
            words="reason",
            missing="Tulis alasan mengapa permohonan dikembalikan.",
            closes=True,
        ),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tindakan"].label = "Keputusan"
        self.fields["catatan"].label = label_with_note("Catatan", "wajib bila tidak bisa dikerjakan")

    @staticmethod
    def step_name(order: Order) -> str:
        return "identifikasi"


class ConfirmationForm(StepForm):
    """SOP 4: what the customer says to the offer, or to a change offered during production."""

    when_closed = "Diisi bila pelanggan tidak sepakat."
    answers = {
        "agree": Answer("Sepakat", "Pelanggan sepakat. Pesanan masuk antrean bengkel."),
        "revise": Answer(
            "Minta revisi",
            "Permintaan revisi dikirim ke bengkel.",
            missing="Tulis apa yang diminta pelanggan untuk direvisi.",
        ),
        "disagree": Answer(
            "Tidak sepakat",
            "Pelanggan tidak sepakat. Pekerjaan dikembalikan.",
            words="reason",
            missing="Tulis alasan pelanggan tidak sepakat.",
            closes=True,
        ),
        "agree_change": Answer("Sepakat dengan perubahan", "Pelanggan sepakat dengan perubahan."),
        "refuse_change": Answer(
            "Tolak perubahan",
            "Perubahan ditolak. Pekerjaan lanjut seperti semula.",
            words="reason",
            missing="Tulis alasan pelanggan menolak perubahan.",
        ),
    }
    lewat = forms.ChoiceField(label="Dijawab lewat", choices=list(VIA.items()))
    penjawab = LineField(label="Yang menjawab", max_length=120, widget=forms.TextInput({"autocomplete": "off"}))

    def __init__(self, *args, order: Order, **kwargs) -> None:
        super().__init__(*args, order=order, **kwargs)
        self.fields["penjawab"].initial = order.customer.name
        self.message = order.open_offer and order.open_offer.contacts.filter(way=ContactEntry.Way.LINK).first()
        if self.message:
            self._answer_as(self.message)
        when = "wajib bila menolak" if order.change_id else "wajib bila bukan sepakat"
        self.fields["tindakan"].label = "Jawaban pelanggan"
        self.fields["catatan"].label = label_with_note("Catatan", when)

    @staticmethod
    def step_name(order: Order) -> str:
        return "perubahan" if order.change_id else "konfirmasi"

    def offered(self, order: Order) -> tuple[str, ...]:
        answers = ("agree_change", "refuse_change") if order.change_id else ("agree", "revise", "disagree")
        return answers[1:] if order.open_offer and order.open_offer.lapsed else answers

    def layout(self) -> Layout:
        return Layout(
            InlineRadios("tindakan"),
            Div("lewat", "penjawab", "catatan", css_class="fields"),
        )

    def _answer_as(self, message: ContactEntry) -> None:
        """Begin with what the customer said on the tracking page; the clerk still decides."""
        agrees = message.answer == ContactEntry.Answer.AGREES
        offered = [action for action, label in self.fields["tindakan"].widget.choices]
        verb = next((verb for verb in offered if verb.startswith("agree" if agrees else "revise")), None)
        self.fields["tindakan"].initial = verb
        self.fields["lewat"].initial = ContactEntry.Way.LINK
        self.fields["catatan"].initial = message.said

    @property
    def arguments(self) -> dict[str, object]:
        typed = self.cleaned_data
        return super().arguments | {"via": typed["lewat"], "who": typed["penjawab"]}


class ProgressForm(StepForm):
    """SOP 5: the workshop starts, pauses, goes on, is done."""

    answers = {
        "start": Answer("Mulai kerjakan", "Pekerjaan dimulai.", words=""),
        "finish": Answer("Selesai dikerjakan", "Pekerjaan selesai. Pelanggan diminta membayar retribusi."),
        "hold": Answer(
            "Tunda",
            "Pekerjaan ditunda.",
            words="reason",
            missing="Tulis alasan pekerjaan ditunda.",
        ),
        "resume": Answer("Lanjutkan", "Pekerjaan dilanjutkan.", words=""),
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tindakan"].label = "Kemajuan pekerjaan"
        self.fields["catatan"].label = label_with_note("Catatan", "wajib bila ditunda")

    @staticmethod
    def step_name(order: Order) -> str:
        return "mulai" if order.stage == Stage.PESANAN else "produksi"

    def offered(self, order: Order) -> tuple[str, ...]:
        if order.stage == Stage.PESANAN:
            return ("start",)
        return ("resume",) if order.hold_reason else ("finish", "hold")


class CancellationForm(StepForm):
    """Pimpinan cancels an agreed order."""

    answers = {
        "cancel": Answer(
            "Batalkan pesanan",
            "Pesanan dibatalkan. Surat pesanannya BATAL.",
            words="reason",
            missing="Tulis alasan pembatalan.",
            closes=True,
        )
    }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["catatan"].label = label_with_note("Alasan pembatalan", "tertulis di surat pesanan yang batal")

    @staticmethod
    def step_name(order: Order) -> str:
        return "pembatalan"


FORMS: dict[str, Callable[..., KeyedForm]] = {
    "identifikasi": ReviewForm,
    "konfirmasi": ConfirmationForm,
    "perubahan": ConfirmationForm,
    "mulai": ProgressForm,
    "produksi": ProgressForm,
    "serah-terima": HandOverForm,
}


def next_form(step_name: str, order: Order) -> KeyedForm | None:
    """The unbound form of a step that fits into the order page; None for a step with a page of its own."""
    form_class = FORMS.get(step_name)
    return form_class(order=order) if form_class else None
