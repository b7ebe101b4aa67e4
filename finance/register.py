"""The books as they are printed: their rows page by page, and the balance they lead to."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import TypedDict

from balai import registers
from balai.formats import angka
from balai.office import Signer, get_office, head, treasurer
from balai.registers import LongNote, Sum, long_notes, pages
from balai.tables import Table, shown
from finance.books import ReceiptsBook, Row

NOTE_LETTERS = 11  # in a line of the last column of the buku penerimaan


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


class Head(TypedDict):
    """A column: its width in percent of the sheet."""

    title: str
    percent: str
    number: bool


class Total(TypedDict):
    label: str
    amount: int


class TableSum(TypedDict):
    label: str
    cells: list[str]


class TablePage(TypedDict):
    rows: list[list[str]]
    sums: list[TableSum]


class TableSheets(TypedDict):
    """A book that is a plain table; cells are texts. `lead` columns stand before the first one with a sum.

    `right` are the places of columns of numbers.
    """

    account: str
    lead: int
    right: list[int]
    pages: list[TablePage]
    closing: list[Total]
    head: Signer
    treasurer: Signer


class TableRegister(TableSheets):
    columns: list[Head]


class BookRow(TypedDict):
    """The 11 columns; `struck` is the row of a receipt that was taken back."""

    place: int | None
    receipt: str
    on: str | None
    way: str
    account: str
    text: str
    amount: int | None
    sts: str
    deposited_on: str | None
    deposited: int | None
    note: str
    struck: bool


class BookPage(TypedDict):
    rows: list[BookRow]
    sums: list[Sum]


class ReceiptsRegister(TypedDict):
    """A month of `count` rows. `by_day`: they are too many for paper, and the days are printed instead."""

    by_day: bool
    count: int
    pages: list[BookPage]
    notes: list[LongNote]
    closing: Closing
    head: Signer
    treasurer: Signer


def receipts_register(book: ReceiptsBook) -> ReceiptsRegister:
    """The sheets of a month."""
    office, by_day = get_office(), len(book.rows) > registers.MAX_ROWS
    rows = list(_days(book.rows)) if by_day else book.rows
    return {
        "by_day": by_day,
        "count": len(book.rows),
        "pages": pages(rows, money=lambda row: (row.amount or 0, row.deposited or 0), columns=2, shown=_shown),
        "notes": long_notes(((row.place, row.receipt, row.note) for row in rows), NOTE_LETTERS),
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


def table_register(table: Table, *, account: str = "") -> TableRegister:
    """The sheets of a table, of one kode rekening when it is. Raises registers.TooLong."""
    office = get_office()
    return table_sheets(table, account) | {"head": head(office), "treasurer": treasurer(office)}


def table_sheets(table: Table, account: str) -> dict:
    """What the sheets say but for who signs them."""
    widths = sum(column.width for column in table.columns)
    sheets = pages(table.rows, money=table.money, columns=len(table.money(table.columns)), shown=shown)
    for page in sheets:
        page["sums"] = [{"label": each["label"], "cells": table.under(each["amounts"])} for each in page["sums"]]
    return {
        "account": account,
        "columns": [
            {"title": each.title, "percent": f"{100 * each.width / widths:.2f}", "number": each.is_number}
            for each in table.columns
        ],
        "lead": table.lead,
        "right": [place for place, column in enumerate(table.columns) if column.is_number],
        "pages": sheets,
        "closing": [{"label": label, "amount": amount} for label, amount in table.closing],
    }


def _shown(row: Row) -> BookRow:
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


def _days(rows: Iterable[Row]) -> Iterator[Row]:
    """A row for each day instead of those of its transactions."""
    for place, (day, of_day) in enumerate(groupby(_dated(rows), key=lambda dated: dated[0]), start=1):
        here = [row for _, row in of_day]
        received, deposited = (sum(getattr(row, name) or 0 for row in here) for name in ("amount", "deposited"))
        text = f"Jumlah hari ini, {angka(sum(bool(row.place) for row in here))} transaksi"
        yield Row(place, "", day, "", "", text, received, "", "", "", day if deposited else None, deposited or None)


def _dated(rows: Iterable[Row]) -> Iterator[tuple[date, Row]]:
    """Each row with the day of its transaction."""
    for row in rows:
        yield row.on or row.deposited_on, row
