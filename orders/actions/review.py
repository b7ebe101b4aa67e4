"""SOP 2, identifikasi: can the workshop do this at all?"""

from collections.abc import Mapping

from balai.kinds import Kind
from balai.models import Document
from orders import papers
from orders.actions.frame import Acting, Intent, Outcome, perform
from orders.actions.leftgoods import NOTHING_LEFT, Account, account_for, fingerprint_of
from orders.actions.wording import required


def accept(order_id: int, intent: Intent, *, note: str = "") -> Outcome:
    """The request can be done: on to the estimate. `note` is for the workshop."""
    return perform("accept", order_id, intent, {"note": note}, note=note)


def return_to_customer(
    order_id: int, intent: Intent, *, reason: str, left_goods: Mapping[int, Account] = NOTHING_LEFT
) -> Outcome:
    """It cannot be done and goes back to the customer, with a surat pengembalian.

    Raises ActionRefused without a reason, or without a word on something the customer left here.
    """
    reason = required(reason, "Tulis alasan mengapa permohonan dikembalikan.")

    def effect(acting: Acting) -> None:
        give_back(acting, reason, left_goods)

    data = {"reason": reason, "left_goods": fingerprint_of(left_goods)}
    return perform("return_to_customer", order_id, intent, data, effect, note=reason)


def give_back(acting: Acting, reason: str, left_goods: Mapping[int, Account], offer: Document | None = None) -> None:
    """Close the request with the surat pengembalian; `offer` is the lembar estimasi the customer did not agree to."""
    account_for(acting, left_goods)
    letter = acting.issue(Kind.RETURN_LETTER, papers.return_letter(acting.order, reason, offer))
    acting.facts |= {"paper": letter.printed_number}
    acting.order.closed_at = acting.at
