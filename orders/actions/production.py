"""SOP 5, produksi: start, hold, resume, finish; and cancellation by pimpinan."""

from collections.abc import Mapping

from balai import documents
from orders.actions.frame import Acting, Intent, Outcome, perform
from orders.actions.leftgoods import NOTHING_LEFT, Account, account_for, fingerprint_of
from orders.actions.wording import required
from orders.models import Estimate
from orders.queries import current_order_letter, current_work_order


def start(order_id: int, intent: Intent) -> Outcome:
    """The workshop begins with the work."""
    return perform("start", order_id, intent, {})


def hold(order_id: int, intent: Intent, *, reason: str) -> Outcome:
    """The work stops for a while ("tertunda"). Raises ActionRefused without a reason."""
    reason = required(reason, "Tulis alasan pekerjaan ditunda.")

    def effect(acting: Acting) -> None:
        acting.order.hold_reason = reason

    return perform("hold", order_id, intent, {"reason": reason}, effect, note=reason)


def resume(order_id: int, intent: Intent) -> Outcome:
    """The work goes on."""

    def effect(acting: Acting) -> None:
        acting.order.hold_reason = ""

    return perform("resume", order_id, intent, {}, effect)


def finish(order_id: int, intent: Intent, *, note: str = "") -> Outcome:
    """The goods are done; the customer now owes the retribution."""

    def effect(acting: Acting) -> None:
        acting.order.finished_at = acting.at

    return perform("finish", order_id, intent, {"note": note}, effect, note=note)


def cancel(order_id: int, intent: Intent, *, reason: str, left_goods: Mapping[int, Account] = NOTHING_LEFT) -> Outcome:
    """Pimpinan cancels an agreed order; surat pesanan and surat perintah kerja become BATAL and keep their numbers.

    Raises ActionRefused without a reason, or without a word on something the customer left here.
    """
    reason = required(reason, "Tulis alasan pembatalan.")

    def effect(acting: Acting) -> None:
        order = acting.order
        for paper in (current_order_letter(order), current_work_order(order)):
            documents.void(paper, by=acting.by, reason=reason)
        if order.change:
            order.change.status = Estimate.Status.REFUSED
            order.change.answered_at = acting.at
            order.change.save(update_fields=["status", "answered_at"])
        order.change = None
        order.hold_reason = ""
        account_for(acting, left_goods)
        order.closed_at = acting.at

    data = {"reason": reason, "left_goods": fingerprint_of(left_goods)}
    return perform("cancel", order_id, intent, data, effect, note=reason)
