"""What people type and send: filled-in forms of every verb, with data that is right for the order.

Everything is invented and says CONTOH. `tests.factories` hands these on beside its own.
"""

import io
import itertools
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, partial

from PIL import Image, ImageDraw

from balai import clock
from balai.office import get_office, holidays
from balai.uploads import Checked, check_upload
from balai.workdays import add_workdays
from finance import decisions
from finance.decisions import DecisionData
from finance.ledger import PaymentData, record_payment
from finance.reminders import last_reminders, remind
from finance.reversals import ask_reversal, decline_reversal, reverse_payment
from orders import actions
from orders.actions import Intent, Outcome
from orders.actions.estimate import EstimateData
from orders.actions.handover import HandOverData, remaining
from orders.actions.intake import CustomerData, ItemData, RequestData
from orders.actions.leftgoods import Account
from orders.actions.production import FinishData, MaterialData
from orders.models import Customer, JobStep, Order, Tariff
from orders.pricing import LineData
from orders.queries import valid_receipt_number

running = itertools.count(1)
WHO = "Siti Contoh"  # who answers, asks and collects


def make_image(text: str = "GAMBAR CONTOH", size: tuple[int, int] = (240, 160), format: str = "PNG") -> bytes:
    """A small picture file with `text` on it."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).text((10, 10), text, fill="black")
    file = io.BytesIO()
    image.save(file, format)
    return file.getvalue()


@cache
def make_drawing(text: str = "GAMBAR CONTOH") -> Checked:
    """A drawing as the upload check hands it on."""
    return check_upload(io.BytesIO(make_image(text)), f"{text.lower().replace(' ', '-')}.png")


def request_data(**fields) -> RequestData:
    """What the intake form says: a new customer and two kinds of things, unless told otherwise."""
    number = next(running)
    standard = {
        "customer": CustomerData(f"Siti Contoh {number}", Customer.Kind.IKM, f"62811{number:07}", "Desa Contoh"),
        "items": (
            ItemData("Poros utama", Decimal(4), "buah", "Baja ST 41", "Ø 20 × 180 mm"),
            ItemData("Braket siku", Decimal(24), "buah"),
        ),
    }
    return RequestData(**standard | fields)


def estimate_data(**fields) -> EstimateData:
    """Two services and one material from the customer, Rp620.000 in five working days from the next one on."""
    bubut, las = (Tariff.objects.valid_on(clock.today()).get(code=code) for code in ("J-01", "J-04"))
    standard = {
        "lines": (
            LineData("jasa", Decimal(10), "poros utama", tariff_id=bubut.pk),
            LineData("jasa", Decimal("4.25"), "braket siku", tariff_id=las.pk),
            LineData("bahan_pelanggan", Decimal(2), "Plat 4 mm", unit="lembar"),
        ),
        "days": 5,
        "starts_on": next_workday(),
    }
    return EstimateData(**standard | fields)


def next_workday() -> date:
    """Today, or the first working day after it."""
    return add_workdays(clock.today() - timedelta(days=1), 1, holidays())


def hand_over_data(order: Order, quantities: dict[int, Decimal] | None = None, **fields) -> HandOverData:
    """All that is left, collected by the customer who shows the right receipt."""
    standard = {
        "quantities": remaining(order) if quantities is None else quantities,
        "receipt_number": valid_receipt_number(order) or "",
        "collector": "pemesan",
        "collector_name": "Siti Contoh",
        "left_goods": all_given_back(order),
    }
    return HandOverData(**standard | fields)


def finish_data(order: Order, **fields) -> FinishData:
    """All is right, every open step took its planned time, and the materials of the estimate went into the work."""
    lines = order.estimate.lines.exclude(kind="jasa") if order.estimate else ()
    standard = {
        "fits_drawing": True,
        "measured": True,
        "complete": True,
        "minutes": {step.pk: step.minutes for step in order.steps.filter(done_at=None)},
        "materials": tuple(
            MaterialData(line.label, line.kind == "bahan_pelanggan", line.unit, line.quantity, planned=line.quantity)
            for line in lines
        ),
    }
    return FinishData(**standard | fields)


def all_given_back(order: Order) -> dict[int, Account]:
    """The customer has back whatever was left here."""
    return {goods.pk: Account(given_back=True) for goods in order.left_goods.all()}


def payment_data(order: Order, **fields) -> PaymentData:
    """The bill in cash, with change for a note of Rp50.000 more; any other way it is with the treasury today."""
    bill = order.bill or 1
    return PaymentData(
        **{"method": "tunai", "amount": bill, "received": bill + 50_000, "settled_on": clock.today()} | fields
    )


def filled_form(verb: str, order: Order) -> Callable[[Intent], Outcome]:
    """The form of a verb, filled in with what is right for the order as it is now. It can be sent again and again."""
    return VERBS[verb](order)


def _edit(order: Order) -> Callable[[Intent], Outcome]:
    return partial(actions.edit, order.pk, data=request_data(customer=order.customer_id, note="Diubah."))


def _revise_drawing(order: Order) -> Callable[[Intent], Outcome]:
    former, new = order.drawings.filter(replaced_by__isnull=True).first(), make_drawing("GAMBAR BARU")
    return partial(actions.revise_drawing, order.pk, former=former, checked=new)


def _estimate(action: Callable, **more) -> Callable[[Order], Callable[[Intent], Outcome]]:
    return lambda order: partial(action, order.pk, data=estimate_data(), **more)


def _hand_over_part(order: Order) -> Callable[[Intent], Outcome]:
    first = next((item for item, left in remaining(order).items() if left), None)
    return partial(actions.hand_over, order.pk, data=hand_over_data(order, {first: Decimal(1)}))


def _finish_step(order: Order) -> Callable[[Intent], Outcome]:
    """The current step, in the planned time; where none is left, one that is not there."""
    step = order.steps.filter(done_at=None).first() or JobStep(pk=0, minutes=60)
    return partial(actions.finish_step, order.pk, step=step.pk, minutes=step.minutes)


def _note_left(order: Order) -> Callable[[Intent], Outcome]:
    """Half an hour of the current step is left; where none is open, of one that is not there."""
    step = order.steps.filter(done_at=None).first() or JobStep(pk=0)
    return partial(actions.note_left, order.pk, step=step.pk, minutes=30)


def _replan(order: Order) -> Callable[[Intent], Outcome]:
    """The open steps the other way round."""
    steps = order.steps.filter(done_at=None).order_by("-position").values_list("pk", "work_centre")
    return partial(actions.replan, order.pk, plan=tuple(steps))


def _remind(order: Order) -> Callable[[Intent], Outcome]:
    """Sent on the first day it may be, or the day after the last one."""
    office, reminded = get_office(), last_reminders([order])
    days = office.payment_due_days + office.reminder_days + (reminded[order.pk].ordinal if reminded else 0)
    day = (order.finished_at or clock.now()) + timedelta(days=days)

    def send(intent: Intent) -> Outcome:
        with clock.at(day):
            return remind(order.pk, intent)

    return send


def decision_data(**fields) -> DecisionData:
    """A decision of yesterday with a number of its own."""
    standard = {
        "number": f"900/{next(running)}/CONTOH",
        "decided_on": clock.today() - timedelta(days=1),
        "authority": "Gubernur Contoh",
        "reason": "Usaha mikro.",
    }
    return DecisionData(**standard | fields)


def _decide(action: Callable, amount: int | None = None, **more) -> Callable[[Order], Callable[[Intent], Outcome]]:
    def fill(order: Order) -> Callable[[Intent], Outcome]:
        data = decision_data(amount=amount)
        return partial(action, order.pk, data=data, scan=make_drawing("KEPUTUSAN CONTOH"), **more)

    return fill


def _withdraw(action: Callable) -> Callable[[Order], Callable[[Intent], Outcome]]:
    def fill(order: Order) -> Callable[[Intent], Outcome]:
        of = {"decision_id": order.decisions[-1]["id"] if order.decisions else 0}
        return partial(action, order.pk, data=decision_data(), scan=make_drawing("KEPUTUSAN CONTOH"), **of)

    return fill


def _closing(action: Callable, **data) -> Callable[[Order], Callable[[Intent], Outcome]]:
    return lambda order: partial(action, order.pk, left_goods=all_given_back(order), **data)


def _plain(action: Callable, **data) -> Callable[[Order], Callable[[Intent], Outcome]]:
    return lambda order: partial(action, order.pk, **data)


VERBS: dict[str, Callable[[Order], Callable[[Intent], Outcome]]] = {
    "edit": _edit,
    "note_contact": _plain(actions.note_contact, via="telepon", who=WHO, said="Akan dipikirkan."),
    "renew_link": _plain(actions.renew_link),
    "revoke_link": _plain(actions.revoke_link),
    "submit": _plain(actions.submit, consent=True),
    "discard": _plain(actions.discard),
    "add_drawings": lambda order: partial(actions.add_drawings, order.pk, drawings=(make_drawing("GAMBAR TAMBAHAN"),)),
    "phone_link": _plain(actions.open_phone_link),
    "revise_drawing": _revise_drawing,
    "see_drawing": lambda order: partial(
        actions.see_drawing, order.pk, drawing_id=order.drawings.filter(replaced_by=None).first().pk
    ),
    "accept": _plain(actions.accept),
    "return_to_customer": _closing(actions.return_to_customer, reason="Mesin tidak ada."),
    "save_estimate": _estimate(actions.save_estimate),
    "offer": _estimate(actions.offer),
    "decline": _plain(actions.decline, reason="Bahan tidak ada."),
    "agree": _plain(actions.agree, via="telepon", who=WHO),
    "revise": _plain(actions.revise, via="whatsapp", who=WHO, note="Minta lebih cepat."),
    "disagree": _closing(actions.disagree, via="loket", who=WHO, reason="Terlalu mahal."),
    "start": _plain(actions.start),
    "hold": _plain(actions.hold, kind="bahan", words="datang 24 Nov"),
    "resume": _plain(actions.resume),
    "offer_change": _estimate(actions.offer_change, reason="Ukuran berubah."),
    "agree_change": _plain(actions.agree_change, via="telepon", who=WHO),
    "refuse_change": _plain(actions.refuse_change, via="telepon", who=WHO, reason="Tidak perlu."),
    "finish_step": _finish_step,
    "note_left": _note_left,
    "add_photo": lambda order: partial(actions.add_photo, order.pk, photo=make_drawing("FOTO HASIL")),
    "replan": _replan,
    "finish": lambda order: partial(actions.finish, order.pk, data=finish_data(order)),
    "cancel": _closing(actions.cancel, reason="Pelanggan mundur."),
    "settle": lambda order: partial(record_payment, order.pk, data=payment_data(order)),
    "remind": _remind,
    "waive": _decide(decisions.waive, 20_000, kind="pengurangan"),
    "exempt": _decide(decisions.waive, kind="pembebasan"),
    "withdraw_waiver": _withdraw(decisions.withdraw_waiver),
    "withdraw_exemption": _withdraw(decisions.withdraw_exemption),
    "refund": _decide(decisions.refund, 50_000),
    "ask_reversal": _plain(ask_reversal, reason="Salah pesanan."),
    "unsettle": _plain(reverse_payment),
    "decline_reversal": _plain(decline_reversal, reason="Buktinya benar."),
    "hand_over_part": _hand_over_part,
    "hand_over": lambda order: partial(actions.hand_over, order.pk, data=hand_over_data(order)),
}
