"""SOP 2, identifikasi: can the workshop do this at all?"""

from balai.kinds import Kind
from balai.models import Document
from orders import papers
from orders.actions.frame import Acting, Intent, Outcome, perform
from orders.actions.wording import required


def accept(order_id: int, intent: Intent, *, note: str = "") -> Outcome:
    """The request can be done: on to the estimate. `note` is for the workshop."""
    return perform("accept", order_id, intent, {"note": note}, note=note)


def return_to_customer(order_id: int, intent: Intent, *, reason: str) -> Outcome:
    """It cannot be done and goes back to the customer, with a surat pengembalian.

    Raises ActionRefused without a reason.
    """
    reason = required(reason, "Tulis alasan mengapa permohonan dikembalikan.")

    def effect(acting: Acting) -> None:
        give_back(acting, reason)

    return perform("return_to_customer", order_id, intent, {"reason": reason}, effect, note=reason)


def give_back(acting: Acting, reason: str, offer: Document | None = None) -> None:
    """Close the request with the surat pengembalian; `offer` is the lembar estimasi the customer did not agree to."""
    letter = acting.issue(Kind.RETURN_LETTER, papers.return_letter(acting.order, reason, offer))
    acting.facts |= {"paper": letter.printed_number}
    acting.order.closed_at = acting.at
