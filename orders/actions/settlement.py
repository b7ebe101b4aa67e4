"""SOP 6: only money moves an order here. The ledger hands in what it writes; it runs in the action's transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from orders.actions.frame import Acting, Intent, Outcome, perform


@dataclass(frozen=True)
class MoneyMoved:
    """What the ledger wrote: the receipt's printed number and the amount in rupiah (negative for a reversal)."""

    receipt_number: str
    amount: int


def settle(order_id: int, intent: Intent, data: Any, take_money: Callable[[Acting], MoneyMoved]) -> Outcome:
    """The full amount was paid, so the goods may be collected. Whatever `take_money` refuses undoes it all."""

    def effect(acting: Acting) -> None:
        money = take_money(acting)
        acting.order.settled_at = acting.at
        acting.facts |= {"receipt": money.receipt_number, "amount": money.amount}

    return perform("settle", order_id, intent, data, effect)


def unsettle(order_id: int, intent: Intent, give_back: Callable[[Acting], MoneyMoved]) -> Outcome:
    """The payment was reversed as keuangan had asked, before anything was handed over: the order owes again."""

    def effect(acting: Acting) -> None:
        money, order = give_back(acting), acting.order
        acting.note, order.reversal_reason = order.reversal_reason, ""
        order.settled_at = None
        acting.facts |= {"receipt": money.receipt_number, "amount": money.amount}

    return perform("unsettle", order_id, intent, None, effect)
