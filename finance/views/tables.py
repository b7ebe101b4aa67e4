"""The books that are plain tables: each on screen, as it is printed, in Excel and as CSV."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from balai import clock
from balai.kinds import Register
from balai.months import Month, Period, Year, choices, parse_period
from balai.tables import Table, csv_response, excel_response, shown
from finance.accounts import known_accounts
from finance.daily import daily_recap
from finance.register import table_register
from finance.report import month_report
from finance.stsregister import deposits_register
from finance.subsidiary import subsidiary_book
from finance.views.access import insist_on_reader
from orders.views.books import ROWS, asked_month, printed_book


@dataclass(frozen=True)
class Book:
    """A book by its URL name. `accounts`: it is of "one" kode rekening, of "any" or all, or knows none ("")."""

    name: str
    title: str
    read: Callable[[Period, str], Table]
    accounts: str = ""
    months_only: bool = False
    empty: str = "Belum ada penerimaan atau setoran pada masa ini."

    @property
    def register(self) -> Register:
        return Register(self.name.replace("-", "_"))


BOOKS = {
    book.name: book
    for book in (
        Book("buku-pembantu", "Buku pembantu per rekening", subsidiary_book, "one"),
        Book("buku-harian", "Rekapitulasi penerimaan harian", lambda period, _: daily_recap(period)),
        Book("buku-setoran", "Register STS", deposits_register, "any", empty="Belum ada setoran pada masa ini."),
        Book(
            "laporan-lpj",
            "Laporan pertanggungjawaban penerimaan",
            lambda month, _: month_report(month).table,
            months_only=True,
        ),
    )
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for: the book, the period, the kode rekening of those that there are."""

    book: Book
    period: Period
    account: str
    accounts: list[str]

    @property
    def table(self) -> Table:
        return self.book.read(self.period, self.account)

    @property
    def file_name(self) -> str:
        """Of the Excel file, without its ending."""
        return "-".join(filter(None, (self.book.name, self.account, str(self.period))))

    @property
    def title(self) -> str:
        account = f" {self.account}" if self.account else ""
        return f"{self.book.title}{account}, {self.period.label}"


@require_GET
def page(request: HttpRequest, book: str) -> HttpResponse:
    """A page of this book, for keuangan, pimpinan and admin."""
    asked = _asked(request, book)
    table = asked.table
    rows = Paginator(range(len(table.rows)), ROWS).get_page(request.GET.get("halaman"))
    links = table.links or [""] * len(table.rows)
    today = clock.today()
    return render(
        request,
        "finance/table_book.html",
        {
            "asked": asked,
            "table": table,
            "page": rows,
            "rows": [{"cells": zip(table.columns, shown(table.rows[n]), strict=True), "link": links[n]} for n in rows],
            "months": choices(today, asked.period if isinstance(asked.period, Month) else Month.of(today)),
            "years": [Year(today.year - back) for back in range(3)],
            "ways": [(label, f"{reverse(f'{book}-{way}')}?{request.GET.urlencode()}") for way, label in WAYS],
        },
    )


WAYS = (("pdf", "Cetak (PDF)"), ("excel", "Excel"), ("csv", "CSV"))


@require_GET
def pdf(request: HttpRequest, book: str) -> HttpResponse:
    """The same as it is printed."""
    asked = _asked(request, book)
    return printed_book(
        request, asked.book.register, asked.period, lambda: table_register(asked.table, account=asked.account)
    )


@require_GET
def excel(request: HttpRequest, book: str) -> FileResponse:
    """The same as an Excel file."""
    asked = _asked(request, book)
    return excel_response(asked.file_name, asked.title, asked.table.columns, asked.table.rows)


@require_GET
def csv(request: HttpRequest, book: str) -> StreamingHttpResponse:
    """The same as CSV."""
    asked = _asked(request, book)
    return csv_response(asked.file_name, asked.table.columns, asked.table.rows)


def _asked(request: HttpRequest, name: str) -> Asked:
    book = BOOKS[name]
    insist_on_reader(request.user, book.title)
    accounts = known_accounts() if book.accounts else []
    account = request.GET.get("rekening", "")
    if account not in accounts:
        account = accounts[0] if book.accounts == "one" and accounts else ""
    return Asked(book, asked_month(request) if book.months_only else asked_period(request), account, accounts)


def asked_period(request: HttpRequest) -> Period:
    """The month or year of `?bulan=`; this month without it, and with a word about it where it is none."""
    this_month = Month.of(clock.today())
    try:
        return parse_period(request.GET.get("bulan") or str(this_month))
    except ValueError:
        messages.warning(request, f"Bulan itu tidak ada. Yang tampil adalah {this_month.label}.")
        return this_month
