"""What the customer left with the office goes back with the order, or it is written what became of it (SOP 2, 4, 7)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from orders.actions.frame import Acting, ActionRefused


@dataclass(frozen=True)
class Account:
    """Of one thing: whether the customer has it back, and words on its state or on what else became of it."""

    given_back: bool
    became: str = ""


NOTHING_LEFT: Mapping[int, Account] = {}


def account_for(acting: Acting, accounts: Mapping[int, Account], *, closing: bool = True) -> None:
    """Write what became of things the customer left here, by their ids. An order that closes leaves none open.

    Raises ActionRefused naming the things that nothing was said of.
    """
    still_here = acting.order.left_goods.filter(accounted_at=None)
    silent, told = [], []
    for goods in still_here:
        account = accounts.get(goods.pk, Account(given_back=False))
        if not (account.given_back or account.became):
            silent.append(goods.name)
            continue
        goods.accounted_at, goods.given_back, goods.became = acting.at, account.given_back, account.became
        goods.save(update_fields=["accounted_at", "given_back", "became"])
        told.append({"name": goods.name, **asdict(account)})
    if closing and silent:
        raise ActionRefused(
            f"Barang titipan belum jelas: {', '.join(silent)}. "
            "Centang yang sudah dikembalikan, atau tulis apa yang terjadi dengannya."
        )
    if told:
        acting.facts |= {"left_goods": told}


def fingerprint_of(accounts: Mapping[int, Account]) -> list:
    """For the one-use key of a form: the same accounts give the same list."""
    return sorted((goods, account.given_back, account.became) for goods, account in accounts.items())
