"""The buku penerimaan dan penyetoran as it is printed: its rows page by page, and the balance they lead to."""

from typing import TypedDict

from balai.office import Signer, get_office, head, treasurer
from balai.registers import Page, pages
from finance.books import ReceiptsBook, Row


class Way(TypedDict):
    label: str
    amount: int


class Closing(TypedDict):
    """Rupiah of the month; `balance` is what was received and not deposited since the beginning."""

    received: int
    ways: list[Way]
    before: int
    deposited: int
    balance: int


class ReceiptsRegister(TypedDict):
    pages: list[Page]
    closing: Closing
    head: Signer
    treasurer: Signer


def receipts_register(book: ReceiptsBook) -> ReceiptsRegister:
    """The sheets of a month. Raises registers.TooLong."""
    office = get_office()
    return {
        "pages": pages(book.rows, money=lambda row: (row.amount or 0, row.deposited or 0), columns=2, shown=_shown),
        "closing": {
            "received": book.received,
            "ways": [{"label": label, "amount": amount} for label, amount in book.ways.items()],
            "before": book.before,
            "deposited": book.deposited,
            "balance": book.balance,
        },
        "head": head(office),
        "treasurer": treasurer(office),
    }


def _shown(row: Row) -> dict:
    return {
        "place": row.place,
        "receipt": row.receipt,
        "on": row.on and row.on.isoformat(),
        "way": row.way,
        "account": row.account,
        "text": row.text if row.place else "",
        "amount": row.amount,
        "sts": row.sts,
        "deposited_on": row.deposited_on and row.deposited_on.isoformat(),
        "deposited": row.deposited,
        "note": row.note,
        "struck": row.css == "void",
    }
