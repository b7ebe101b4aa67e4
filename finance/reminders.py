"""Surat teguran: the letter to whoever has not paid some days past the due date (DOMAIN.md a; the office's setting)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from balai.clock import local_date
from balai.formats import tanggal
from balai.kinds import Kind
from balai.models import Document
from balai.office import get_office
from finance import papers
from finance.receivables import receivable
from orders.actions import ActionRefused, Intent, Outcome
from orders.actions.frame import Acting, perform
from orders.models import Order, OrderPaper


@dataclass(frozen=True)
class Reminded:
    """The last surat teguran of an order, and the how-manieth it was. `on` is a WIB date."""

    paper_id: UUID
    ordinal: int
    on: date


def remind(order_id: int, intent: Intent) -> Outcome:
    """Issue the next surat teguran of an unpaid order. It replaces no earlier one.

    Raises ActionRefused before the office's days past the due date are over, and a second time on one day.
    """
    return perform("remind", order_id, intent, None, _issue)


def last_reminders(orders: Iterable[Order]) -> dict[int, Reminded]:
    """The last surat teguran of each of these orders, by the order's id. One query."""
    issued = OrderPaper.objects.filter(order__in=[order.pk for order in orders], document__kind=Kind.REMINDER)
    found: dict[int, Reminded] = {}
    for order_id, paper_id, at in issued.order_by("id").values_list("order", "document", "document__issued_at"):
        before = found[order_id].ordinal if order_id in found else 0
        found[order_id] = Reminded(paper_id, before + 1, local_date(at))
    return found


def _issue(acting: Acting) -> None:
    order, office = acting.order, get_office()
    bill = receivable(order, office, acting.today)
    if not bill.to_remind:
        first = tanggal(bill.due + timedelta(days=office.reminder_days))
        raise ActionRefused(f"Teguran untuk pesanan {order} baru dapat diterbitkan mulai {first}.")
    earlier = list(
        Document.objects.filter(pk__in=order.papers.values("document"), kind=Kind.REMINDER).order_by("issued_at")
    )
    last = earlier[-1] if earlier else None
    if last and local_date(last.issued_at) == acting.today:
        raise ActionRefused(f"Pesanan {order} sudah ditegur hari ini dengan surat {last.printed_number}.")
    ordinal = len(earlier) + 1
    paper = acting.issue(Kind.REMINDER, papers.reminder(bill, ordinal, last))
    acting.facts |= {"paper": paper.printed_number, "ordinal": ordinal}
