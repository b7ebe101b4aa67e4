"""The buku pesanan as it is printed: its rows page by page, and what they come to."""

from datetime import date
from typing import TypedDict

from balai import clock
from balai.models import User
from balai.office import Signer, get_office, head
from balai.registers import LongNote, Page, long_notes, pages
from orders.books import OrderBook, Row
from orders.papers.parts import Clerk, clerk

NOTE_LETTERS = 8  # in a line of its last column


class Closing(TypedDict):
    """Letters counted, money in rupiah. `late` counts work not finished by the promised day."""

    registered: int
    struck: int
    in_force: int
    value: int
    paid: int
    rest: int
    finished: int
    working: int
    late: int


class OrderRegister(TypedDict):
    pages: list[Page]
    notes: list[LongNote]
    closing: Closing
    head: Signer
    clerk: Clerk


def order_register(book: OrderBook, *, by: User) -> OrderRegister:
    """The sheets of a month, signed by who prints them. Raises registers.TooLong."""
    return {
        "pages": pages(book.rows, money=_money, columns=3, shown=_shown),
        "notes": long_notes(((row.place, row.number, row.note) for row in book.rows), NOTE_LETTERS),
        "closing": _closing(book, clock.today()),
        "head": head(get_office()),
        "clerk": clerk(by),
    }


def _money(row: Row) -> tuple[int, int, int]:
    return (row.value, row.paid, row.rest) if row.counts else (0, 0, 0)


def _shown(row: Row) -> dict:
    return {
        "place": row.place,
        "on": row.on.isoformat(),
        "number": row.number,
        "customer": row.customer,
        "work": row.work,
        "value": row.value,
        "promised_on": row.promised_on.isoformat(),
        "finished_on": row.finished_on and row.finished_on.isoformat(),
        "receipt": row.receipt,
        "paid": row.paid,
        "rest": row.rest,
        "note": row.note,
        "counts": row.counts,
    }


def _closing(book: OrderBook, today: date) -> Closing:
    in_force = [row for row in book.rows if row.counts]
    finished = [row for row in in_force if row.finished_on]
    return {
        "registered": len(book.rows),
        "struck": len(book.rows) - len(in_force),
        "in_force": len(in_force),
        "value": book.value,
        "paid": book.paid,
        "rest": book.rest,
        "finished": len(finished),
        "working": len(in_force) - len(finished),
        "late": sum(row.promised_on < today for row in in_force if not row.finished_on),
    }
