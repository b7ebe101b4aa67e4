"""SOP 4, konfirmasi: what the customer answers to an offer, also to a change offered during production."""

from collections.abc import Mapping

from balai.formats import tanggal
from balai.kinds import Kind
from balai.models import Document
from orders import papers
from orders.actions.contacts import VIA
from orders.actions.frame import Acting, ActionRefused, Intent, Outcome, perform
from orders.actions.leftgoods import NOTHING_LEFT, Account, fingerprint_of
from orders.actions.review import give_back
from orders.actions.steps import issue_work_order, plan_steps
from orders.actions.wording import required
from orders.models import Estimate, Order
from orders.queries import current_order_letter, last_estimate_sheet

# The workshop's dates and tariffs were promised until that day only (DOMAIN.md c, the office's setting).
LAPSED = "Penawaran ini berlaku sampai {until} dan sudah lewat. Bengkel perlu memperbarui waktu dan biayanya dulu."


def agree(order_id: int, intent: Intent, *, via: str, who: str, note: str = "") -> Outcome:
    """The customer agrees: surat pesanan and surat perintah kerja are issued, the order enters the buku pesanan."""

    def effect(acting: Acting) -> None:
        order = acting.order
        _answer(acting, order.estimate, Estimate.Status.AGREED, via, who)
        order.agreed_at = acting.at
        plan_steps(order)
        letter = acting.issue(Kind.ORDER_LETTER, papers.order_letter(order, order.estimate, None, 0))
        work = issue_work_order(acting, letter)
        acting.facts |= _agreed(order, letter, work)

    return perform("agree", order_id, intent, {"via": via, "who": who, "note": note}, effect, note=note)


def revise(order_id: int, intent: Intent, *, via: str, who: str, note: str) -> Outcome:
    """The customer asks for other terms. Raises ActionRefused without a note saying which."""
    note = required(note, "Tulis apa yang diminta pelanggan untuk direvisi.")

    def effect(acting: Acting) -> None:
        _answer(acting, acting.order.estimate, Estimate.Status.REFUSED, via, who)

    return perform("revise", order_id, intent, {"via": via, "who": who, "note": note}, effect, note=note)


def disagree(
    order_id: int, intent: Intent, *, via: str, who: str, reason: str, left_goods: Mapping[int, Account] = NOTHING_LEFT
) -> Outcome:
    """The customer does not agree and the work goes back, with a surat pengembalian.

    Raises ActionRefused without a reason, or without a word on something the customer left here.
    """
    reason = required(reason, "Tulis alasan pelanggan tidak sepakat.")

    def effect(acting: Acting) -> None:
        _answer(acting, acting.order.estimate, Estimate.Status.REFUSED, via, who)
        give_back(acting, reason, left_goods, last_estimate_sheet(acting.order))

    data = {"via": via, "who": who, "reason": reason, "left_goods": fingerprint_of(left_goods)}
    return perform("disagree", order_id, intent, data, effect, note=reason)


def agree_change(order_id: int, intent: Intent, *, via: str, who: str, note: str = "") -> Outcome:
    """The customer agrees to the change: surat pesanan and surat perintah kerja "perubahan ke-n" replace the former."""

    def effect(acting: Acting) -> None:
        order = acting.order
        former = current_order_letter(order)
        change_no = order.estimates.filter(is_change=True, status=Estimate.Status.AGREED).count() + 1
        _answer(acting, order.change, Estimate.Status.AGREED, via, who)
        order.estimate = order.change
        order.change = None
        plan_steps(order)
        letter = acting.issue(
            Kind.ORDER_LETTER, papers.order_letter(order, order.estimate, former, change_no), replaces=former
        )
        work = issue_work_order(acting, letter)
        acting.facts |= _agreed(order, letter, work)

    return perform("agree_change", order_id, intent, {"via": via, "who": who, "note": note}, effect, note=note)


def refuse_change(order_id: int, intent: Intent, *, via: str, who: str, reason: str) -> Outcome:
    """The customer refuses the change: work goes on under the old terms. Raises ActionRefused without a reason."""
    reason = required(reason, "Tulis alasan pelanggan menolak perubahan.")

    def effect(acting: Acting) -> None:
        _answer(acting, acting.order.change, Estimate.Status.REFUSED, via, who)
        acting.order.change = None

    return perform("refuse_change", order_id, intent, {"via": via, "who": who, "reason": reason}, effect, note=reason)


def _agreed(order: Order, letter: Document, work: Document) -> dict:
    return {"paper": letter.printed_number, "work_order": work.printed_number, "amount": order.estimate.total}


def _answer(acting: Acting, estimate: Estimate, status: Estimate.Status, via: str, who: str) -> None:
    """Close the offer with who answered by which way. Raises ActionRefused for a yes after its last day."""
    if via not in VIA:
        raise ActionRefused("Pilih lewat apa pelanggan menjawab.")
    if status == Estimate.Status.AGREED and estimate.lapsed:
        raise ActionRefused(LAPSED.format(until=tanggal(estimate.valid_until)))
    estimate.status = status
    estimate.answered_at = acting.at
    estimate.answered_by = required(who, "Tulis siapa yang menjawab.")
    estimate.answered_via = via
    estimate.save(update_fields=["status", "answered_at", "answered_by", "answered_via"])
    acting.facts |= {"via": via, "who": estimate.answered_by}
