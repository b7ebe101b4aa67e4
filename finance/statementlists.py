"""What the pages of a reconciliation show: the files, the lists of one with their totals, its first rows as read."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, QuerySet, Sum

from balai.sheets import Cell
from finance.models import Payment, Reconciliation, Statement, StatementLine
from finance.reconciling import not_in_bank
from finance.statementcolumns import Columns, Read, read_row
from orders.deadlines import Tag

PER_PAGE = 50
FILES = 30
PREVIEW = 6
MISSING = "buku"  # the list that is of payments, not of lines

Verdict = StatementLine.Verdict
# (name in the address, what it is called, what it means)
LISTS = (
    (
        Verdict.MATCH,
        "Cocok",
        "Referensi dan jumlah sama, atau jumlah dan tanggalnya hanya cocok dengan satu pembayaran.",
    ),
    (Verdict.DIFFERS, "Cocok, tetapi jumlah atau tanggal beda", "Yang hanya beda tanggal dapat ikut dikonfirmasi."),
    (Verdict.UNKNOWN, "Ada di bank, tidak ada di buku", "Uang masuk yang pembayarannya belum ditemukan."),
    (MISSING, "Ada di buku, tidak ada di bank", "Pembayaran nontunai pada hari-hari berkas ini yang belum cocok."),
    (Verdict.DOUBLE, "Ganda", "Pembayarannya sudah cocok dengan baris lain atau sudah direkonsiliasi."),
    (Verdict.DONE, "Sudah direkonsiliasi", "Baris berkas ini yang sudah dikonfirmasi."),
    (Verdict.UNREAD, "Tidak terbaca", "Baris tanpa tanggal atau jumlah, misalnya saldo dan catatan kaki."),
    (Verdict.OUT, "Uang keluar", "Tidak dicocokkan dengan pembayaran."),
)


@dataclass(frozen=True)
class Heading:
    """One of the lists: its name in the address, what it is called and means, its rows and rupiah."""

    name: str
    label: str
    hint: str
    count: int
    amount: int


def files() -> QuerySet[Statement]:
    """The files brought last, with what was confirmed of each. One query."""
    found = Statement.objects.select_related("bank_format", "uploaded_by")
    return found.annotate(
        confirmed=Sum("reconciliations__count"),
        confirmed_amount=Sum("reconciliations__amount"),
    ).order_by("-id")[:FILES]


def file_tag(statement: Statement) -> Tag:
    """How a file of `files()` stands."""
    if statement.bank_format_id is None:
        return Tag("soon", "Kolom belum dipilih")
    return Tag("ok", "Dikonfirmasi") if statement.confirmed else Tag("soon", "Belum dikonfirmasi")


def unreconciled() -> dict:
    """Count and rupiah of all payments but cash that stand in no statement yet. One query."""
    found = Payment.objects.filter(kind=Payment.Kind.PAYMENT, reversed_by__isnull=True, reconciled__isnull=True)
    return found.exclude(method=Payment.Method.CASH).aggregate(count=Count("id"), amount=Sum("amount"))


def headings(statement: Statement) -> list[Heading]:
    """All lists with their totals. Three queries."""
    sums = statement.lines.order_by().values_list("verdict").annotate(Count("id"), Sum("amount"))
    totals = {verdict: (count, amount or 0) for verdict, count, amount in sums}
    missing = not_in_bank(statement).order_by().aggregate(count=Count("id"), amount=Sum("amount"))
    totals[MISSING] = (missing["count"], missing["amount"] or 0)
    return [Heading(name, label, hint, *totals.get(name, (0, 0))) for name, label, hint in LISTS]


def current(headings: list[Heading], name: str | None) -> Heading:
    """The list of this name, else the first that has any rows."""
    named = [heading for heading in headings if heading.name == name]
    return next((heading for heading in [*named, *headings] if heading.count or heading.name == name), headings[0])


def rows(statement: Statement, name: str, number: str | None) -> Page:
    """A page of one list. Lines with their payment, or payments; three queries at most."""
    if name == MISSING:
        found = not_in_bank(statement).select_related("receipt", "order__customer").defer("receipt__payload")
    else:
        found = statement.lines.filter(verdict=name).select_related("payment__receipt", "payment__order__customer")
        found = found.defer("payment__receipt__payload")
    return Paginator(found, PER_PAGE).get_page(number)


def total(lines: QuerySet[StatementLine]) -> dict:
    """Count and rupiah of these lines. One query."""
    return lines.aggregate(count=Count("id"), amount=Sum("amount", default=0))


def other_days(statement: Statement) -> int:
    """How many lines differ from their payment in the day alone."""
    return statement.lines.filter(verdict=Verdict.DIFFERS, amount=F("payment__amount")).count()


def confirmations(statement: Statement) -> QuerySet[Reconciliation]:
    """What was confirmed of this file, the newest first."""
    return statement.reconciliations.select_related("confirmed_by").order_by("-id")


def preview(
    cells: Sequence[Sequence[Cell]], columns: Columns | None, head_row: int
) -> list[tuple[int, list, Read | None]]:
    """The first rows from the heads on: number, cells, and what the columns make of them."""
    shown = []
    for number, row in enumerate(cells[head_row - 1 : head_row - 1 + PREVIEW], head_row):
        read = read_row(row, columns) if columns and number > head_row else None
        shown.append((number, list(row), read))
    return shown
