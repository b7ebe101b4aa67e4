"""A month closed for good: its book and its report become issued papers, and nothing is written into it any more.

Keuangan closes it, alone: the month adds up by itself, the closing changes no sum, and the head signs on paper.
"""

import hashlib
import io
import uuid
from dataclasses import asdict, dataclass

from django.core.exceptions import PermissionDenied

from balai import audit, clock, documents
from balai.changes import Refused, once
from balai.kinds import Kind
from balai.models import User
from balai.months import Month
from balai.roles import Role, acting_role
from balai.tables import write_excel
from finance.accounts import targets_of
from finance.books import ReceiptsBook, receipts_book
from finance.closedbooks import closed_book, closed_report
from finance.exports import COLUMNS, book_rows
from finance.models import MonthClosing
from finance.monthcheck import closing_of, faults, points
from finance.report import month_report
from finance.tally import month_seal
from finance.till import lock_till

SUBJECT = "month"
MOVED = "Ada yang dicatat sesudah halaman ini dibuka. Periksa lagi, lalu tutup."


@dataclass(frozen=True)
class Intent:
    """Who asks, under which one-use form key."""

    by: User
    key: uuid.UUID


@dataclass(frozen=True)
class MonthData:
    """The month (`2026-11`) and what its page said it came to (rupiah)."""

    month: str
    received: int
    deposited: int
    balance: int


def close_month(intent: Intent, data: MonthData) -> MonthClosing:
    """Close this month and issue its book and its report.

    Raises Refused while anything stands in the way (finance.monthcheck), or when money moved since the page was made;
    PermissionDenied for others than keuangan.
    """
    if acting_role(intent.by, [Role.KEUANGAN]) is None:
        raise PermissionDenied("Bulan hanya ditutup oleh bagian keuangan.")
    month = Month.parse(data.month)

    def effect() -> dict:
        lock_till()
        _insist_on_sound(month)
        book = receipts_book(month)
        if (book.received, book.deposited, book.balance) != (data.received, data.deposited, data.balance):
            raise Refused(MOVED, 409)
        closed = _write(month, book, intent.by)
        facts = {"book": closed.book.printed_number, "report": closed.report.printed_number, "balance": book.balance}
        audit.record("close_month", subject=(SUBJECT, data.month), by=intent.by, role=Role.KEUANGAN, after=facts)
        return {"month": closed.pk}

    done = once("close_month", by=intent.by, key=intent.key, data=asdict(data), effect=effect)
    return MonthClosing.objects.defer("excel").select_related("book", "report").get(pk=done["month"])


def _insist_on_sound(month: Month) -> None:
    if closing_of(month):
        raise Refused(f"{month.label} sudah ditutup.", 409)
    if blocking := [point.text for point in points(month) if point.blocks]:
        raise Refused(f"{month.label} belum dapat ditutup: {blocking[0]}")
    if found := faults(month):
        raise Refused(f"{month.label} belum dapat ditutup, sebab pembukuannya tidak cocok: {found[0]}")


def _write(month: Month, book: ReceiptsBook, by: User) -> MonthClosing:
    file = io.BytesIO()
    write_excel(file, f"Buku penerimaan dan penyetoran {month.label}", COLUMNS, book_rows(book))
    excel, today = file.getvalue(), clock.today()
    book_body = closed_book(book, hashlib.sha256(excel).hexdigest(), by)
    return MonthClosing.objects.create(
        first_day=month.start.date(),
        last_day=month.last,
        received=book.received,
        deposited=book.deposited,
        balance=book.balance,
        targets={code: [target.name, target.amount] for code, target in targets_of(month.year).items()},
        excel=excel,
        seal=month_seal(month),
        closed_at=clock.now(),
        closed_by=by,
        book=documents.issue(Kind.CLOSED_BOOK, book_body, by=by, on=today),
        report=documents.issue(Kind.CLOSED_REPORT, closed_report(month_report(month), by), by=by, on=today),
    )
