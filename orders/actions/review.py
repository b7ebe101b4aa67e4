"""SOP 2, identifikasi: can the workshop do this at all?"""

from orders.actions.frame import Intent, Outcome, perform
from orders.actions.wording import required


def accept(order_id: int, intent: Intent, *, note: str = "") -> Outcome:
    """The request can be done: on to the estimate. `note` is for the workshop."""
    return perform("accept", order_id, intent, {"note": note}, note=note)


def return_to_customer(order_id: int, intent: Intent, *, reason: str) -> Outcome:
    """It cannot be done and goes back to the customer. Raises ActionRefused without a reason."""
    reason = required(reason, "Tulis alasan mengapa permohonan dikembalikan.")
    return perform("return_to_customer", order_id, intent, {"reason": reason}, _close, note=reason)


def _close(acting) -> None:
    acting.order.closed_at = acting.at
