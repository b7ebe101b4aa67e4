"""The decisions of the sample: a levy reduced, one waived, and one refunded in part."""

from collections.abc import Callable
from datetime import timedelta

from balai import clock
from finance.decisions import DecisionData
from orders.actions import Intent
from orders.models import Order

from ._sample_drawings import draw_decision

REASONS = {
    "pengurangan": "Usaha mikro binaan dinas (CONTOH).",
    "pembebasan": "Alat peraga untuk sekolah negeri (CONTOH).",
    "": "Satu barang ternyata tidak sesuai ukuran dan dikembalikan pelanggan (CONTOH).",
}


def decide(kind: str, action: Callable) -> Callable[[Order, Intent, object], None]:
    """The step that enters such a decision, of the day before; a tenth of the total where it says how much."""

    def step(order: Order, intent: Intent, plan: object) -> None:
        number = f"900/{order.pk:03}/CONTOH/{clock.today().year}"
        amount = None if kind == "pembebasan" else order.estimate.total // 10
        data = DecisionData(number, clock.today() - timedelta(days=1), "Gubernur Contoh", REASONS[kind], amount)
        of = {"kind": kind} if kind else {}
        action(order.pk, intent, data, draw_decision(number), **of)

    return step
