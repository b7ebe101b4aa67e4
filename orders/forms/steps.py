"""The short forms in the card of the order page, one per step of the SOP."""

from collections.abc import Callable

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.layout import Div, Layout
from django import forms

from balai.forms import KeyedForm, label_with_note
from balai.text import LineField
from orders.actions.contacts import VIA
from orders.forms.handover import HandOverForm
from orders.forms.production import FinishForm
from orders.forms.stepform import Answer, StepForm
from orders.models import ContactEntry, Order
from orders.stages import Stage


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
    """SOP 5, one tap each: the workshop begins, or goes on after a hold."""

    answers = {
        "start": Answer("Mulai kerjakan", "Pekerjaan dimulai.", words=""),
        "resume": Answer("Lanjutkan", "Pekerjaan dilanjutkan.", words=""),
    }

    @staticmethod
    def step_name(order: Order) -> str:
        return "tertunda" if order.hold_reason else "mulai"

    def offered(self, order: Order) -> tuple[str, ...]:
        return ("start",) if order.stage == Stage.PESANAN else ("resume",)


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
    "tertunda": ProgressForm,
    "produksi": FinishForm,
    "serah-terima": HandOverForm,
}


def next_form(step_name: str, order: Order) -> KeyedForm | None:
    """The unbound form of a step that fits into the order page; None for a step with a page of its own."""
    form_class = FORMS.get(step_name)
    return form_class(order=order) if form_class else None
